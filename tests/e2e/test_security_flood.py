"""S16: one person's thousand questions do not slow down another's."""

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
from tests.unit.handlers.desk import words

QUESTIONS = ("5G基站有多少", "半导体", "充电桩 港口", "工业互联网 标识解析", "数据中心 能耗")
ROUNDS = 40
FLOOD = 1_000
LOOKS = 3
NOISE_SECONDS = 0.02


@contextmanager
def reception(index: Path, folder: Path) -> Iterator[Reception]:
    shelf, store = Shelf(index), open_store(f"sqlite:///{folder}/flood.sqlite")
    config = Config(_env_file=None)
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
