"""Events of platforms: accepted once, finished, taken over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bot.store import Store, open_store
from bot.store.database import given_time
from bot.store.inbound import Event
from tests.contract.store.cast import MINUTE, NOW, everything


def test_an_event_is_accepted_once_in_every_process(store: Store, url: str) -> None:
    other = open_store(url, time=given_time)
    with ThreadPoolExecutor(4) as threads:
        stores = [store, other, store, other]
        accepted = list(threads.map(lambda each: each.inbound.accept("slack", "T1|Ev1", "{}", NOW), stores))
    assert sum(accepted) == 1
    assert store.inbound.accept("telegram", "T1|Ev1", "{}", NOW)
    other.close()


def test_what_a_dead_process_left_is_taken_over_once_it_cannot_be_at_work_any_more(store: Store) -> None:
    for key in ("1", "2", "3"):
        store.inbound.accept("telegram", key, f"body {key}", NOW)
    store.inbound.accept("slack", "4", "body 4", NOW)
    store.inbound.done("telegram", "2", NOW)
    assert store.inbound.take_over("telegram", NOW, MINUTE) == ()
    later = NOW + MINUTE
    assert store.inbound.take_over("telegram", later, MINUTE) == (Event("1", "body 1"), Event("3", "body 3"))
    assert store.inbound.take_over("telegram", later, MINUTE) == ()


def test_an_event_that_kills_its_handler_is_tried_three_times(store: Store) -> None:
    store.inbound.accept("telegram", "1", "body", NOW)
    taken = [len(store.inbound.take_over("telegram", NOW, timedelta())) for _ in range(4)]
    assert taken == [1, 1, 0, 0]


def test_an_event_of_an_hour_ago_is_not_answered_any_more(store: Store) -> None:
    store.inbound.accept("telegram", "1", "body", NOW)
    assert store.inbound.take_over("telegram", NOW + timedelta(hours=1), timedelta()) == ()


def test_nothing_is_kept_of_what_was_in_a_finished_event(store: Store) -> None:
    store.inbound.accept("telegram", "1", "我的问题", NOW)
    store.inbound.done("telegram", "1", NOW)
    assert "我的问题" not in everything(store)
    assert not store.inbound.accept("telegram", "1", "我的问题", NOW)


def test_an_event_is_known_for_a_week(store: Store) -> None:
    for number in range(3):
        store.inbound.accept("telegram", str(number), "", NOW + number * MINUTE)
    assert store.pruning.prune(NOW + timedelta(days=7) + 2 * MINUTE) == {"inbound": 2}
    assert not store.inbound.knows("telegram", "1")
    assert not store.inbound.accept("telegram", "2", "", NOW)


def test_what_one_platform_finished_another_may_still_have_to_answer(store: Store) -> None:
    for platform in ("telegram", "slack"):
        store.inbound.accept(platform, "1", f"body of {platform}", NOW)
    store.inbound.done("telegram", "1", NOW)
    assert store.inbound.take_over("slack", NOW, timedelta()) == (Event("1", "body of slack"),)
    assert not store.inbound.knows("terminal", "1")
