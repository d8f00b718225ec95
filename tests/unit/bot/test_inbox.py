"""Events are stored before they are confirmed and answered once, whatever the database does."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.inbox import Inbox
from bot.store import Store, open_store
from handlers.errors import StoreError

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class BrokenTable:
    def __init__(self) -> None:
        self.is_broken = True
        self.accepted: list[str] = []

    def accept(self, platform: str, event_key: str, body: str, now: datetime) -> bool:
        self._answer()
        self.accepted.append(event_key)
        return True

    def done(self, platform: str, event_key: str, now: datetime) -> None:
        self._answer()

    def take_over(self, platform: str, now: datetime, idle: timedelta):
        self._answer()
        return ()

    def _answer(self) -> None:
        if self.is_broken:
            raise StoreError("disk I/O error")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path}/state.sqlite")
    yield opened
    opened.close()


async def test_an_event_delivered_four_times_to_two_processes_is_taken_once(
    store: Store, clock: Clock
) -> None:
    replicas = [Inbox(store.inbound, now=clock.now) for _ in range(2)]
    taken = [await replicas[number % 2].accept("slack", "Ev1", "{}") for number in range(4)]
    assert taken.count(True) == 1


async def test_the_same_id_on_another_platform_is_another_event(store: Store, clock: Clock) -> None:
    inbox = Inbox(store.inbound, now=clock.now)
    assert await inbox.accept("slack", "1", "{}")
    assert await inbox.accept("telegram", "1", "{}")


async def test_what_a_dead_process_left_is_taken_over_by_one_only_once_its_time_is_up(
    store: Store, clock: Clock
) -> None:
    dead, *alive = (Inbox(store.inbound, now=clock.now) for _ in range(3))
    await dead.accept("telegram", "7", "subscribe")
    clock.at += timedelta(seconds=30)
    assert [await one.left_over("telegram") for one in alive] == [(), ()]
    clock.at += timedelta(seconds=31)
    found = [event.body for one in alive for event in await one.left_over("telegram")]
    assert found == ["subscribe"]


async def test_a_process_that_is_alone_takes_up_at_its_start_what_it_had_not_finished(
    store: Store, clock: Clock
) -> None:
    before = Inbox(store.inbound, alone=True, now=clock.now)
    await before.accept("telegram", "7", "subscribe")
    await before.accept("telegram", "8", "search")
    await before.done("telegram", "8")
    after = Inbox(store.inbound, alone=True, now=clock.now)
    assert [event.key for event in await after.left_over("telegram", at_start=True)] == ["7"]
    assert not await after.accept("telegram", "7", "subscribe")


async def test_nobody_takes_over_what_is_still_being_answered_here(store: Store, clock: Clock) -> None:
    inbox = Inbox(store.inbound, now=clock.now)
    await inbox.accept("telegram", "7", "slow")
    clock.at += timedelta(minutes=2)
    assert await inbox.left_over("telegram") == ()


async def test_an_event_older_than_an_hour_is_not_answered_any_more(store: Store, clock: Clock) -> None:
    await Inbox(store.inbound, now=clock.now).accept("telegram", "7", "subscribe")
    clock.at += timedelta(minutes=61)
    assert await Inbox(store.inbound, now=clock.now).left_over("telegram", at_start=True) == ()


async def test_without_a_database_memory_knows_repeats_and_the_log_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    table = BrokenTable()
    inbox = Inbox(table)
    assert [await inbox.accept("slack", key, "{}") for key in ("Ev1", "Ev1", "Ev2")] == [True, False, True]
    await inbox.done("slack", "Ev1")
    assert caplog.text.count("events not stored") == 1
    table.is_broken = False
    assert await inbox.accept("slack", "Ev3", "{}")
    assert table.accepted == ["Ev3"]
    assert "events are stored again" in caplog.text


async def test_what_an_event_said_is_forgotten_when_it_is_answered(
    store: Store, clock: Clock, tmp_path: Path
) -> None:
    inbox = Inbox(store.inbound, now=clock.now)
    await inbox.accept("slack", "Ev1", "a private question")
    assert b"a private question" in (tmp_path / "state.sqlite").read_bytes()
    await inbox.done("slack", "Ev1")
    assert b"a private question" not in (tmp_path / "state.sqlite").read_bytes()
