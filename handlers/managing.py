"""Who may change what a chat gets: in groups and channels those who manage them, alone everybody.

A request of anyone else gets chats that can be read; whatever would change them ends in a polite line. Every
command is so guarded, those to come included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from handlers.errors import UserError
from handlers.ports import Chats, Settings, Standing, Subscription
from handlers.reply import Text
from handlers.request import Conversation, Language, Request
from handlers.schedule import SlotKey
from handlers.texts import manage as texts
from handlers.texts import say


def guarded(chats: Chats, request: Request, language: Language) -> Chats:
    """Return the chats as this request may use them."""
    if request.is_private:
        return chats
    if not request.may_manage:
        return ReadOnlyChats(chats, say(texts.ADMINS_ONLY, language))
    return chats if request.reachable else ReadOnlyChats(chats, say(texts.CANNOT_POST, language))


@dataclass(frozen=True, slots=True)
class ReadOnlyChats:
    """Chats of which nothing can be changed: trying raises UserError with the reason."""

    chats: Chats
    reason: Text

    def settings(self, conversation: Conversation) -> Settings | None:
        """Return the chat's settings."""
        return self.chats.settings(conversation)

    def subscriptions(self, conversation: Conversation) -> tuple[Subscription, ...]:
        """Return what the chat follows."""
        return self.chats.subscriptions(conversation)

    def planned(self, conversation: Conversation) -> frozenset[SlotKey]:
        """Return the recent slots whose alert is planned already."""
        return self.chats.planned(conversation)

    def standing(self, conversation: Conversation, now: datetime) -> Standing:
        """Return how delivery to the chat stands."""
        return self.chats.standing(conversation, now)

    def places(self, conversation: Conversation) -> tuple[Conversation, ...]:
        """Return all places of the chat."""
        return self.chats.places(conversation)

    def _refuse(self, *_: object) -> NoReturn:
        raise UserError(self.reason)

    save_settings = subscribe = unsubscribe = bring = mute = forget = _refuse
    link_code = link = receive_here = unlink = _refuse
