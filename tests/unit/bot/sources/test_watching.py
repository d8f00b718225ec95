"""The watching job: it builds when something new has come to rest, and only then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.sources.polling import Look
from bot.sources.source import Kind, WatchedSource
from bot.sources.spool import Item, Spool
from bot.sources.watching import Watcher, build_in_child
from handlers.errors import StoreError
from knowledge.index import open_library
from tests.fakes.outbox import NOW, HandClock


@dataclass
class Table:
    """Sources in memory."""

    sources: list[WatchedSource]
    fails: bool = False

    def all(self) -> tuple[WatchedSource, ...]:
        if self.fails:
            raise StoreError("the database is locked")
        return tuple(self.sources)

    def save(self, source: WatchedSource) -> None:
        self.sources = [source if each.number == source.number else each for each in self.sources]


@dataclass
class Looks:
    """Remembers what was looked at, and when it is due again."""

    looked: list[int] = field(default_factory=list)

    async def look(self, source: WatchedSource, now: datetime) -> Look:
        self.looked.append(source.number)
        return Look(replace(source, checked_at=now, due_at=now + timedelta(minutes=15)))


@dataclass
class Builds:
    """Counts builds; `works` says whether they succeed."""

    works: bool = True
    folders: list[list[Path]] = field(default_factory=list)

    async def build(self, folders: Sequence[Path]) -> bool:
        self.folders.append(list(folders))
        return self.works


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / "a.txt").write_text("一篇文章", "utf-8")
    return folder


def _watcher(folder: Path, builds: Builds, clock: HandClock) -> tuple[Watcher, Table, Looks]:
    table = Table([WatchedSource(1, Kind.FOLDER, str(folder), "", NOW)])
    looks = Looks()
    return Watcher(table, looks, Spool(folder.parent / "spool"), builds.build, lambda: clock.at), table, looks


async def test_it_builds_once_when_the_files_have_come_to_rest(digests: Path) -> None:
    builds = Builds()
    watcher, *_ = _watcher(digests, builds, HandClock())
    await watcher.look()
    assert builds.folders == []
    for _ in range(4):
        await watcher.look()
    assert builds.folders == [[digests]]


async def test_a_file_that_still_grows_is_left_to_end(digests: Path) -> None:
    builds = Builds()
    watcher, *_ = _watcher(digests, builds, HandClock())
    for size in range(1, 5):
        (digests / "b.pdf").write_bytes(bytes(size))
        await watcher.look()
    assert builds.folders == []
    await watcher.look()
    assert len(builds.folders) == 1


async def test_a_new_a_changed_and_a_removed_file_are_each_built(digests: Path) -> None:
    builds = Builds()
    watcher, *_ = _watcher(digests, builds, HandClock())

    async def settle() -> int:
        await watcher.look()
        await watcher.look()
        return len(builds.folders)

    assert await settle() == 1
    (digests / "b.txt").write_text("新的", "utf-8")
    assert await settle() == 2
    (digests / "b.txt").write_text("更新的", "utf-8")
    assert await settle() == 3
    (digests / "b.txt").unlink()
    assert await settle() == 4
    assert await settle() == 4


async def test_hidden_folders_and_an_empty_library_build_nothing(tmp_path: Path) -> None:
    builds = Builds()
    (tmp_path / "digests" / ".git").mkdir(parents=True)
    (tmp_path / "digests" / ".git" / "x.txt").write_text("x", "utf-8")
    watcher, *_ = _watcher(tmp_path / "digests", builds, HandClock())
    for _ in range(3):
        await watcher.look()
    assert builds.folders == []


async def test_a_failed_build_is_tried_again_after_a_rest(digests: Path) -> None:
    builds, clock = Builds(works=False), HandClock()
    watcher, *_ = _watcher(digests, builds, clock)
    for _ in range(5):
        await watcher.look()
    assert len(builds.folders) == 1
    clock.turn(minutes=6)
    await watcher.look()
    assert len(builds.folders) == 2


async def test_a_source_is_looked_at_when_it_is_due_and_the_outcome_is_kept(digests: Path) -> None:
    clock = HandClock()
    watcher, table, looks = _watcher(digests, Builds(), clock)
    await watcher.look()
    await watcher.look()
    assert looks.looked == [1]
    clock.turn(minutes=16)
    await watcher.look()
    assert looks.looked == [1, 1]
    assert table.sources[0].checked_at == clock.at


async def test_a_database_that_fails_stops_nothing_for_good(
    digests: Path, caplog: pytest.LogCaptureFixture
) -> None:
    builds = Builds()
    watcher, table, _ = _watcher(digests, builds, HandClock())
    table.fails = True
    await watcher.look()
    assert "the database is locked" in caplog.text
    table.fails = False
    await watcher.look()
    await watcher.look()
    assert len(builds.folders) == 1


async def test_what_a_source_brought_goes_when_the_source_was_removed(digests: Path) -> None:
    builds = Builds()
    watcher, *_ = _watcher(digests, builds, HandClock())
    spool = Spool(digests.parent / "spool")
    for number in (1, 2):
        spool.merge(number, "快讯", [Item("a", "甲", "一篇")], NOW.date())
    assert await watcher.catch_up()
    assert [folder.name for folder in spool.folder.iterdir()] == ["source-1"]
    assert builds.folders == [[digests, spool.folder]]


async def test_catching_up_builds_at_once_and_tells_whether_it_worked(digests: Path) -> None:
    watcher, *_ = _watcher(digests, Builds(works=False), HandClock())
    assert not await watcher.catch_up()
    empty, *_ = _watcher(digests.parent / "nothing", Builds(works=False), HandClock())
    assert await empty.catch_up()


async def test_a_build_is_a_process_of_its_own_that_publishes_the_index(
    tmp_path: Path, digests: Path
) -> None:
    (digests / "a.txt").write_text("海州港吞吐量增长\n\n海州港三季度吞吐量8640万吨。", "utf-8")
    assert await build_in_child(tmp_path / "index", [digests])
    library = open_library(tmp_path / "index")
    assert [hit.article.title for hit in library.answer("海州港").hits] == ["海州港吞吐量增长"]
    library.close()


async def test_a_build_that_cannot_write_says_so_and_is_a_failure(
    tmp_path: Path, digests: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index").write_text("a file in the way", "utf-8")
    assert not await build_in_child(tmp_path / "index", [digests])
    assert "index not built" in caplog.text
