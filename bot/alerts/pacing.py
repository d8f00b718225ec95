"""How fast a platform may be sent to: broadcasts keep below what it allows, so that answers get through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.request import Conversation


@dataclass(frozen=True, slots=True)
class Limits:
    """The shortest time between two messages, in seconds: of all, and of those to one chat."""

    apart: float = 0.0
    apart_in_chat: float = 0.0


LIMITS: Mapping[str, Limits] = {
    # About 30 a second are allowed: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    "telegram": Limits(1 / 25, 1.0),
    # One a second and channel: https://docs.slack.dev/apis/web-api/rate-limits
    "slack": Limits(0.0, 1.0),
}

FORGET_AT = 1000
"""Chats remembered before those whose time is over are dropped."""


@dataclass(slots=True)
class Pace:
    """When the next messages may go. Times are seconds of any clock that never jumps."""

    limits: Limits
    _next: float = 0.0
    _next_in_chat: dict[tuple[str, str], float] = field(default_factory=dict)

    def reserve(self, conversation: Conversation, now: float) -> float:
        """Return the moment at which the next message to this chat may go, and take it."""
        chat = (conversation.team, conversation.chat)
        turn = max(now, self._next)
        self._next = turn + self.limits.apart
        turn = max(turn, self._next_in_chat.get(chat, 0.0))
        self._forget(now)
        self._next_in_chat[chat] = turn + self.limits.apart_in_chat
        return turn

    def _forget(self, now: float) -> None:
        if len(self._next_in_chat) >= FORGET_AT:
            self._next_in_chat = {chat: at for chat, at in self._next_in_chat.items() if at > now}
