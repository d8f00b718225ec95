"""Chats of which nothing can be kept: for `hangxun ask`, and while the database does not answer."""

from __future__ import annotations

from datetime import datetime
from typing import NoReturn

from handlers.errors import StoreError
from handlers.ports import Standing
from handlers.request import Conversation
from handlers.schedule import SlotKey


class NoChats:
    """Implements `handlers.ports.Chats` by raising StoreError with one reason."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def _refuse(self, *_: object) -> NoReturn:
        raise StoreError(self._reason)

    def planned(self, _conversation: Conversation) -> frozenset[SlotKey]:
        """Return no slot: whoever only looks at when the next alert comes needs no database."""
        return frozenset()

    def standing(self, _conversation: Conversation, _now: datetime) -> Standing:
        """Return nothing sent and nothing waiting, for the same reason."""
        return Standing()

    settings = save_settings = subscriptions = subscribe = unsubscribe = bring = mute = forget = _refuse
    link_code = link = places = receive_here = unlink = _refuse
