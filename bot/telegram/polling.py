"""Long polling: each update is stored by `accept` before Telegram is told that it arrived."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias, TypeVar

from telegram import Bot, Update
from telegram.error import RetryAfter, TelegramError

from bot.hearing import Hearing
from bot.telegram.failures import is_answer, pause_of, reason_of
from bot.telegram.incoming import UPDATES

LOG = logging.getLogger(__name__)
POLL_SECONDS = 30
CONFIRM_SECONDS = 5
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30

Accept: TypeAlias = Callable[[Update], Awaitable[None]]
T = TypeVar("T")


async def persist(attempt: Callable[[], Awaitable[T]], doing: str, hearing: Hearing | None = None) -> T:
    """Return what the attempt returns; while Telegram cannot be reached, say so once, wait and try again."""
    failures = 0
    while True:
        try:
            result = await attempt()
        except TelegramError as error:
            if not failures:
                LOG.warning("telegram fails doing=%s reason=%s", doing, reason_of(error))
            pause = _pause_seconds(error, failures)
            if hearing and is_answer(error):
                hearing.heard(quiet_seconds=pause)
            await asyncio.sleep(pause)
            failures += 1
        else:
            if failures:
                LOG.info("telegram works again doing=%s failures=%d", doing, failures)
            return result


async def poll(bot: Bot, accept: Accept, hearing: Hearing) -> None:
    """Take updates by long polling until cancelled; those taken are confirmed by the next call."""
    offset: int | None = None
    try:
        while True:
            updates = await persist(partial(_next_updates, bot, offset), "poll", hearing)
            hearing.heard()
            for update in updates:
                await accept(update)
                offset = update.update_id + 1
    finally:
        hearing.rest()
        if offset:
            await _confirm(bot, offset)


async def _next_updates(bot: Bot, offset: int | None) -> tuple[Update, ...]:
    return await bot.get_updates(offset=offset, timeout=POLL_SECONDS, allowed_updates=UPDATES)


async def _confirm(bot: Bot, offset: int) -> None:
    """Tell Telegram what was taken, so that it is not delivered again after a restart."""
    try:
        async with asyncio.timeout(CONFIRM_SECONDS):
            await bot.get_updates(offset=offset, limit=1, timeout=0, allowed_updates=UPDATES)
    except TelegramError as error:
        LOG.warning("last updates not confirmed, they will come again reason=%s", reason_of(error))
    except TimeoutError:
        LOG.warning("last updates not confirmed, they will come again reason=no answer")


def _pause_seconds(error: TelegramError, failures: int) -> float:
    if isinstance(error, RetryAfter):
        return pause_of(error).total_seconds()
    return float(min(FIRST_PAUSE_SECONDS * 2**failures, LONGEST_PAUSE_SECONDS))
