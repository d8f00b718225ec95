"""Chats of which nothing can be kept: for `hangxun ask`, and while the database does not answer."""

from __future__ import annotations

from typing import NoReturn

from handlers.errors import StoreError


class NoChats:
    """Implements `handlers.ports.Chats` by raising StoreError with one reason."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def _refuse(self, *_: object) -> NoReturn:
        raise StoreError(self._reason)

    settings = save_settings = subscriptions = subscribe = unsubscribe = forget = _refuse
