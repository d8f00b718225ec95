"""What platforms hand in: stored before it is confirmed to them, and answered once however often it comes.

    accept -> confirm to the platform -> answer -> done
                                  crash -> left_over, at the next start or by another process

While the database fails, answers go on: then the memory of this process knows what it has seen, and a
crash loses what is under way.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NoReturn, Protocol, TypeVar

from bot.clock import utc_now
from handlers.errors import StoreError

LOG = logging.getLogger(__name__)

REMEMBERED = 10_000
PATIENCE_SECONDS = 2.0
"""How long storing may take: Slack wants its confirmation within three seconds."""

LONGEST_ANSWER = timedelta(seconds=60)
"""An event that was taken so long ago and is not done belongs to a process that died."""
LOOK_SECONDS = 20.0

T = TypeVar("T")


class Event(Protocol):
    """An event that nobody finished."""

    @property
    def key(self) -> str:
        """The platform's own id of the event."""

    @property
    def body(self) -> str:
        """What the adapter stored of it."""


class KeptEvents(Protocol):
    """The table of events (`bot.store.inbound`). Every call is one transaction and may raise StoreError."""

    def accept(self, platform: str, event_key: str, body: str, now: datetime) -> bool:
        """Store an event; False if it is known."""

    def done(self, platform: str, event_key: str, now: datetime) -> None:
        """Mark an event as handled."""

    def knows(self, platform: str, event_key: str) -> bool:
        """Tell whether an event was accepted in the last days."""

    def take_over(self, platform: str, now: datetime, idle: timedelta) -> tuple[Event, ...]:
        """Take the events that nobody finished or touched for `idle`."""


class Inbox:
    """The events of all platforms; without a table only this process remembers them.

    `alone` says that no other process uses the table: what lies in it at the start is left over.
    """

    def __init__(
        self, kept: KeptEvents | None = None, *, alone: bool = False, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._kept = kept
        self._alone = alone
        self._now = now
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._under_way: set[tuple[str, str]] = set()
        self._fails = False

    async def accept(self, platform: str, key: str, body: str) -> bool:
        """Store an event before it is confirmed. False for one that is or was answered already."""
        if (platform, key) in self._seen:
            return False
        self._remember(platform, key)
        is_new = await self._ask(lambda kept: kept.accept(platform, key, body, self._now()), True)
        if is_new:
            self._under_way.add((platform, key))
        return is_new

    async def knows(self, platform: str, key: str) -> bool:
        """Tell whether an event was accepted in the last days."""
        seen = (platform, key) in self._seen
        return seen or await self._ask(lambda kept: kept.knows(platform, key), False)

    async def done(self, platform: str, key: str) -> None:
        """Say that an event is answered."""
        self._under_way.discard((platform, key))
        await self._ask(lambda kept: kept.done(platform, key, self._now()), None)

    def put_back(self, platform: str, key: str) -> None:
        """Say that an event could not be answered for now: it is left over for whoever can."""
        self._under_way.discard((platform, key))

    async def left_over(self, platform: str, *, at_start: bool = False) -> tuple[Event, ...]:
        """Take over the events whose process died before it was done with them, of the last hour."""
        idle = timedelta() if at_start and self._alone else LONGEST_ANSWER
        nothing: tuple[Event, ...] = ()
        found = await self._ask(lambda kept: kept.take_over(platform, self._now(), idle), nothing)
        events = tuple(event for event in found if (platform, event.key) not in self._under_way)
        for event in events:
            self._remember(platform, event.key)
            self._under_way.add((platform, event.key))
        if events:
            LOG.warning("events taken over after a crash platform=%s count=%d", platform, len(events))
        return events

    async def take_up(self, platform: str, begin: Callable[[Event], None]) -> NoReturn:
        """Begin to answer what is left over, at once and then now and then, until cancelled."""
        at_start = True
        while True:
            for event in await self.left_over(platform, at_start=at_start):
                begin(event)
            at_start = False
            await asyncio.sleep(LOOK_SECONDS)

    def _remember(self, platform: str, key: str) -> None:
        self._seen[platform, key] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)

    async def _ask(self, question: Callable[[KeptEvents], T], default: T) -> T:
        """Ask the table; the default where there is none, or where it fails or takes too long."""
        if self._kept is None:
            return default
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                answer = await asyncio.to_thread(question, self._kept)
        except (StoreError, TimeoutError) as error:
            if not self._fails:
                LOG.error("events not stored, remembering them here only error=%s", error or "too slow")  # noqa: TRY400 -- one line
            self._fails = True
            return default
        if self._fails:
            LOG.info("events are stored again")
        self._fails = False
        return answer
