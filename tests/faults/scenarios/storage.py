"""SQLite is locked by somebody else, its disk is full, or may only be read."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger, account
from tests.faults.process import free_port, running, status_of
from tests.faults.scenarios.fan_out import LONGEST_RUN, SETTINGS
from tests.faults.scenarios.replicas import ANSWER_SECONDS, QUESTION
from tests.faults.seen import Answer
from tests.faults.stage import Stage, a_minute_ago

DISK = "4m"
FOLLOW, LIST = "订阅 5G", "我的订阅"
SAVED, FOUND, FOLLOWED = "已订阅", "万个", "5G"
UNPRIVILEGED = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""How root runs something that may not write where the permissions say no."""


async def locked(stage: Stage, *, due: int, seconds: float) -> Ledger:
    """Hold the lock of the database in the middle of a fan-out, while somebody asks and subscribes."""
    chats = stage.subscribe(due, a_minute_ago())
    async with Crowd() as crowd:
        began = time.time()
        async with running({**stage.settings, **crowd.settings, **SETTINGS}) as bot:
            await crowd.until(lambda: len(crowd.seen.moments) >= due // 4, LONGEST_RUN)
            _, usual = await _ask_and_follow(crowd, "41", "42")
            locking = asyncio.create_task(asyncio.to_thread(_lock, stage.folder / "state.sqlite", seconds))
            errors, slow = await _ask_and_follow(crowd, "43", "44")
            await locking
            await crowd.until(lambda: len(crowd.seen.moments) >= due, LONGEST_RUN)
            await stage.quiet(LONGEST_RUN)
        return account(
            crowd.seen, chats, since=began, errors=errors, longer_s=slow - usual,
            complaints=len(bot.complaints()),
        )  # fmt: skip


async def _ask_and_follow(crowd: Crowd, asker: str, follower: str) -> tuple[int, float]:
    """Let one ask and another subscribe at once; return how many were told an error, and the longer wait."""
    asked = time.time()
    found, saved = await asyncio.gather(
        crowd.answer(asker, QUESTION, ANSWER_SECONDS), crowd.answer(follower, FOLLOW, ANSWER_SECONDS)
    )
    return (FOUND not in found.text) + (SAVED not in saved.text), max(found.at, saved.at) - asked


async def disk_full(stage: Stage, *, due: int, from_start: bool = False) -> Ledger:
    """Fill the disk of the database, and free it again."""
    with _small_disk(stage.folder / "disk") as disk:
        filler = disk / "filler"
        room = Room(lambda: _fill(filler), filler.unlink)
        place = replace(stage, url=f"sqlite:///{disk}/state.sqlite")
        return await _without(room, place, due, from_start=from_start)


async def read_only(stage: Stage, *, due: int, from_start: bool = False) -> Ledger:
    """Take the right to write away from the folder of the database and all in it, and give it back."""
    folder = stage.folder / "disk"
    folder.mkdir()
    room = Room(partial(_permit, folder, 0o555), partial(_permit, folder, 0o755), UNPRIVILEGED)
    place = replace(stage, url=f"sqlite:///{folder}/state.sqlite")
    return await _without(room, place, due, from_start=from_start)


@dataclass(frozen=True, slots=True)
class Room:
    """Room to write, which can be taken away and given back; a process behind `prefix` feels it."""

    take: Callable[[], object]
    give: Callable[[], object]
    prefix: Sequence[str] = ()


async def _without(room: Room, stage: Stage, due: int, *, from_start: bool) -> Ledger:
    """Let nothing be written for a while, in a fan-out or at the start; what is said to be saved must be."""
    chats = stage.subscribe(due, a_minute_ago())
    port = free_port()
    page = f"http://127.0.0.1:{port}/readyz"
    async with Crowd() as crowd:
        settings = {**stage.settings, **crowd.settings, **SETTINGS, "HANGXUN_HTTP_PORT": str(port)}
        began = time.time()
        if from_start:
            room.take()
        async with running(settings, prefix=room.prefix) as bot:
            if not from_start:
                await crowd.until(lambda: len(crowd.seen.moments) >= due // 4, LONGEST_RUN)
                room.take()
            found, refused, status = await _asked_and_followed(crowd, page)
            room.give()
            saved = await crowd.answer("44", FOLLOW, ANSWER_SECONDS)
            await crowd.until(lambda: len(crowd.seen.moments) >= due, LONGEST_RUN)
            await stage.quiet(LONGEST_RUN)
            statuses = (status, await status_of(page))
            listed = [await crowd.answer(chat, LIST, ANSWER_SECONDS) for chat in ("43", "44")]
        said = [SAVED in answer.text for answer in (refused, saved)]
        kept = [FOLLOWED in answer.text for answer in listed]
        return account(
            crowd.seen, chats, since=began,
            errors=(FOUND not in found.text) + (not said[1]),
            acknowledged_but_lost=sum(s and not k for s, k in zip(said, kept, strict=True)),
            wrongly_ready=int(statuses != (503, 200)), complaints=len(bot.complaints()),
        )  # fmt: skip


async def _asked_and_followed(crowd: Crowd, page: str) -> tuple[Answer, Answer, int]:
    """Return what a question and a subscription are told, and what the page says meanwhile."""
    found = await crowd.answer("42", QUESTION, ANSWER_SECONDS)
    refused = await crowd.answer("43", FOLLOW, ANSWER_SECONDS)
    return found, refused, await status_of(page)


def _lock(path: Path, seconds: float) -> None:
    with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        time.sleep(seconds)  # how long somebody else keeps the lock
        connection.execute("COMMIT")


def _fill(path: Path) -> None:
    """Write until the disk takes no more, to the last byte."""
    with path.open("wb", buffering=0) as stream:
        for size in (2**16, 2**10, 1):
            with suppress(OSError):
                while stream.write(b"x" * size):
                    pass


def _permit(folder: Path, mode: int) -> None:
    """Let the owner of a folder write into it and its files, or not."""
    folder.chmod(mode)
    for path in folder.iterdir():
        path.chmod(mode & 0o666)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)  # noqa: S607
