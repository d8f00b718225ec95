"""One account at several places, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.store import Store, open_store
from bot.store.claiming import Sender
from bot.store.links import MOST_TRIES
from bot.store.rows import Message, Plan
from bot.store.schema import link_code, link_try
from handlers.ports import Linking, Settings, Subscription
from handlers.request import Conversation
from handlers.schedule import daily
from tests.fakes.planned import candidates

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
PHONE = Conversation("telegram", "1001")
DESK = Conversation("slack", "D1", team="T1")
TABLET = Conversation("telegram", "1002")
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", NOW - timedelta(days=30))
EVENING = Settings(daily(time(18)), "Europe/Berlin", NOW - timedelta(days=30))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()


def follow(store: Store, place: Conversation, *topics: str, settings: Settings = SETTINGS) -> None:
    for topic in topics:
        store.chats.subscribe(place, Subscription(topic, NOW - timedelta(days=30)), settings)


def link(store: Store, place: Conversation = DESK, to: Conversation = PHONE) -> Linking:
    return store.chats.link(place, store.chats.link_code(to, SETTINGS, NOW), NOW)


def topics(store: Store, place: Conversation) -> list[str]:
    return [one.topic for one in store.chats.subscriptions(place)]


def send_due(store: Store) -> list[Conversation]:
    """Plan an article for whoever is due and claim it everywhere; return where it goes."""
    message = Message(("半导体",), ("a1",), '{"blocks":[]}', NOW + timedelta(hours=12))
    for each in candidates(store, NOW):
        store.plans.record([Plan((each.chat_id,), NOW.date(), "daily", message)], NOW)
    workers = (Sender(platform, "me") for platform in ("telegram", "slack"))
    claims = (store.deliveries.exchange(worker, (), 8, NOW) for worker in workers)
    return [each.conversation for claim in claims for each in claim.deliveries]


def test_linked_places_share_what_they_follow_and_their_settings(store: Store) -> None:
    follow(store, PHONE, "半导体", "5G")
    follow(store, DESK, "5G", "海外", settings=EVENING)
    assert link(store) is Linking.LINKED
    for place in (PHONE, DESK):
        assert topics(store, place) == ["半导体", "5G", "海外"]
        assert store.chats.settings(place) == SETTINGS
        assert store.chats.places(place) == (PHONE, DESK)
    store.chats.unsubscribe(DESK, "5G")
    follow(store, DESK, "电池")
    store.chats.save_settings(DESK, EVENING)
    assert topics(store, PHONE) == ["半导体", "海外", "电池"]
    assert store.chats.settings(PHONE) == EVENING


def test_an_alert_goes_to_one_place_and_to_the_other_once_that_is_chosen(store: Store) -> None:
    follow(store, PHONE, "半导体")
    follow(store, DESK, "半导体")
    link(store)
    assert store.chats.receive_here(DESK)
    assert not store.chats.receive_here(DESK)
    assert store.chats.places(PHONE) == (DESK, PHONE)
    assert send_due(store) == [DESK]
    assert store.chats.standing(PHONE, NOW).waiting == 1


def test_without_a_choice_the_place_of_the_code_gets_the_alert(store: Store) -> None:
    follow(store, DESK, "半导体")
    link(store)
    assert send_due(store) == [PHONE]


def test_what_waits_for_a_place_goes_to_the_account(store: Store) -> None:
    follow(store, DESK, "半导体")
    (candidate,) = candidates(store, NOW)
    message = Message(("半导体",), ("a1",), '{"blocks":[]}', NOW + timedelta(hours=12))
    store.plans.record([Plan((candidate.chat_id,), NOW.date(), "daily", message)], NOW)
    follow(store, PHONE, "5G")
    link(store)
    assert store.chats.standing(PHONE, NOW).waiting == 1


def test_three_places_may_be_linked(store: Store) -> None:
    follow(store, PHONE, "半导体")
    link(store)
    assert link(store, TABLET, DESK) is Linking.LINKED
    assert set(store.chats.places(TABLET)) == {PHONE, DESK, TABLET}
    assert topics(store, TABLET) == ["半导体"]


def test_a_code_counts_once_and_for_ten_minutes(store: Store) -> None:
    code = store.chats.link_code(PHONE, SETTINGS, NOW)
    assert store.chats.link(DESK, code, NOW + timedelta(minutes=10)) is Linking.WRONG_CODE
    code = store.chats.link_code(PHONE, SETTINGS, NOW)
    assert store.chats.link(DESK, code, NOW + timedelta(minutes=9)) is Linking.LINKED
    assert store.chats.link(TABLET, code, NOW + timedelta(minutes=9)) is Linking.WRONG_CODE


def test_a_new_code_takes_the_place_of_the_one_before(store: Store) -> None:
    old, new = (store.chats.link_code(PHONE, SETTINGS, NOW) for _ in range(2))
    assert old != new
    assert store.chats.link(DESK, old, NOW) is Linking.WRONG_CODE
    assert store.chats.link(DESK, new, NOW) is Linking.LINKED


def test_a_chat_is_not_linked_to_itself(store: Store) -> None:
    assert link(store, PHONE, PHONE) is Linking.SAME_CHAT
    link(store)
    assert link(store, DESK, PHONE) is Linking.SAME_CHAT


def test_who_guesses_codes_is_stopped_for_ten_minutes(store: Store) -> None:
    code = store.chats.link_code(PHONE, SETTINGS, NOW)
    for _ in range(MOST_TRIES):
        assert store.chats.link(DESK, "AAAA2222", NOW) is Linking.WRONG_CODE
    assert store.chats.link(DESK, code, NOW) is Linking.TOO_OFTEN
    assert store.chats.link(TABLET, code, NOW) is Linking.LINKED
    later = NOW + timedelta(minutes=11)
    assert store.chats.link(DESK, store.chats.link_code(PHONE, SETTINGS, later), later) is Linking.LINKED


def test_unlinking_leaves_everything_where_the_alerts_go(store: Store) -> None:
    follow(store, PHONE, "半导体")
    link(store)
    assert store.chats.unlink(DESK)
    assert topics(store, DESK) == []
    assert store.chats.settings(DESK) is None
    assert topics(store, PHONE) == ["半导体"]
    assert not store.chats.unlink(PHONE)
    follow(store, DESK, "5G")
    assert topics(store, PHONE) == ["半导体"]


def test_unlinking_where_the_alerts_go_takes_the_others_off(store: Store) -> None:
    follow(store, PHONE, "半导体")
    link(store)
    assert store.chats.unlink(PHONE)
    assert topics(store, PHONE) == ["半导体"]
    assert topics(store, DESK) == []


def test_forgetting_one_place_forgets_the_account(store: Store) -> None:
    follow(store, PHONE, "半导体")
    link(store)
    assert store.chats.forget(DESK)
    assert store.chats.settings(PHONE) is None
    assert store.chats.places(DESK) == ()
    assert not store.chats.forget(PHONE)


def test_forgetting_leaves_no_trace_of_a_place_that_only_guessed(store: Store) -> None:
    store.chats.link(DESK, "AAAA2222", NOW)
    store.chats.forget(DESK)
    with store.database.read() as connection:
        assert connection.execute(select(link_try)).all() == []


def test_the_code_itself_is_not_kept(store: Store) -> None:
    code = store.chats.link_code(PHONE, SETTINGS, NOW)
    with store.database.read() as connection:
        assert code not in repr(connection.execute(select(link_code)).all())
