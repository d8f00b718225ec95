"""The index is swapped under questions and alerts, and what is published is damaged now and then."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from knowledge.index.build import build_index
from knowledge.index.layout import Pointer, point_to, read_pointer
from knowledge.index.manifest import MANIFEST_FILE, file_hash
from tests.faults import clock
from tests.faults.crowd import Crowd
from tests.faults.ledger import Ledger, account
from tests.faults.process import Bot, running
from tests.faults.scenarios.fan_out import LONGEST_RUN, SEED, SETTINGS
from tests.faults.stage import Stage, a_minute_ago

QUESTION = "5G基站有多少"
ANSWER_SECONDS = 30
ASKERS, ASK_SECONDS = 8, 0.2
OLD_INDEX = "索引"
"""A word of the notice that an answer comes from an older index."""

OTHER = {
    "id": "other1",
    "title": "基站建设再提速",
    "text": "截至9月底，全国5G基站达到777.5万个，半导体设备厂商随之扩产。",
    "section": "产业环境",
    "issue": "另一份月报 2026-10",
    "published": "2026-10-20",
}

Damage = Callable[[Path, Random], None]


async def swaps(stage: Stage, *, due: int, times: int, pace: int = 400, speed: int = 1) -> Ledger:
    """Publish one of two indexes after the other while people ask and alerts go out."""
    folder, versions = _two_versions(stage)
    chats = stage.subscribe(due, a_minute_ago())
    stage = replace(stage, index=folder)
    async with Crowd() as crowd:
        began = time.time()
        crowd.speed = speed
        paced = {"HANGXUN_TELEGRAM_PER_SECOND": str(pace)}
        settings = {**stage.settings, **crowd.settings, **SETTINGS, **paced, **_faster(speed)}
        async with running(settings) as bot:
            whole = {await _swapped(crowd, bot, folder, pointer) for pointer in versions}
            handles, numbers = _handles(bot), count(100)
            asking = [asyncio.create_task(_keep_asking(crowd, numbers)) for _ in range(ASKERS)]
            for number in range(times):
                await _publish(bot, folder, versions[number % 2])
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
            await crowd.until(lambda: len(crowd.seen.moments) >= len(chats), LONGEST_RUN)
            await stage.quiet(LONGEST_RUN)
            told = [answer.text for answers in crowd.seen.answers.values() for answer in answers]
            grown = _handles(bot) - handles
        alerts = {text.partition("\n")[2] for text in crowd.seen.texts}
        return account(
            crowd.seen, chats, since=began, swaps=times, answers=len(told),
            mixed=sum(text not in whole for text in told), mixed_alerts=max(0, len(alerts) - len(versions)),
            handles_grown=max(0, grown), complaints=len(bot.complaints()),
        )  # fmt: skip


async def damages(stage: Stage, *, cuts: int, flips: int, speed: int = 1) -> Ledger:
    """Publish versions that are cut short, altered or of another kind: the last good one still answers."""
    folder, (good, _other) = _two_versions(stage)
    point_to(folder, good)
    damaged = [*[_cut] * cuts, *[_flipped] * flips, _without_manifest, _of_another_schema]
    random = Random(SEED)
    async with Crowd() as crowd:
        stage = replace(stage, index=folder)
        crowd.speed = speed
        settings = {**stage.settings, **crowd.settings, **_faster(speed)}
        async with running(settings) as bot:
            right = _without_notice((await crowd.answer("42", QUESTION, ANSWER_SECONDS)).text)
            wrong = 0
            for number, damage in enumerate(damaged):
                pointer = _copy(folder, good, f"version-{900_000 + number}")
                damage(folder / pointer.version, random)
                if damage is _of_another_schema:
                    pointer = replace(
                        pointer, manifest_sha256=file_hash(folder / pointer.version / MANIFEST_FILE)
                    )
                refusals = _count(bot, "index refused")
                point_to(folder, pointer)
                await bot.until(lambda: _count(bot, "index refused") > refusals, LONGEST_RUN, "a refusal")  # noqa: B023
                answer = await crowd.answer(str(100 + number), QUESTION, ANSWER_SECONDS)
                wrong += _without_notice(answer.text) != right
                shutil.rmtree(folder / pointer.version, ignore_errors=True)
            crashes = int(bot.has_ended)
        return account(
            crowd.seen, [], since=time.time(), published=len(damaged), wrong=wrong, crashes=crashes,
            complaints=len(bot.complaints()),
        )  # fmt: skip


async def _swapped(crowd: Crowd, bot: Bot, folder: Path, pointer: Pointer) -> str:
    """Publish a version, wait until it is in use, and return its answer."""
    if read_pointer(folder) != pointer:
        await _publish(bot, folder, pointer)
    return (await crowd.answer("42", QUESTION, ANSWER_SECONDS)).text


async def _publish(bot: Bot, folder: Path, pointer: Pointer) -> None:
    """Let another version be the one in use, and wait until it is."""
    before = _swap_count(bot)
    point_to(folder, pointer)
    await bot.until(lambda: _swap_count(bot) > before, LONGEST_RUN, "a swap")


async def _keep_asking(crowd: Crowd, numbers: Iterator[int]) -> None:
    while True:
        await crowd.answer(str(next(numbers)), QUESTION, ANSWER_SECONDS)
        await asyncio.sleep(ASK_SECONDS)  # the pace of the asker


def _faster(speed: int) -> dict[str, str]:
    return clock.faster(speed) if speed > 1 else {}


def _two_versions(stage: Stage) -> tuple[Path, tuple[Pointer, Pointer]]:
    """Return an index folder that holds two versions, and points to the first."""
    folder, other = stage.folder / "index", stage.folder / "other"
    shutil.copytree(stage.index, folder)
    source = stage.folder / "other.jsonl"
    source.write_text(json.dumps(OTHER, ensure_ascii=False) + "\n", encoding="utf-8")
    build_index([source], other)
    first, second = read_pointer(folder), read_pointer(other)
    name = "version-800000"
    shutil.copytree(other / second.version, folder / name)
    return folder, (first, replace(second, version=name))


def _copy(folder: Path, good: Pointer, name: str) -> Pointer:
    shutil.copytree(folder / good.version, folder / name)
    return replace(good, version=name)


def _some_file(version: Path, random: Random) -> Path:
    return random.choice(
        sorted(path for path in version.rglob("*") if path.is_file() and path.stat().st_size)
    )


def _cut(version: Path, random: Random) -> None:
    path = _some_file(version, random)
    os.truncate(path, random.randrange(path.stat().st_size))


def _flipped(version: Path, random: Random) -> None:
    path = _some_file(version, random)
    content = bytearray(path.read_bytes())
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(content)


def _without_manifest(version: Path, _random: Random) -> None:
    (version / MANIFEST_FILE).unlink()


def _of_another_schema(version: Path, _random: Random) -> None:
    """Change the schema as another version of the product would: its hash in the pointer agrees."""
    path = version / MANIFEST_FILE
    path.write_text(
        json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"schema": 99}), encoding="utf-8"
    )


def _without_notice(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if OLD_INDEX not in line).strip()


def _count(bot: Bot, words: str) -> int:
    return sum(words in line for line in bot.lines)


def _swap_count(bot: Bot) -> int:
    return _count(bot, "index swapped")


def _handles(bot: Bot) -> int:
    return len(list(Path(f"/proc/{bot.pid}/fd").iterdir()))
