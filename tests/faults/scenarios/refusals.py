"""The platform says no: too much, for hours, or to everything because the token was revoked."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta

from tests.fakes.telegram.refusals import Fault, flood
from tests.faults import clock
from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger, account
from tests.faults.odds import after, nothing_wrong
from tests.faults.process import running
from tests.faults.scenarios.fan_out import SETTINGS, Platform
from tests.faults.stage import Stage, a_minute_ago

PATIENCE = 240
UNDER_WAY = 1.0
"""Seconds after a refusal in which messages that had left before it may still arrive."""


async def flood_of_hours(stage: Stage, *, due: int, hours: int, on: Platform = Crowd) -> Ledger:
    """Answer the tenth message with a pause of hours: nothing is sent inside it, and all after it.

    A process that is started in the pause keeps to it as well.
    """
    watch = clock.WrongClock(stage.folder / "clock")
    watch.set(timedelta())
    pause = timedelta(hours=hours)
    chats = stage.subscribe(due, a_minute_ago(), kind=on.kind)
    async with on(after(10, flood(int(pause.total_seconds())))) as crowd:
        settings = {**stage.settings, **crowd.settings, **SETTINGS, **watch.environment}
        began = time.time()
        async with running(settings) as first:
            await first.said("alerts paused")
            attempts = await crowd.seen.settled()
            watch.set(pause - timedelta(minutes=2))
            await crowd.seen.settled()
        async with running(settings) as second:
            inside = await crowd.seen.settled() - attempts
            crowd.policy = nothing_wrong
            watch.set(pause + timedelta(minutes=2))
            await crowd.until(lambda: len(crowd.seen.moments) >= due, PATIENCE)
            await stage.quiet(PATIENCE)
        complaints = len(first.complaints()) + len(second.complaints())
        return account(crowd.seen, chats, since=began, inside_pause=inside, complaints=complaints)


async def flood_storm(stage: Stage, *, due: int, pauses: int, speed: int) -> Ledger:
    """Answer every so often with a pause of 30 seconds for the whole bot."""
    chats = stage.subscribe(due, a_minute_ago())
    storm = _Storm(every=due // pauses, pause=30.0 / speed)
    async with Crowd(storm.policy) as crowd:
        began = time.time()
        crowd.speed = speed
        settings = {**stage.settings, **crowd.settings, **SETTINGS, **clock.faster(speed)}
        async with running(settings) as bot:
            await crowd.until(lambda: len(crowd.seen.moments) >= due, PATIENCE)
            await stage.quiet(PATIENCE)
        return account(
            crowd.seen, chats, since=began, inside_pause=storm.inside, floods=storm.pauses,
            complaints=len(bot.complaints()),
        )  # fmt: skip


async def token_revoked(stage: Stage, *, due: int, minutes: int, speed: int, on: Platform = Crowd) -> Ledger:
    """Refuse the token in the middle of a fan-out for minutes of the bot's own clock."""
    chats = stage.subscribe(due, a_minute_ago(), kind=on.kind)
    async with on() as crowd:
        began = time.time()
        crowd.speed = speed
        settings = {**stage.settings, **crowd.settings, **SETTINGS, **clock.faster(speed)}
        async with running(settings) as bot:
            await crowd.until(lambda: len(crowd.seen.moments) >= due // 2, PATIENCE)
            crowd.is_revoked = True
            await bot.said("alerts paused")
            before = await crowd.seen.settled()
            await asyncio.sleep(minutes * 60 / speed)  # the length of the outage, not a wait for the bot
            asked = len(crowd.seen.attempts) - before
            crowd.is_revoked = False
            await crowd.until(lambda: len(crowd.seen.moments) >= due, PATIENCE)
            await stage.quiet(PATIENCE)
        return account(
            crowd.seen, chats, since=began, asked_while_revoked=asked, complaints=len(bot.complaints())
        )


class _Storm:
    """A pause for the whole bot after every so many messages taken."""

    def __init__(self, every: int, pause: float) -> None:
        self.inside = self.pauses = 0
        self._every, self._pause = every, pause
        self._taken = 0
        self._began = self._until = 0.0

    def policy(self, _chat: str) -> Fault | None:
        """Take a message, or refuse it with the pause that is left."""
        now = time.monotonic()
        if now < self._until:
            self.inside += now > self._began + UNDER_WAY
            return flood(30)
        self._taken += 1
        if self._taken % self._every:
            return None
        self.pauses += 1
        self._began, self._until = now, now + self._pause
        return flood(30)
