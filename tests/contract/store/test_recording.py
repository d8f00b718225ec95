"""Plans are kept once, and what was planned is known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from bot.store import Store, open_store
from bot.store.database import given_time
from bot.store.rows import Message, Settlement, State
from bot.store.schema import message
from handlers.request import Conversation
from handlers.schedule import daily
from tests.contract.store.cast import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    SETTINGS,
    TODAY,
    claim_one,
    everything,
    follow,
    plan,
    queue,
    settle,
)
from tests.fakes.planned import candidates


def test_a_planned_date_is_planned_and_what_was_sent_is_remembered(store: Store) -> None:
    queue(store, ALICE)
    assert candidates(store, NOW) == []
    twice = replace(SETTINGS, schedule=daily(time(9), time(18, 30)))
    store.chats.save_settings(ALICE, twice)
    (evening,) = candidates(store, NOW + timedelta(hours=9, minutes=30))
    assert evening.state.planned == {(TODAY, "daily")}
    assert evening.state.alerted == {"a1"}


def test_the_figures_of_a_message_count_as_told(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    message = Message(("半导体",), (), '{"blocks":[]}', NOW + timedelta(hours=12), ("aa", "bb"))
    assert store.plans.record([replace(plan(candidate), message=message)], NOW) == 1
    (tomorrow,) = candidates(store, NOW + timedelta(days=1))
    assert tomorrow.state.told == {"aa", "bb"}
    assert tomorrow.state.alerted == frozenset()


def test_the_dates_that_are_planned_can_be_asked_for(store: Store) -> None:
    assert store.chats.planned(ALICE) == frozenset()
    queue(store, ALICE)
    follow(store, BOB)
    assert store.chats.planned(ALICE) == {(TODAY, "daily")}
    assert store.chats.planned(BOB) == frozenset()


def test_each_time_of_a_day_is_planned_for_itself(store: Store) -> None:
    follow(store, ALICE)
    store.chats.save_settings(ALICE, replace(SETTINGS, schedule=daily(time(9), time(18, 30))))
    (morning,) = candidates(store, NOW)
    store.plans.record([plan(morning, "a1")], NOW)
    assert candidates(store, NOW + timedelta(hours=9)) == []
    evening = NOW + timedelta(hours=9, minutes=30)
    (candidate,) = candidates(store, evening)
    store.plans.record([replace(plan(candidate, "a2"), slot="daily-2")], evening)
    assert candidates(store, evening) == []
    assert store.chats.planned(ALICE) == {(TODAY, "daily"), (TODAY, "daily-2")}


@pytest.mark.parametrize(
    ("state", "is_known"), [(State.SENT, True), (State.DEAD, False), (State.EXPIRED, False)]
)
def test_what_never_arrived_counts_as_new_again(store: Store, state: State, is_known: bool) -> None:
    queue(store, ALICE)
    if state is State.EXPIRED:
        store.deliveries.sweep(NOW + timedelta(hours=13))
    else:
        settle(store, claim_one(store), Settlement(state, 1, 0), NOW)
    tomorrow = NOW + timedelta(days=1)
    (candidate,) = candidates(store, tomorrow)
    assert candidate.state.alerted == (frozenset({"a1"}) if is_known else frozenset())
    again = replace(plan(candidate, "a1"), local_date=TODAY + timedelta(days=1))
    store.plans.record([again], tomorrow)
    (day_after,) = candidates(store, tomorrow + timedelta(days=1))
    assert day_after.state.alerted == {"a1"}


def test_recording_the_same_plan_twice_adds_nothing(store: Store) -> None:
    follow(store, ALICE)
    plans = [plan(each, "a1") for each in candidates(store, NOW)]
    assert store.plans.record(plans, NOW) == 1
    before = everything(store)
    assert store.plans.record(plans, NOW + timedelta(seconds=20)) == 0
    assert everything(store) == before


def test_a_slot_is_taken_once_whatever_the_index_says_later(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    store.plans.record([replace(plan(candidate), message=None)], NOW)
    assert store.plans.record([plan(candidate, "a2")], NOW) == 0


def test_a_message_that_many_get_is_kept_once_and_as_long_as_one_chat_has_it(store: Store) -> None:
    queue(store, ALICE, BOB)
    with store.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(message)) == 1
    store.chats.forget(ALICE)
    assert claim_one(store).payload == '{"blocks":[]}'
    store.chats.forget(BOB)
    with store.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(message)) == 0


def test_a_chat_forgotten_while_it_was_planned_costs_only_itself(store: Store) -> None:
    follow(store, ALICE, BOB)
    plans = [plan(each, "a1") for each in candidates(store, NOW)]
    store.chats.forget(ALICE)
    assert store.plans.record(plans, NOW) == 1
    assert claim_one(store).conversation == BOB


def test_a_slot_is_another_one_by_chat_by_date_and_by_name(store: Store) -> None:
    follow(store, ALICE, CAROL)
    alice, carol = (plan(each) for each in candidates(store, NOW))
    others = (carol, replace(alice, local_date=TODAY + timedelta(days=1)), replace(alice, slot="daily-2"))
    for another in (alice, *others):
        assert store.plans.record([another], NOW) == 1
        assert store.plans.record([another], NOW) == 0


def test_nothing_new_takes_the_slot_and_sends_nothing(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    assert store.plans.record([replace(plan(candidate), message=None)], NOW) == 0
    assert candidates(store, NOW) == []
    assert store.deliveries.counts() == {}


def test_two_planners_at_once_plan_everything_once(store: Store, url: str) -> None:
    follow(store, *(Conversation("telegram", str(number)) for number in range(30)))
    other = open_store(url, time=given_time)
    plans = [plan(each, "a1", "a2") for each in candidates(store, NOW)]
    with ThreadPoolExecutor(4) as threads:
        added = threads.map(lambda each: each.plans.record(plans, NOW), [store, other, store, other])
    assert sum(added) == 30
    other.close()
