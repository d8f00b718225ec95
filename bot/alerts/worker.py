"""Sends what is due on one platform, a bounded number at once, and saves each outcome as it arrives.

Outcomes that arrive at about the same time, or while another commit is under way, are saved in one commit,
together with the claim of as many new messages. So a message's outcome is saved before its place in the
window is used again.
An outcome that cannot be saved is tried until the lease is over; then the attempt counts as ambiguous. No
time is counted while the database is away, as nobody else can take the message.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from uuid import uuid4

from bot.alerts.clock import Clock
from bot.alerts.flight import Flight
from bot.alerts.ledger import NOT_SAVED, Ledger, columns_of, events_of
from bot.alerts.pacing import Pace
from bot.alerts.policy import Policy
from bot.alerts.sending import Post
from bot.ownthread import OwnThread
from bot.platform import Platform
from bot.store.claiming import Claim, Sender
from bot.store.deliveries import Deliveries
from bot.store.rows import Result
from bot.telemetry import Telemetry
from handlers.errors import StoreError

LOG = logging.getLogger(__name__)

RETRY_SECONDS = 1.0
"""How long to wait before the database is asked again."""

LONGEST_REST_SECONDS = 20.0

GATHERING_SECONDS = 0.005
"""How long outcomes wait for others: a commit costs as much as sending several messages."""


class Worker:
    """The way out to one platform."""

    def __init__(
        self,
        deliveries: Deliveries,
        platform: Platform,
        clock: Clock,
        policy: Policy | None = None,
        telemetry: Telemetry | None = None,
    ) -> None:
        self._deliveries = deliveries
        self._clock = clock
        self._policy = policy or Policy()
        self._telemetry = telemetry or Telemetry()
        self._pace = Pace(self._policy.limits(platform.name))
        self._thread = OwnThread(f"alerts {platform.name}")
        self._post = Post(platform, deliveries, clock, self._policy, self._pace, self._thread)
        self._sender = Sender(platform.name, uuid4().hex)
        self._claimed: set[int] = set()
        self._is_unsure = False
        self._work = asyncio.Event()
        self._is_running = False
        self._stopping = False

    @property
    def sender(self) -> Sender:
        """The name under which messages are claimed."""
        return self._sender

    def share(self, sharers: int) -> None:
        """Keep to our part of the platform's pace, which so many processes use together."""
        self._pace.sharers = max(1, sharers)

    def wake(self) -> None:
        """Say that something may be due."""
        self._work.set()

    def stop(self) -> None:
        """Claim no more; what is under way is finished, then `run` ends."""
        self._stopping = True
        self._is_running = False
        self._work.set()

    async def run(self) -> None:
        """Deliver whenever there may be something due, until stopped."""
        self._is_running = not self._stopping
        while not self._stopping:
            rest = LONGEST_REST_SECONDS
            try:
                tally = await self.deliver_due()
                if tally.total():
                    LOG.info("alerts delivered platform=%s %s", self._sender.platform, Ledger(**tally))
                rest = await self._thread.run(self._rest_seconds)
            except StoreError as error:
                LOG.warning("database does not answer platform=%s error=%s", self._sender.platform, error)
            except Exception:
                LOG.exception("delivering broke off platform=%s", self._sender.platform)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._work.wait(), rest)
            self._work.clear()

    async def deliver_due(self) -> Counter[str]:
        """Send until nothing is due; return how many messages belong in each column of the ledger."""
        tally: Counter[str] = Counter()
        has_more = True
        async with asyncio.TaskGroup() as group:
            flight = Flight(group, self._post.send)
            while flight.aloft or has_more:
                landed = flight.land()
                limit = self._room(flight.aloft) if has_more else 0
                claim = await self._exchange(landed, limit, tally)
                for each in claim.deliveries:
                    flight.carry(each)
                has_more = has_more and not claim.is_all and not self._stopping
                await self._watch(flight, has_room=has_more and flight.aloft < self._policy.window)
        return tally

    async def _watch(self, flight: Flight, *, has_room: bool) -> None:
        """Wait until messages are back or the next one may go, and a moment for others to come with them."""
        waits: list[Awaitable[object]] = [flight.back()] if flight.aloft else []
        if has_room:
            waits.append(self._clock.sleep(self._pace.wait(self._clock.seconds())))
        if waits:
            await _first_of(waits)
        if flight.is_out:
            await self._clock.sleep(GATHERING_SECONDS)

    def _room(self, under_way: int) -> int:
        """Return how many messages may be claimed now: turns are taken before, so that none waits leased."""
        if self._stopping:
            return 0
        return min(self._policy.window - under_way, self._pace.ready(self._clock.seconds()))

    async def _exchange(self, finished: list[Result], limit: int, tally: Counter[str]) -> Claim:
        """Save what is finished and claim anew, again and again while the database fails."""
        if not finished and limit <= 0:
            return Claim(is_all=self._stopping)
        tries = self._policy.lease.total_seconds() / RETRY_SECONDS
        while tries > 0:
            try:
                claim = await self._thread.run(self._swap, finished, limit)
            except StoreError as error:
                self._note_failure(error)
                if not finished:
                    return Claim(is_all=True)
                await self._clock.sleep(RETRY_SECONDS)
                if not (self._is_running and await self._is_away()):
                    tries -= 1
            else:
                self._account(finished, claim, tally)
                return claim
        LOG.error("outcomes not saved, messages may come twice count=%d", len(finished))
        tally.update(column for _ in finished for column in NOT_SAVED)
        return Claim(is_all=True)

    async def _is_away(self) -> bool:
        """Tell whether the database answers nobody, not even who only reads."""
        try:
            await self._thread.run(self._deliveries.next_due, self._sender.platform)
        except StoreError:
            return True
        return False

    def _swap(self, finished: list[Result], limit: int) -> Claim:
        """Exchange in one transaction, once what an earlier one claimed without our knowing is free."""
        if self._is_unsure:
            self._deliveries.disown(self._sender.owner, self._claimed)
        claim = self._deliveries.exchange(self._sender, finished, limit, self._clock.now())
        if self._is_unsure:
            LOG.info("database answers again platform=%s", self._sender.platform)
        self._is_unsure = False
        return claim

    def _note_failure(self, error: StoreError) -> None:
        if not self._is_unsure:
            LOG.error("nothing saved or claimed platform=%s error=%s", self._sender.platform, error)
        self._is_unsure = True

    def _account(self, finished: list[Result], claim: Claim, tally: Counter[str]) -> None:
        """Count what was saved and claimed; say once what is paused."""
        self._claimed -= {each.delivery.id for each in finished}
        self._claimed |= {each.id for each in claim.deliveries}
        self._pace.take(len(claim.deliveries), self._clock.seconds())
        tally["suppressed"] += claim.suppressed
        tally.update(column for each in finished for column in columns_of(each))
        self._telemetry.count("fenced", claim.fenced)
        for each in finished:
            for event in events_of(each):
                self._telemetry.count(event)
        if claim.fenced:
            LOG.warning("outcomes came after their lease count=%d", claim.fenced)
        for pause in claim.paused:
            where, until = pause.scope or "all", pause.until.isoformat()
            LOG.error(
                "alerts paused platform=%s chat=%s until=%s reason=%s",
                self._sender.platform, where, until, pause.reason,
            )  # fmt: skip

    def _rest_seconds(self) -> float:
        """Return how long nothing will be due. Raises StoreError."""
        soonest = self._deliveries.next_due(self._sender.platform)
        if soonest is None:
            return LONGEST_REST_SECONDS
        seconds = (soonest - self._clock.now()).total_seconds()
        return min(max(seconds, RETRY_SECONDS), LONGEST_REST_SECONDS)


async def _first_of(waits: Sequence[Awaitable[object]]) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
