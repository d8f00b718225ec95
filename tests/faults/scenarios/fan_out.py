"""A crowd is due in one minute while the process is killed, or told to leave, again and again."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping
from random import Random

from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger, account
from tests.faults.odds import Odds, Silence, nothing_wrong
from tests.faults.process import Bot, running
from tests.faults.stage import Stage, a_minute_ago
from tests.faults.workspace import Workspace

WINDOW = 8
SETTINGS = {"HANGXUN_TELEGRAM_PER_SECOND": "400", "HANGXUN_WINDOW": str(WINDOW)}
"""A pace at which the crowd is not the whole of the run; Telegram's own is measured by the benchmarks."""

UNSTEADY = Odds(flood=0.01, error=0.01, cut_before=0.003, cut_after=0.003)
STEADY = Odds()
MOST_HELD = 2 * WINDOW
"""Alerts that three attempts in the dark may end: kills close upon each other meet the same ones."""

LONGEST_RUN = 600
SEED = 20_261_123

End = Callable[[Bot], Awaitable[float]]
Platform = type[Crowd] | type[Workspace]


async def killed(bot: Bot) -> float:
    """End the process as a power cut would."""
    await bot.kill()
    return 0.0


async def stopped(bot: Bot) -> float:
    """Let the process leave; return how long that took."""
    return await bot.stop()


async def fan_out(
    stage: Stage, *, due: int, ends: int, how: End, odds: Odds = STEADY, on: Platform = Crowd
) -> Ledger:
    """Deliver to a crowd by a process that ends so often in the middle of it."""
    chats = stage.subscribe(due, a_minute_ago(), kind=on.kind)
    async with on(odds.policy(SEED)) as crowd:
        settings = {**stage.settings, **crowd.settings, **SETTINGS}
        began = time.time()
        ended = [await _until_it_ends(settings, crowd, at, how) for at in _moments(due, ends)]
        async with running(settings) as bot:
            await crowd.until(lambda: len(crowd.seen.moments) >= due - MOST_HELD, LONGEST_RUN)
            await stage.quiet(LONGEST_RUN)
        kills = ends if how is killed else 0
        return account(
            crowd.seen,
            chats,
            since=began,
            kills=kills,
            window=WINDOW,
            explained=explained(stage, odds),
            exit_s=max((seconds for seconds, _ in ended), default=0.0),
            complaints=len(bot.complaints()) + sum(complaints for _, complaints in ended),
        )


async def stopped_in_silence(stage: Stage, *, due: int, times: int) -> Ledger:
    """Let the process leave while the platform takes messages and answers nothing."""
    chats = stage.subscribe(due, a_minute_ago())
    async with Crowd(lambda _chat: Silence()) as crowd:
        settings = {**stage.settings, **crowd.settings, **SETTINGS}
        began = time.time()
        ended = [
            await _until_it_ends(settings, crowd, WINDOW * number, stopped) for number in range(1, times + 1)
        ]
        crowd.policy = nothing_wrong
        async with running(settings) as bot:
            await crowd.until(lambda: len(crowd.seen.moments) >= due, LONGEST_RUN)
            await stage.quiet(LONGEST_RUN)
        return account(
            crowd.seen, chats, since=began, exit_s=max(seconds for seconds, _ in ended),
            complaints=len(bot.complaints()) + sum(complaints for _, complaints in ended),
        )  # fmt: skip


async def _until_it_ends(
    settings: Mapping[str, str], crowd: Crowd | Workspace, at: int, how: End
) -> tuple[float, int]:
    """Run until the crowd saw so many attempts, then end the process.

    Returns how many seconds that took, and the complaints of its log.
    """
    bot = await Bot.start(settings)
    try:
        await bot.ready()
        await crowd.until(lambda: len(crowd.seen.attempts) >= at, LONGEST_RUN)
        return await how(bot), len(bot.complaints())
    finally:
        await bot.kill()


def _moments(due: int, ends: int) -> Iterator[int]:
    """Yield after how many attempts in all each process ends: at random, all in the middle of the run."""
    return iter(sorted(Random(SEED).sample(range(due // 50, due * 19 // 20), ends)))


def explained(stage: Stage, odds: Odds) -> Mapping[str, Collection[str]]:
    """Return the chats whose end the faults explain: none where nothing goes wrong."""
    return {"held": stage.held()} if odds is not STEADY else {}
