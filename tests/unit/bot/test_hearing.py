"""A platform that falls silent ends the process; one that was never reached does not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from bot.errors import BotError
from bot.hearing import Hearing, until_deaf


@dataclass
class Time:
    seconds: float = 100.0


@dataclass
class FakeListener:
    name: str
    hearing: Hearing

    @property
    def deaf_seconds(self) -> float:
        return self.hearing.deaf_seconds


def test_silence_counts_from_the_last_word_and_from_the_first_on() -> None:
    time = Time()
    hearing = Hearing(lambda: time.seconds)
    time.seconds += 500
    assert hearing.deaf_seconds == 0.0
    hearing.heard()
    time.seconds += 7
    assert hearing.deaf_seconds == 7.0
    hearing.heard()
    assert hearing.deaf_seconds == 0.0
    time.seconds += 7
    hearing.rest()
    assert hearing.deaf_seconds == 0.0


async def test_a_silent_platform_ends_the_wait_with_one_clear_line() -> None:
    time = Time()
    fine, silent = (FakeListener(name, Hearing(lambda: time.seconds)) for name in ("slack", "telegram"))
    silent.hearing.heard()
    time.seconds += 91
    with pytest.raises(BotError, match=r"^telegram was not heard for 91 seconds; .* started anew$"):
        await asyncio.wait_for(until_deaf((fine, silent)), 10)
