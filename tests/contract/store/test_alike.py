"""Which chats are planned together, on every database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.store import Store
from bot.store.rows import Message, Plan, State
from handlers.ports import Settings, Subscription
from handlers.request import Conversation, Language
from handlers.schedule import daily
from tests.fakes.planned import candidates

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
LOOK_BACK = timedelta(hours=12)
ALICE = Conversation("telegram", "1001")
BOB = Conversation("slack", "C1", team="T1", thread="1700000000.1")
SETTINGS = Settings(daily(time(7), time(9)), "Asia/Shanghai", NOW - timedelta(days=30))
CHIPS = Subscription("半导体", NOW - timedelta(days=30), since=date(2021, 12, 1))
PHONES = replace(CHIPS, topic="5G")


def follow(store: Store, place: Conversation, *subscriptions: Subscription) -> None:
    for each in subscriptions:
        store.chats.subscribe(place, each, SETTINGS)


def together(store: Store, now: datetime = NOW) -> list[set[Conversation]]:
    batches = store.plans.due(now, LOOK_BACK)
    return [set(store.plans.places(alike.chats)) for batch in batches for alike in batch]


def give(store: Store, place: Conversation, article: str | None, slot: str = "daily-2") -> None:
    number = next(each.chat_id for each in candidates(store, NOW) if each.state.conversation == place)
    sent = Message(("半导体",), (article,), '{"blocks":[]}', NOW + LOOK_BACK) if article else None
    store.plans.record([Plan((number,), NOW.date(), slot, sent)], NOW)


def test_chats_that_follow_the_same_are_planned_together_whenever_they_began(store: Store) -> None:
    follow(store, ALICE, CHIPS, PHONES)
    second_later = CHIPS.created_at + timedelta(seconds=1)
    began = replace(SETTINGS, active_since=second_later)
    store.chats.bring(BOB, (replace(CHIPS, created_at=second_later), PHONES), began)
    assert together(store) == [{ALICE, BOB}]


def test_chats_that_were_sent_the_same_are_planned_together(store: Store) -> None:
    for place in (ALICE, BOB):
        follow(store, place, CHIPS)
        give(store, place, "a1")
    assert together(store, NOW + timedelta(days=1)) == [{ALICE, BOB}]


DIFFERENCES: dict[str, Callable[[Store], object]] = {
    "one topic more": lambda store: follow(store, BOB, PHONES),
    "muted": lambda store: store.chats.mute(BOB, "半导体", NOW + timedelta(days=7)),
    "another language": lambda store: store.chats.save_settings(BOB, replace(SETTINGS, language=Language.EN)),
    "a figure known": lambda store: store.chats.bring(BOB, (), SETTINGS, ("aa",)),
    "an article sent": lambda store: give(store, BOB, "a1"),
    "a slot planned": lambda store: give(store, BOB, None),
    "begun between two slots": lambda store: store.chats.save_settings(
        BOB, replace(SETTINGS, active_since=NOW - timedelta(hours=1))
    ),
}


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_what_planning_looks_at_sets_chats_apart(store: Store, difference: str) -> None:
    follow(store, ALICE, CHIPS)
    follow(store, BOB, CHIPS)
    DIFFERENCES[difference](store)
    assert sorted(map(len, together(store))) == [1, 1]


def test_the_order_and_the_beginning_of_what_is_followed_sets_chats_apart(store: Store) -> None:
    carol = Conversation("telegram", "1003")
    follow(store, ALICE, CHIPS, PHONES)
    follow(store, BOB, PHONES, CHIPS)
    follow(store, carol, CHIPS, replace(PHONES, since=date(2022, 1, 1)))
    assert sorted(map(len, together(store))) == [1, 1, 1]


def test_a_topic_that_reads_like_two_is_not_taken_for_them(store: Store) -> None:
    undated = replace(CHIPS, topic="x", since=None)
    follow(store, ALICE, undated, replace(undated, topic="y"))
    follow(store, BOB, replace(undated, topic="xheard 1:y"))
    assert sorted(map(len, together(store))) == [1, 1]


def test_a_mute_that_is_over_sets_no_chats_apart(store: Store) -> None:
    follow(store, ALICE, CHIPS)
    follow(store, BOB, CHIPS)
    store.chats.mute(BOB, "半导体", NOW)
    assert together(store) == [{ALICE, BOB}]


def test_each_of_many_alike_chats_gets_its_own_delivery_once(store: Store) -> None:
    follow(store, ALICE, CHIPS)
    follow(store, BOB, CHIPS)
    ((alike,),) = store.plans.due(NOW, LOOK_BACK)
    message = Message(("半导体",), ("a1",), '{"blocks":[]}', NOW + LOOK_BACK)
    both = Plan(alike.chats, NOW.date(), "daily-2", message)
    assert store.plans.record([replace(both, chats=alike.chats[1:])], NOW) == 1
    assert store.plans.record([both], NOW) == 1
    assert store.plans.record([both], NOW) == 0
    assert store.deliveries.counts() == {State.PENDING: 2}
