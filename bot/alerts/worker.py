"""Sends what is due on one platform, a bounded number at once, and saves each outcome as it arrives.

A message whose outcome could not be saved stays leased; when the lease runs out it counts as ambiguous.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from datetime import datetime

from bot.alerts.clock import Clock
from bot.alerts.ledger import Ledger, columns_of
from bot.alerts.outcomes import pause_after, settle
from bot.alerts.pacing import LIMITS, Limits, Pace
from bot.errors import DeliveryError, Outcome
from bot.platform import Platform
from bot.store.deliveries import Claim, Deliveries
from bot.store.payload import load_reply
from bot.store.rows import Delivery, Settlement
from handlers.errors import StoreError
from handlers.reply import Notice, Reply
from handlers.request import Language
from handlers.texts import say
from handlers.texts.delivery import MAY_BE_A_REPEAT

LOG = logging.getLogger(__name__)

WINDOW = 8
"""Messages under way at once, and so the most that a crash can repeat."""

DEADLINE_SECONDS = 15.0
"""For one attempt in all: less than a third of the lease."""


class Worker:
    """The way out to one platform."""

    def __init__(self, deliveries: Deliveries, platform: Platform, clock: Clock) -> None:
        self._deliveries = deliveries
        self._platform = platform
        self._clock = clock
        self._pace = Pace(LIMITS.get(platform.name, Limits()))
        self._work = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Say that something may be due."""
        self._work.set()

    def stop(self) -> None:
        """Claim no more; what is under way is finished, then `run` ends."""
        self._stopping = True
        self._work.set()

    async def run(self) -> None:
        """Deliver whenever there may be something due, until stopped."""
        while not self._stopping:
            await self._work.wait()
            self._work.clear()
            try:
                tally = await self.deliver_due()
            except Exception:
                LOG.exception("delivering broke off platform=%s", self._platform.name)
            else:
                if tally.total():
                    LOG.info("alerts delivered platform=%s %s", self._platform.name, Ledger(**tally))

    async def deliver_due(self) -> Counter[str]:
        """Send until nothing is due; return how many messages belong in each column of the ledger."""
        tally: Counter[str] = Counter()
        under_way: set[asyncio.Task[None]] = set()
        async with asyncio.TaskGroup() as group:
            while True:
                claim = await self._claim(WINDOW - len(under_way))
                tally["suppressed"] += claim.suppressed
                under_way |= {group.create_task(self._deliver(each, tally)) for each in claim.deliveries}
                if not under_way:
                    return tally
                _, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)

    async def _claim(self, limit: int) -> Claim:
        if self._stopping:
            return Claim()
        try:
            now = self._clock.now()
            return await asyncio.to_thread(self._deliveries.claim, self._platform.name, now, limit)
        except StoreError:
            LOG.exception("no deliveries claimed platform=%s", self._platform.name)
            return Claim()

    async def _deliver(self, claimed: Delivery, tally: Counter[str]) -> None:
        """Attempt one delivery. Whatever goes wrong, the others go on."""
        outcome = None
        try:
            await self._wait_for_turn(claimed)
            outcome = await self._save(claimed, await self._attempt(claimed))
        except Exception:
            LOG.exception("delivery without an outcome id=%d", claimed.id)
        tally.update(columns_of(claimed, outcome))

    async def _wait_for_turn(self, claimed: Delivery) -> None:
        seconds = self._clock.seconds()
        turn = self._pace.reserve(claimed.conversation, seconds)
        if turn > seconds:
            await self._clock.sleep(turn - seconds)

    async def _attempt(self, claimed: Delivery) -> DeliveryError | None:
        """Send. Whether a message that met the deadline arrived, nobody knows."""
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                await self._platform.send(claimed.conversation, reply_of(claimed))
        except DeliveryError as error:
            return error
        except TimeoutError:
            return DeliveryError("no answer in time", Outcome.AMBIGUOUS)
        return None

    async def _save(self, claimed: Delivery, error: DeliveryError | None) -> Settlement:
        now = self._clock.now()
        outcome = settle(claimed, error, now, self._clock.jitter())
        counts = await asyncio.to_thread(self._deliveries.settle, claimed, outcome, now)
        if not counts:
            LOG.warning("outcome came after the lease id=%d state=%s", claimed.id, outcome.state)
        if error:
            LOG.info("not delivered id=%d state=%s reason=%s", claimed.id, outcome.state, error.reason)
            await self._pause(error, now)
        return outcome

    async def _pause(self, error: DeliveryError, now: datetime) -> None:
        """Leave the platform alone where the error is not about one message; say so once."""
        until = pause_after(error, now)
        if until is None:
            return
        name = self._platform.name
        if await asyncio.to_thread(self._deliveries.pause, name, until, error.reason, now):
            LOG.error("alerts paused platform=%s until=%s reason=%s", name, until.isoformat(), error.reason)


def reply_of(claimed: Delivery) -> Reply:
    """Return the message to send, marked where an earlier attempt may have arrived."""
    reply = load_reply(claimed.payload)
    if not claimed.ambiguous:
        return reply
    notice = Notice(say(MAY_BE_A_REPEAT, claimed.language or Language.ZH))
    return Reply((notice, *reply.blocks))
