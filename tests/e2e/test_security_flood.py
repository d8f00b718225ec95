"""S4, S16: strangers and floods as the whole process meets them; a flood does not slow down the others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import pytest

from bot.config import Config
from bot.gate import Access, Gate, Pace
from bot.reception import Reception
from bot.respond import Responder
from bot.shelf import Shelf
from bot.store import open_store
from bot.telemetry import Telemetry
from handlers.reply import Reply
from handlers.request import Conversation, Request
from tests.e2e.test_process import telegram_settings
from tests.e2e.test_security_process import started
from tests.fakes.telegram import PRIVATE, Chat, FakeTelegram, User
from tests.unit.handlers.desk import words

QUESTIONS = ("5G基站有多少", "半导体", "充电桩 港口", "工业互联网 标识解析", "数据中心 能耗")
ROUNDS = 40
FLOOD = 1_000
LOOKS = 3
NOISE_SECONDS = 0.02


@contextmanager
def reception(index: Path, folder: Path) -> Iterator[Reception]:
    shelf, store = Shelf(index), open_store(f"sqlite:///{folder}/flood.sqlite")
    config = Config()
    responder = Responder(shelf, store.chats, config, lambda: datetime.now(UTC))
    yield Reception(responder.respond, Gate(Access(), Pace(20)), Telemetry(), config.language)
    shelf.close()
    store.close()


def asked(user: str, number: int) -> Request:
    text = QUESTIONS[number % len(QUESTIONS)]
    return Request(f"{user}-{number}", Conversation("telegram", user), user, text)


async def p99(front: Reception, name: str) -> float:
    """Return how long the slowest of a hundred questions took, each from a person of their own."""
    seconds = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        assert words(await front.respond(asked(f"{name}{number}", number)))
        seconds.append(time.perf_counter() - began)
    return quantiles(seconds, n=100)[-1]


async def test_a_flood_of_one_does_not_slow_down_the_others(sample_index: Path, tmp_path: Path) -> None:
    with reception(sample_index, tmp_path) as front:
        for attempt in range(LOOKS):
            idle = await p99(front, f"idle{attempt}-")
            flood = [
                asyncio.create_task(front.respond(asked(f"flooder{attempt}", number)))
                for number in range(FLOOD)
            ]
            busy = await p99(front, f"busy{attempt}-")
            replies = await asyncio.gather(*flood)
            assert sum(reply != Reply(()) for reply in replies) == 21
            if busy <= 2 * idle + NOISE_SECONDS:
                return
    pytest.fail(f"p99 {idle:.3f} s alone, {busy:.3f} s beside a flood")


async def test_the_operator_says_who_is_answered_and_how_often(settings: dict[str, str]) -> None:
    async with FakeTelegram() as telegram:
        limits = {
            "HANGXUN_ALLOWED_CHATS": f"telegram:{PRIVATE.id}",
            "HANGXUN_QUESTIONS_PER_MINUTE": "2",
        }
        stranger = Chat(4_711, "private")
        telegram.state.chats[str(stranger.id)] = stranger
        async with started({**settings, **telegram_settings(telegram), **limits}) as bot:
            await bot.printed(" ready ")
            answers = []
            for _ in range(3):
                await telegram.message("5G基站有多少")
                answers.append((await telegram.sent()).text)
            await telegram.message("5G基站有多少", chat=stranger, user=User(stranger.id))
            answers.append((await telegram.sent()).text)
    assert ["万个" in answer for answer in answers] == [True, True, False, False]
    assert "太快" in answers[2]
    assert "没有开通" in answers[3]
