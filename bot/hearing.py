"""How long a platform has not been heard: a process that lives but gets no events is of no use.

A platform that was never reached is tried for as long as it takes (Telegram is blocked in places, and Slack
must go on there). One that was heard and then falls silent for too long, without so much as an error of
its own, has a connection that is stuck: the process ends, and whoever runs it starts it anew.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from bot.errors import BotError

DEAF_SECONDS = 75.0
"""With what it takes to look, and to see that a websocket is dead, the process ends within 90 seconds."""

LOOK_SECONDS = 5.0


class Listener(Protocol):
    """A platform that can fall silent."""

    @property
    def name(self) -> str:
        """The platform's name."""

    @property
    def deaf_seconds(self) -> float:
        """How long nothing was heard, 0.0 where nothing need be."""


class Hearing:
    """When a platform was heard last. Silence counts from the first time that it was."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._heard: float | None = None

    def heard(self, quiet_seconds: float = 0.0) -> None:
        """Say that the platform answered, and for how long it wants to be left alone."""
        self._heard = self._seconds() + quiet_seconds

    def rest(self) -> None:
        """Say that nobody listens any more, so that silence means nothing."""
        self._heard = None

    @property
    def deaf_seconds(self) -> float:
        """How long nothing was heard."""
        return 0.0 if self._heard is None else max(0.0, self._seconds() - self._heard)


async def until_deaf(listeners: Iterable[Listener], limit: float = DEAF_SECONDS) -> None:
    """Return never, but raise BotError once a platform has been silent for longer than `limit`."""
    listeners = tuple(listeners)
    while True:
        for listener in listeners:
            if listener.deaf_seconds > limit:
                raise BotError(
                    f"{listener.name} was not heard for {listener.deaf_seconds:.0f} seconds; "
                    "the bot ends so that it is started anew"
                )
        await asyncio.sleep(min(LOOK_SECONDS, limit / 4))
