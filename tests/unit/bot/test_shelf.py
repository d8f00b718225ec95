from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.shelf import Shelf
from knowledge.errors import IndexUnusableError
from knowledge.model import Counts


@dataclass
class Library:
    """Knows its version and whether it is closed."""

    version: int
    closed: bool = False
    counts: Counts = field(default_factory=lambda: Counts(1, 1, 1))

    def close(self) -> None:
        self.closed = True


class Index:
    """An index folder whose versions a test publishes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = 0
        self.bad = False
        self.opened: list[Library] = []
        self.publish()

    def publish(self, *, bad: bool = False) -> None:
        self.version += 1
        self.bad = bad

    def signature(self, _path: Path) -> str:
        return str(self.version)

    def open(self, path: Path) -> Library:
        if self.bad:
            raise IndexUnusableError(f"{path} is damaged", "hangxun build SOURCE")
        self.opened.append(Library(self.version))
        return self.opened[-1]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    index = Index(tmp_path)
    monkeypatch.setattr("bot.shelf.index_signature", index.signature)
    return index


@pytest.fixture
def shelf(index: Index) -> Shelf:
    return Shelf(index.folder, index.open)


def test_a_query_keeps_its_library_while_a_newer_one_is_put_in_place(index: Index, shelf: Shelf) -> None:
    with shelf.borrow() as held:
        index.publish()
        assert shelf.refresh()
        with shelf.borrow() as fresh:
            assert (held.version, fresh.version) == (1, 2)
        assert not held.closed
    assert held.closed
    assert not fresh.closed


def test_an_old_library_that_nobody_reads_is_closed_at_once(index: Index, shelf: Shelf) -> None:
    index.publish()
    shelf.refresh()
    assert [library.closed for library in index.opened] == [True, False]


def test_without_a_new_index_nothing_is_opened(index: Index, shelf: Shelf) -> None:
    assert not shelf.refresh()
    assert len(index.opened) == 1


def test_a_bad_index_changes_nothing_but_is_reported_until_a_good_one_comes(
    index: Index, shelf: Shelf
) -> None:
    index.publish(bad=True)
    assert not shelf.refresh()
    assert "hangxun build" in (shelf.trouble or "")
    with shelf.borrow() as library:
        assert library.version == 1
    index.publish()
    assert shelf.refresh()
    assert shelf.trouble is None


def test_without_any_good_index_the_shelf_refuses(index: Index) -> None:
    index.publish(bad=True)
    with pytest.raises(IndexUnusableError):
        Shelf(index.folder, index.open)


def test_swaps_under_readers_leave_every_answer_whole_and_close_every_old_library(
    index: Index, shelf: Shelf
) -> None:
    done = threading.Event()
    torn: list[int] = []

    def read() -> None:
        while not done.is_set():
            with shelf.borrow() as library:
                if library.closed:
                    torn.append(library.version)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for _ in range(200):
        index.publish()
        shelf.refresh()
    done.set()
    for reader in readers:
        reader.join()
    assert torn == []
    assert [library.closed for library in index.opened] == [True] * 200 + [False]
    shelf.close()
    assert index.opened[-1].closed
