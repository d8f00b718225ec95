"""What goes wrong on a platform, and how often: by a seed, so that a run can be played again."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.fakes.telegram.refusals import CutAfter, CutBefore, Fault, Garbage, RefusedError, flood


@dataclass(frozen=True, slots=True)
class Silence:
    """The message is taken, and nobody ever answers."""


REVOKED = RefusedError(401, "Unauthorized")

Policy = Callable[[str], Fault | Silence | None]
"""What goes wrong with a message to a chat, None for nothing."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How often, of all messages, something goes wrong; half of the errors come after a message was taken."""

    flood: float = 0.0
    error: float = 0.0
    cut_before: float = 0.0
    cut_after: float = 0.0

    def policy(self, seed: int) -> Policy:
        """Return a policy that draws the same faults for the same seed."""
        random = Random(seed)
        odds: dict[Fault | None, float] = {
            flood(1): self.flood,
            RefusedError(500, "Internal Server Error"): self.error / 2,
            Garbage("Internal Server Error", status=500): self.error / 2,
            CutBefore(): self.cut_before,
            CutAfter(): self.cut_after,
        }
        odds[None] = 1 - sum(odds.values())
        return lambda _chat: random.choices(list(odds), list(odds.values()))[0]


def nothing_wrong(_chat: str) -> Fault | None:
    """Take every message."""
    return None


def after(taken: int, fault: Fault) -> Policy:
    """Take so many messages, then refuse every one."""
    left = taken

    def policy(_chat: str) -> Fault | None:
        nonlocal left
        left -= 1
        return None if left >= 0 else fault

    return policy


def paced(per_second: float) -> Policy:
    """Refuse what goes over so many messages a second, as Telegram does, with room for half a second."""
    room, last = per_second / 2, time.monotonic()

    def policy(_chat: str) -> Fault | None:
        nonlocal room, last
        now = time.monotonic()
        room, last = min(per_second / 2, room + (now - last) * per_second), now
        if room < 1:
            return flood(1)
        room -= 1
        return None

    return policy
