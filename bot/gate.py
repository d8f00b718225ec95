"""Who is answered: those on the lists of the operator, and each of them only so often.

People and places are known by their ids, never by names, which anybody can take.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.config import Config
from handlers.request import Conversation, Request

REMEMBERED = 10_000
MINUTE = 60.0


class Verdict(Enum):
    """What is done with a request."""

    ANSWER = auto()
    NOT_ALLOWED = auto()
    TOO_FAST = auto()
    SILENCE = auto()


@dataclass(frozen=True, slots=True)
class Access:
    """The lists of the operator. Without teams and chats on them everybody is answered."""

    teams: frozenset[str] = frozenset()
    chats: frozenset[str] = frozenset()
    admins: frozenset[str] = frozenset()

    @classmethod
    def from_config(cls, config: Config) -> Access:
        """Read the lists."""
        return cls(frozenset(config.allowed_teams), frozenset(config.allowed_chats), frozenset(config.admins))

    def admits(self, request: Request) -> bool:
        """Tell whether this person is answered in this place.

        An admin is, alone with the bot. A guest of a channel is only where the own workspace is on the list.
        """
        if not self.teams and not self.chats:
            return True
        if request.home and request.home not in self.teams:
            return False
        return self.receives(request.conversation) or (request.is_private and self.is_admin(request))

    def receives(self, place: Conversation) -> bool:
        """Tell whether alerts may go to a place."""
        if not self.teams and not self.chats:
            return True
        return f"{place.platform}:{place.chat}" in self.chats or place.team in self.teams

    def is_admin(self, request: Request) -> bool:
        """Tell whether somebody is an admin of the bot."""
        return f"{request.conversation.platform}:{request.user}" in self.admins


class Pace:
    """Lets each person ask so many questions at once, and as many again within a minute."""

    def __init__(self, per_minute: int, seconds: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._seconds = seconds
        self._left: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()

    def admit(self, person: tuple[str, str]) -> Verdict:
        """Count a question; the first one over the limit is told so, the next ones meet silence."""
        now = self._seconds()
        left, at = self._left.pop(person, (self._most, now))
        left = min(self._most, left + (now - at) * self._most / MINUTE)
        verdict = Verdict.ANSWER if left >= 1 else Verdict.TOO_FAST if left >= 0 else Verdict.SILENCE
        self._left[person] = (left - 1 if verdict is Verdict.ANSWER else -1.0, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return verdict


class Gate:
    """Stands before the answers."""

    def __init__(self, access: Access, pace: Pace) -> None:
        self._access = access
        self._pace = pace

    def admit(self, request: Request) -> tuple[Verdict, Request]:
        """Decide about a request, and return it with the rights of an admin where it comes from one."""
        verdict = self._pace.admit((request.conversation.platform, request.user))
        if verdict is not Verdict.SILENCE and not self._access.admits(request):
            return Verdict.NOT_ALLOWED, request
        is_admin = self._access.is_admin(request)
        return verdict, replace(request, may_manage=True, is_operator=True) if is_admin else request
