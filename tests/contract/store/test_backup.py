"""A backup of every kind of database restores into every other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.errors import ConfigError
from bot.store import Store, open_store
from bot.store.backup import backup, is_empty, restore
from bot.store.schema import metadata
from handlers.errors import StoreError
from handlers.ports import Settings, Subscription
from handlers.request import Conversation
from handlers.schedule import daily
from tests.contract.databases import DATABASES

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ALICE = Conversation("telegram", "1001")
BOB = Conversation("telegram", "1002")
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", NOW)


def fill(store: Store) -> None:
    store.chats.subscribe(ALICE, Subscription("半导体", NOW), SETTINGS)
    store.inbound.accept("telegram", "7", "原文", NOW)
    store.leases.take("poller", "me", NOW, timedelta(days=1))
    store.actions.shorten("search 半导体")


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.database.read() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


@contextmanager
def another(kind: str, folder: Path) -> Iterator[Store]:
    folder.mkdir()
    with DATABASES[kind](folder) as url:
        store = open_store(url)
        yield store
        store.close()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url)
    fill(store)
    yield store
    store.close()


@pytest.mark.parametrize("kind", DATABASES)
def test_everything_comes_back_into_every_kind_of_database(store: Store, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "all.backup"
    counts = backup(store, file)
    assert counts["chat"] == 1
    with another(kind, tmp_path / "other") as other:
        assert is_empty(other)
        assert restore(file, other) == counts
        assert content(other) == content(store)
        other.chats.subscribe(BOB, Subscription("5G", NOW), SETTINGS)
        assert other.chats.subscriptions(BOB)[0].topic == "5G"


def test_a_restore_replaces_what_was_there(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "all.backup"
    backup(store, file)
    before = content(store)
    store.chats.forget(ALICE)
    store.chats.subscribe(BOB, Subscription("5G", NOW), SETTINGS)
    restore(file, store)
    assert content(store) == before


def test_nothing_is_lost_where_a_restore_breaks_off(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "all.backup"
    backup(store, file)
    store.chats.subscribe(BOB, Subscription("5G", NOW), SETTINGS)
    before = content(store)

    def break_off(_writer: object) -> None:
        raise StoreError("disk full")

    monkeypatch.setattr("bot.store.backup._go_on_counting", break_off)
    with pytest.raises(StoreError, match="disk full"):
        restore(file, store)
    assert content(store) == before


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"SQLite format 3\x00 and nothing more"])
def test_a_file_that_is_no_backup_changes_nothing(store: Store, tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "other.backup"
    file.write_bytes(damage)
    before = content(store)
    with pytest.raises((ConfigError, StoreError)):
        restore(file, store)
    assert content(store) == before


def test_a_database_of_something_else_is_no_backup(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "photos.sqlite"
    with closing(sqlite3.connect(file)) as photos:
        photos.execute("CREATE TABLE photo (name TEXT)")
    before = content(store)
    with pytest.raises(ConfigError, match=r"photos\.sqlite is no backup"):
        restore(file, store)
    assert content(store) == before


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_else(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    file = folder / "all.backup"
    file.write_text("old")
    backup(store, file)
    assert list(folder.iterdir()) == [file]
    assert file.stat().st_mode & 0o077 == 0
