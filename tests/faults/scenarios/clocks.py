"""The clock is wrong by an hour or a day, and is put right, across the moment at which alerts are due."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.faults import clock
from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger, account
from tests.faults.process import Bot, running
from tests.faults.scenarios.fan_out import SETTINGS
from tests.faults.stage import Stage

PATIENCE = 180
CANARY = 5_000_000
"""The number of the first chat that is due just after a jump: its alert shows that planning goes on."""

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
JUMPS: dict[str, tuple[timedelta, ...]] = {
    "an hour forward": (-10 * MINUTE, 50 * MINUTE),
    "an hour back": (10 * MINUTE, -50 * MINUTE, MINUTE),
    "an hour forward and back": (-50 * MINUTE, 10 * MINUTE, -50 * MINUTE, MINUTE),
    "a day forward": (-10 * MINUTE, DAY - 10 * MINUTE, DAY + MINUTE),
    "a day back": (10 * MINUTE, 10 * MINUTE - DAY, 20 * MINUTE),
}
"""Where the clock is turned to, beside the due time of the crowd, which is due once in all of them."""


async def jumps(stage: Stage, *, due: int, turns: Sequence[timedelta]) -> Ledger:
    """Turn the clock of a running bot from one moment to the next."""
    watch = clock.WrongClock(stage.folder / "clock")
    began = time.time()
    real = datetime.now(UTC)
    moment = real.replace(second=0, microsecond=0) + 10 * DAY
    watch.set(moment + turns[0] - real)
    chats = stage.subscribe(due, moment)
    noticed = []
    early = 0
    async with Crowd() as crowd:
        async with running({**stage.settings, **crowd.settings, **SETTINGS, **watch.environment}) as bot:
            for number, turn in enumerate(turns):
                canary = str(CANARY + number)
                stage.follow(canary, moment + turn - MINUTE, days=0.5)
                if number:
                    noticed.append(await _turned(bot, watch, moment + turn - real))
                await crowd.until(lambda: canary in crowd.seen.moments, PATIENCE)  # noqa: B023
                if max(turns[: number + 1]) < timedelta():
                    early += len(crowd.seen.moments.keys() & set(chats))
            await crowd.until(lambda: crowd.seen.moments.keys() >= set(chats), PATIENCE)
            await stage.quiet(PATIENCE)
        everybody = [*chats, *(str(CANARY + number) for number in range(len(turns)))]
        return account(
            crowd.seen, everybody, since=began, early=early, noticed_s=max(noticed),
            told_again=_notices(bot) - len(noticed), complaints=len(bot.complaints()),
        )  # fmt: skip


async def _turned(bot: Bot, watch: clock.WrongClock, wrong_by: timedelta) -> float:
    """Turn the clock; return how many seconds it takes the bot to notice."""
    before, began = _notices(bot), time.time()
    watch.set(wrong_by)
    await bot.until(lambda: _notices(bot) > before, PATIENCE, "a notice that the clock was set")
    return time.time() - began


def _notices(bot: Bot) -> int:
    return sum("clock was set" in line for line in bot.lines)
