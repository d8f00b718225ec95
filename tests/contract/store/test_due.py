"""Who is due, and what planning is told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import update

from bot.store import Store
from bot.store.rows import Settlement, State
from bot.store.schema import chat
from handlers.request import Conversation
from handlers.schedule import Edition, Schedule, daily
from tests.contract.store.cast import (
    ALICE,
    BOB,
    CHIPS,
    LOOK_BACK,
    NOW,
    SETTINGS,
    TODAY,
    claim_one,
    follow,
    plan,
    queue,
    settle,
)
from tests.fakes.planned import candidates


def test_a_chat_is_a_candidate_with_all_that_planning_needs(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    assert candidate.state.conversation == ALICE
    assert candidate.state.settings == SETTINGS
    assert candidate.state.subscriptions == (CHIPS,)
    assert candidate.state.alerted == frozenset()


@pytest.mark.parametrize("reason", ["paused", "follows nothing", "gone"])
def test_a_chat_that_wants_nothing_is_no_candidate(store: Store, reason: str) -> None:
    queue(store, ALICE)
    if reason == "paused":
        store.chats.save_settings(ALICE, replace(SETTINGS, paused=True))
    elif reason == "follows nothing":
        store.chats.unsubscribe(ALICE, "半导体")
    else:
        gone = Settlement(State.DEAD, 1, 0, error="blocked", gone=True)
        settle(store, claim_one(store), gone, NOW)
    assert candidates(store, NOW + timedelta(days=1)) == []


def test_a_chat_that_was_gone_comes_back_by_subscribing(store: Store) -> None:
    queue(store, ALICE)
    settle(store, claim_one(store), Settlement(State.DEAD, 1, 0, error="blocked", gone=True), NOW)
    again = NOW + timedelta(days=1, hours=3)
    store.chats.subscribe(ALICE, replace(CHIPS, topic="5G", created_at=again), SETTINGS)
    assert candidates(store, again) == []
    assert len(candidates(store, NOW + timedelta(days=2))) == 1


def test_an_edition_is_seen_once_and_due_for_who_wants_news_at_once(store: Store) -> None:
    follow(store, ALICE, BOB)
    store.chats.save_settings(BOB, replace(SETTINGS, schedule=Schedule()))
    assert store.plans.edition("abc", NOW) == Edition("abc", NOW)
    assert store.plans.see("abc", NOW) == Edition("abc", NOW)
    later = NOW + timedelta(hours=3)
    edition = store.plans.see("abc", later)
    assert edition == Edition("abc", NOW)
    batches = [
        {place for alike in batch for place in store.plans.places(alike.chats)}
        for batch in store.plans.due(later, LOOK_BACK, edition)
    ]
    assert {BOB} in batches
    assert list(store.plans.due(NOW + LOOK_BACK, LOOK_BACK, edition)) == []


def test_a_schedule_that_nobody_can_read_costs_only_its_own_chats(store: Store) -> None:
    follow(store, ALICE, BOB)
    with store.database.write() as connection:
        broken = update(chat).where(chat.c.chat_ref == ALICE.chat)
        connection.execute(broken.values(schedule="whenever"))
    assert [each.state.conversation for each in candidates(store, NOW)] == [BOB]


def test_planned_dates_of_long_ago_are_not_read(store: Store) -> None:
    queue(store, ALICE)
    (later,) = candidates(store, NOW + timedelta(days=10))
    assert later.state.planned == frozenset()
    assert later.state.alerted == {"a1"}


def test_the_hour_before_the_alert_still_belongs_to_yesterday(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    yesterday = replace(plan(candidate, "a1"), local_date=TODAY - timedelta(days=1))
    store.plans.record([yesterday], NOW)
    assert candidates(store, NOW - timedelta(minutes=1)) == []
    assert len(candidates(store, NOW)) == 1


@pytest.mark.parametrize(
    ("active_since", "due"), [(NOW - timedelta(seconds=1), 1), (NOW, 1), (NOW + timedelta(seconds=1), 0)]
)
def test_alerts_switched_on_after_the_time_begin_the_day_after(
    store: Store, active_since: datetime, due: int
) -> None:
    store.chats.subscribe(ALICE, CHIPS, replace(SETTINGS, active_since=active_since))
    assert len(candidates(store, NOW + timedelta(minutes=1))) == due
    assert len(candidates(store, NOW + timedelta(days=1))) == 1


def test_an_alert_missed_for_too_long_waits_for_the_next_day(store: Store) -> None:
    follow(store, ALICE)
    assert len(candidates(store, NOW + LOOK_BACK - timedelta(seconds=1))) == 1
    assert candidates(store, NOW + LOOK_BACK) == []


def test_many_chats_come_in_batches_and_each_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.plans.BATCH", 3)
    everyone = [Conversation("telegram", str(number)) for number in range(8)]
    follow(store, *everyone)
    store.chats.save_settings(everyone[0], replace(SETTINGS, schedule=daily(time(8))))
    batches = [
        [place for alike in batch for place in store.plans.places(alike.chats)]
        for batch in store.plans.due(NOW, LOOK_BACK)
    ]
    assert sorted(map(len, batches)) == [1, 1, 3, 3]
    assert {place for batch in batches for place in batch} == set(everyone)


def test_a_zone_that_does_not_exist_costs_only_its_own_chats(store: Store) -> None:
    follow(store, ALICE, BOB)
    store.chats.save_settings(ALICE, replace(SETTINGS, timezone="Atlantis/Capital"))
    assert [each.state.conversation for each in candidates(store, NOW)] == [BOB]
