"""SQLite is locked by somebody else, its disk is full, or may only be read."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger, account
from tests.faults.process import running
from tests.faults.scenarios.fan_out import LONGEST_RUN, SETTINGS, WINDOW
from tests.faults.scenarios.replicas import ANSWER_SECONDS, QUESTION
from tests.faults.stage import Stage, a_minute_ago

DISK = "4m"
FOLLOW, LIST = "订阅 5G", "我的订阅"
SAVED, FOUND, FOLLOWED = "已订阅", "万个", "5G"
_BOUND_BY_PERMISSIONS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
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


async def disk_full(stage: Stage, *, due: int) -> Ledger:
    """Fill the disk of the database, and free it again."""
    with _small_disk(stage.folder / "disk") as disk:
        filler = disk / "filler"
        return await _without_room(
            replace(stage, url=f"sqlite:///{disk}/state.sqlite"),
            due,
            lambda: _fill(filler),
            filler.unlink,
        )


async def read_only(stage: Stage, *, due: int) -> Ledger:
    """Take the right to write away from the folder of the database, and give it back."""
    folder = stage.folder / "disk"
    folder.mkdir()
    return await _without_room(
        replace(stage, url=f"sqlite:///{folder}/state.sqlite"),
        due,
        lambda: folder.chmod(0o555),
        lambda: folder.chmod(0o755),
        prefix=_BOUND_BY_PERMISSIONS if os.geteuid() == 0 else (),
    )


async def _without_room(
    stage: Stage, due: int, take: Callable[[], object], give: Callable[[], object], prefix: Sequence[str] = ()
) -> Ledger:
    """Let nothing be written for a while in a fan-out; what was said to be saved must be."""
    chats = stage.subscribe(due, a_minute_ago())
    async with Crowd() as crowd:
        began = time.time()
        async with running({**stage.settings, **crowd.settings, **SETTINGS}, prefix=prefix) as bot:
            await crowd.until(lambda: len(crowd.seen.moments) >= due // 4, LONGEST_RUN)
            take()
            try:
                found = await crowd.answer("42", QUESTION, ANSWER_SECONDS)
                refused = await crowd.answer("43", FOLLOW, ANSWER_SECONDS)
            finally:
                give()
            saved = await crowd.answer("44", FOLLOW, ANSWER_SECONDS)
            await crowd.until(lambda: len(crowd.seen.moments) >= due, LONGEST_RUN)
            await stage.quiet(LONGEST_RUN)
            listed = [await crowd.answer(chat, LIST, ANSWER_SECONDS) for chat in ("43", "44")]
        said = [SAVED in answer.text for answer in (refused, saved)]
        kept = [FOLLOWED in answer.text for answer in listed]
        return account(
            crowd.seen, chats, since=began, kills=1, window=WINDOW,
            errors=(FOUND not in found.text) + (not said[1]),
            acknowledged_but_lost=sum(s and not k for s, k in zip(said, kept, strict=True)),
            complaints=len(bot.complaints()),
        )  # fmt: skip


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
