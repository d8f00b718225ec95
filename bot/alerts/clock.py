"""Time and chance, handed in so that tests need neither."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """What delivering needs of the world: wall time, seconds that never jump, waiting, jitter in [0, 1)."""

    now: Callable[[], datetime] = _now
    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random

    @classmethod
    def started_at(cls, at: datetime) -> Clock:
        """Return a clock that shows `at` now and goes on from there."""
        began = time.monotonic()
        return cls(now=lambda: at + timedelta(seconds=time.monotonic() - began))
