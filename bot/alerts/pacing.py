"""How fast a platform may be sent to: turns are taken before claiming, so that no message waits leased."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.alerts.policy import Limits
from handlers.request import Conversation

FORGET_AT = 1000
"""Chats remembered before those whose time is over are dropped."""

NO_LIMIT = 1_000_000

ROUNDING = 0.001
"""Of a turn: clocks have no endless precision, and a turn must not be missed by less."""

LATENESS = 0.02
"""What was missed in so many seconds, and at least one message, may be caught up with."""


@dataclass(slots=True)
class Pace:
    """When the next messages may go. Times are seconds of any clock that never jumps.

    The turns of all chats are a leaky bucket (GCRA, ITU-T I.371 A); `sharers` processes send at this pace
    together.
    """

    limits: Limits
    sharers: int = 1
    _next: float = 0.0
    _next_in_chat: dict[tuple[str, str], float] = field(default_factory=dict)

    def ready(self, now: float) -> int:
        """Return how many messages may go now."""
        if not self._apart:
            return NO_LIMIT
        return max(0, int((now - self._first(now)) / self._apart + 1 + ROUNDING))

    def take(self, turns: int, now: float) -> None:
        """Use some of the turns that are ready."""
        self._next = self._first(now) + turns * self._apart

    def wait(self, now: float) -> float:
        """Return in how many seconds the next message may go."""
        return max(0.0, self._first(now) - now)

    def turn(self, conversation: Conversation, now: float) -> float:
        """Return the moment at which the next message to this chat may go."""
        return max(now, self._next_in_chat.get(_chat(conversation), 0.0))

    def sent(self, conversation: Conversation, turn: float) -> None:
        """Say that a message to this chat goes at its turn."""
        self._forget(turn)
        self._next_in_chat[_chat(conversation)] = turn + self.limits.apart_in(conversation)

    @property
    def _apart(self) -> float:
        return self.limits.apart * self.sharers

    def _first(self, now: float) -> float:
        return max(self._next, now - max(LATENESS, self._apart))

    def _forget(self, now: float) -> None:
        if len(self._next_in_chat) >= FORGET_AT:
            self._next_in_chat = {chat: at for chat, at in self._next_in_chat.items() if at > now}


def _chat(conversation: Conversation) -> tuple[str, str]:
    return (conversation.team, conversation.chat)
