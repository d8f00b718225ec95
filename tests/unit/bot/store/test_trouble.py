"""SQLite in trouble: every call fails whole and says so, and start-up says what to do."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import ConfigError
from bot.store import Store, open_store
from bot.store.database import connect
from handlers.errors import StoreError
from handlers.ports import Settings, Subscription
from handlers.request import Conversation
from handlers.schedule import daily

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ALICE = Conversation("telegram", "1001")
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", NOW)
CHIPS = Subscription("半导体", NOW)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "hangxun.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{file}?timeout=0.05")
    store.chats.subscribe(ALICE, CHIPS, SETTINGS)
    yield store
    store.close()


def test_a_commit_outlives_a_power_cut(store: Store) -> None:
    with store.database.read() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 1}


def test_another_program_holding_the_lock_is_waited_for_and_then_reported(store: Store, file: Path) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        store.chats.unsubscribe(ALICE, "半导体")
    with pytest.raises(StoreError, match="locked"):
        store.chats.subscriptions(ALICE)
    other.close()
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_without_a_word_in_the_address_a_lock_is_waited_for_longer_than_a_backup_takes(file: Path) -> None:
    patient, hasty = connect(f"sqlite:///{file}"), connect(f"sqlite:///{file}?timeout=0.05")
    milliseconds = []
    for database in (patient, hasty):
        with database.read() as connection:
            milliseconds.append(connection.execute(text("PRAGMA busy_timeout")).scalar_one())
        database.engine.dispose()
    assert milliseconds == [5000, 50]


def test_a_writer_waits_its_turn_and_not_for_ever(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.database.BUSY_TIMEOUT_SECONDS", 0.01)
    with store.database.turn():
        with pytest.raises(StoreError, match="busy"):
            store.chats.unsubscribe(ALICE, "半导体")
        assert store.chats.subscriptions(ALICE) == (CHIPS,)
    assert store.chats.unsubscribe(ALICE, "半导体")


def fill_the_disk(store: Store) -> None:
    """Let the file grow no further, on the one connection that the pool then hands out again."""
    with store.database.read() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count={pages}"))


def make_room(store: Store) -> None:
    with store.database.read() as connection:
        connection.execute(text("PRAGMA max_page_count=1000000"))


def test_a_full_disk_saves_nothing_of_the_call_and_loses_nothing_before_it(store: Store) -> None:
    fill_the_disk(store)
    with pytest.raises(StoreError, match="full"):
        store.chats.subscribe(ALICE, replace(CHIPS, topic="5G" * 50_000), SETTINGS)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_buttons_keep_working_in_an_answer_when_the_disk_is_full(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    fill_the_disk(store)
    action = "/search " + "x" * 100_000
    with caplog.at_level(logging.WARNING):
        token = store.actions.shorten(action)
    assert len(token) == 17
    assert store.actions.expand(token) is None
    assert "action not kept" in caplog.text
    assert "xxx" not in caplog.text


def test_an_action_that_was_not_kept_is_kept_as_soon_as_there_is_room(store: Store) -> None:
    action = "/search " + "x" * 100_000
    fill_the_disk(store)
    token = store.actions.shorten(action)
    make_room(store)
    assert store.actions.shorten(action) == token
    assert store.actions.expand(token) == action


def test_an_error_shows_neither_statement_nor_values(store: Store) -> None:
    fill_the_disk(store)
    with pytest.raises(StoreError) as caught:
        store.chats.subscribe(ALICE, replace(CHIPS, topic="secret" * 50_000), SETTINGS)
    assert "INSERT" not in str(caught.value)
    assert "secret" not in str(caught.value.__cause__)


def test_a_database_that_can_only_be_read_is_read(
    store: Store, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store.chats.subscribe(ALICE, CHIPS, SETTINGS)
    readable = open_store(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert "database takes nothing" in caplog.text
    assert readable.chats.subscriptions(ALICE) == (CHIPS,)
    with pytest.raises(StoreError, match="readonly"):
        readable.chats.forget(ALICE)
    readable.close()


def test_a_file_that_may_be_written_again_is_written(store: Store) -> None:
    with store.database.engine.connect() as opened_without_the_right_to_write:
        opened_without_the_right_to_write.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StoreError, match="readonly"):
        store.chats.subscribe(ALICE, CHIPS, SETTINGS)
    store.chats.subscribe(ALICE, CHIPS, SETTINGS)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_a_file_that_is_no_database_is_refused_and_left_alone(file: Path) -> None:
    file.write_text("not a database, but somebody's notes\n" * 100)
    before = file.read_bytes()
    with pytest.raises(ConfigError, match=r"HANGXUN_DATABASE_URL.*not a database"):
        open_store(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("a file")
    with pytest.raises(ConfigError, match=r"HANGXUN_DATABASE_URL: cannot make the folder"):
        open_store(f"sqlite:///{tmp_path}/notes/data/hangxun.sqlite")


def test_a_path_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"HANGXUN_DATABASE_URL.*unable to open"):
        open_store(f"sqlite:///{tmp_path}")


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/var/data/hangxun.sqlite").close()
    assert (tmp_path / "var/data/hangxun.sqlite").exists()


@pytest.mark.parametrize(
    "url", ["", "sqlite://", "sqlite:///:memory:", "nonsense", "oracle9://x", "sqlite:/"]
)
def test_an_address_that_names_no_database_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ConfigError, match=r"HANGXUN_DATABASE_URL.*sqlite:///"):
        connect(url)


def test_a_server_that_does_not_answer_is_told_as_one() -> None:
    with pytest.raises(ConfigError, match=r"HANGXUN_DATABASE_URL.*refused.*start the server"):
        open_store("postgresql+psycopg://hangxun:secret@127.0.0.1:1/hangxun")
