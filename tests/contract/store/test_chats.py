"""What is kept of each chat: its settings and what it follows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.store import Store, open_store
from bot.store.database import given_time
from bot.store.rows import Pause, Settlement, State
from handlers.errors import StoreError
from handlers.ports import Settings, Standing, Subscription
from handlers.request import Conversation
from handlers.schedule import Quiet, Schedule, daily
from tests.contract.store.cast import (
    ALICE,
    BOB,
    CAROL,
    CHIPS,
    NOW,
    SETTINGS,
    claim_one,
    follow,
    pause,
    queue,
    settle,
)
from tests.fakes.planned import candidates


def test_a_new_chat_has_nothing(store: Store) -> None:
    assert store.chats.settings(ALICE) is None
    assert store.chats.subscriptions(ALICE) == ()
    assert not store.chats.unsubscribe(ALICE, "半导体")
    assert not store.chats.forget(ALICE)


def test_settings_come_back_as_they_were_saved(store: Store) -> None:
    since = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    settings = Settings(daily(time(7, 30)), "Europe/Berlin", since, paused=True)
    store.chats.save_settings(ALICE, SETTINGS)
    store.chats.save_settings(ALICE, settings)
    assert store.chats.settings(ALICE) == settings


def test_a_naive_datetime_is_a_mistake(store: Store) -> None:
    with pytest.raises(StoreError, match="time zone"):
        store.chats.save_settings(ALICE, replace(SETTINGS, active_since=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_subscribing_twice_follows_once(store: Store) -> None:
    assert store.chats.subscribe(ALICE, CHIPS, SETTINGS)
    assert not store.chats.subscribe(ALICE, replace(CHIPS, since=None), SETTINGS)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_subscriptions_are_listed_oldest_first(store: Store) -> None:
    for topic in ("海外", "5G", "半导体"):
        store.chats.subscribe(ALICE, replace(CHIPS, topic=topic), SETTINGS)
    assert [each.topic for each in store.chats.subscriptions(ALICE)] == ["海外", "5G", "半导体"]


def test_subscribing_keeps_the_settings_that_a_chat_has(store: Store) -> None:
    early = replace(SETTINGS, schedule=daily(time(6)))
    store.chats.save_settings(ALICE, early)
    store.chats.subscribe(ALICE, CHIPS, SETTINGS)
    assert store.chats.settings(ALICE) == early


def test_following_again_after_nothing_begins_now_and_a_second_topic_changes_nothing(store: Store) -> None:
    follow(store, ALICE)
    store.chats.unsubscribe(ALICE, "半导体")
    for topic, created_at in (("5G", NOW), ("海外", NOW + timedelta(hours=1))):
        store.chats.subscribe(ALICE, replace(CHIPS, topic=topic, created_at=created_at), SETTINGS)
    assert store.chats.settings(ALICE) == replace(SETTINGS, active_since=NOW)


def test_unsubscribing_ends_one_topic_of_one_chat(store: Store) -> None:
    follow(store, ALICE, BOB)
    store.chats.subscribe(ALICE, replace(CHIPS, topic="5G"), SETTINGS)
    assert store.chats.unsubscribe(ALICE, "半导体")
    assert [each.topic for each in store.chats.subscriptions(ALICE)] == ["5G"]
    assert store.chats.subscriptions(BOB) == (CHIPS,)


@pytest.mark.parametrize(
    "other",
    [
        replace(CAROL, platform="telegram"),
        replace(CAROL, team="T2"),
        replace(CAROL, chat="C2"),
        replace(CAROL, thread=""),
    ],
)
def test_chats_that_differ_in_anything_share_nothing(store: Store, other: Conversation) -> None:
    follow(store, CAROL)
    assert store.chats.subscriptions(other) == ()
    assert not store.chats.forget(other)
    assert store.chats.subscriptions(CAROL) == (CHIPS,)


@pytest.mark.parametrize("hostile", ["'; DROP TABLE chat; --", "%", "🙂" * 50, "\u202e半导体", "x" * 4096])
def test_any_topic_is_kept_to_the_letter(store: Store, hostile: str) -> None:
    store.chats.subscribe(ALICE, replace(CHIPS, topic=hostile), SETTINGS)
    assert [each.topic for each in store.chats.subscriptions(ALICE)] == [hostile]
    assert store.chats.unsubscribe(ALICE, hostile)


def test_what_was_saved_is_there_after_a_restart(store: Store, url: str) -> None:
    follow(store, ALICE)
    store.close()
    again = open_store(url)
    assert again.chats.subscriptions(ALICE) == (CHIPS,)
    again.close()


def test_a_rule_is_kept_to_the_letter_with_the_figures_that_are_known(store: Store) -> None:
    rule = replace(CHIPS, topic="指标 中国 5G基站数 > 200万")
    assert store.chats.subscribe(ALICE, rule, SETTINGS, ("aa", "bb"))
    assert store.chats.subscriptions(ALICE) == (rule,)
    assert candidates(store, NOW)[0].state.told == {"aa", "bb"}


def test_following_again_what_is_followed_makes_no_figure_known(store: Store) -> None:
    follow(store, ALICE)
    assert not store.chats.subscribe(ALICE, CHIPS, SETTINGS, ("aa",))
    assert candidates(store, NOW)[0].state.told == frozenset()


def test_figures_known_twice_are_known_once_and_to_one_chat(store: Store) -> None:
    store.chats.subscribe(ALICE, CHIPS, SETTINGS, ("aa", "aa"))
    store.chats.subscribe(ALICE, replace(CHIPS, topic="5G"), SETTINGS, ("aa", "bb"))
    follow(store, BOB)
    told = {each.state.conversation: each.state.told for each in candidates(store, NOW)}
    assert told == {ALICE: {"aa", "bb"}, BOB: frozenset()}


def test_every_kind_of_schedule_comes_back(store: Store) -> None:
    workdays = Schedule((time(9), time(18, 30)), None, Quiet(time(22), time(8)))
    for schedule in (workdays, Schedule((time(17),), frozenset({0, 4})), Schedule()):
        settings = replace(SETTINGS, schedule=schedule)
        store.chats.save_settings(ALICE, settings)
        assert store.chats.settings(ALICE) == settings


def test_bringing_in_follows_all_and_keeps_the_settings_in_one_go(store: Store) -> None:
    follow(store, ALICE)
    evening = replace(SETTINGS, schedule=daily(time(18)))
    muted = Subscription("5G", NOW, muted_until=NOW + timedelta(days=3))
    store.chats.bring(ALICE, (muted, CHIPS), evening, ("aa",))
    assert store.chats.subscriptions(ALICE) == (CHIPS, muted)
    assert store.chats.settings(ALICE) == evening
    assert candidates(store, NOW + timedelta(hours=9))[0].state.told == {"aa"}
    store.chats.bring(BOB, (CHIPS,), SETTINGS)
    assert store.chats.subscriptions(BOB) == (CHIPS,)


def test_the_standing_tells_the_last_alert_and_what_waits(store: Store) -> None:
    assert store.chats.standing(ALICE, NOW) == Standing()
    queue(store, ALICE)
    until = NOW + timedelta(minutes=5)
    pause(store, "telegram", Pause("", until, "token"))
    assert store.chats.standing(ALICE, NOW) == Standing(waiting=1, retry_at=until)
    later = until + timedelta(seconds=1)
    settle(store, claim_one(store, later), Settlement(State.SENT, 1, 0), later)
    assert store.chats.standing(ALICE, later) == Standing(last_sent=later)


def test_many_writers_never_hear_that_the_database_is_locked(store: Store, url: str) -> None:
    other = open_store(url, time=given_time)

    def subscribe(number: int) -> bool:
        chats = (store, other)[number % 2].chats
        return chats.subscribe(ALICE, replace(CHIPS, topic=str(number // 2)), SETTINGS)

    with ThreadPoolExecutor(4) as threads:
        added = list(threads.map(subscribe, range(80)))
    assert sum(added) == 40
    assert len(store.chats.subscriptions(ALICE)) == 40
    other.close()
