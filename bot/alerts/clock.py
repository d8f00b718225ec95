"""Time and chance, handed in so that tests need neither."""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import JUMP_SECONDS, utc_now


@dataclass(frozen=True, slots=True)
class Clock:
    """What delivering needs of the world: wall time, seconds that never jump, waiting, jitter in [0, 1)."""

    now: Callable[[], datetime] = utc_now
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random

    @classmethod
    def started_at(cls, at: datetime) -> Clock:
        """Return a clock that shows `at` now and goes on from there."""
        began = time.monotonic()
        return cls(now=lambda: at + timedelta(seconds=time.monotonic() - began))

    def drift(self) -> float:
        """Return how far the wall time is from the seconds that never jump: only setting it changes that."""
        return self.now().timestamp() - self.seconds()


class Steadiness:
    """Knows for how long nobody has set a clock, by being asked again and again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._drift = clock.drift()
        self._set_at = -math.inf

    def seconds(self) -> float:
        """Return for how many seconds the wall clock has gone on as it should."""
        drift, now = self._clock.drift(), self._clock.seconds()
        if abs(drift - self._drift) > JUMP_SECONDS:
            self._set_at = now
        self._drift = drift
        return now - self._set_at
