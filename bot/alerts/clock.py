"""Time and chance, handed in so that tests need neither."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import utc_now


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
