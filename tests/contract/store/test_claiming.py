"""Messages are leased to one sender, while they are wanted."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store import Store, open_store
from bot.store.claiming import Claim, scope_of
from bot.store.database import given_time
from bot.store.rows import Pause, State
from handlers.request import Conversation, Language
from tests.contract.store.cast import (
    ALICE,
    BOB,
    CAROL,
    CHIPS,
    MINUTE,
    NOW,
    SETTINGS,
    claim,
    claim_one,
    follow,
    pause,
    plan,
    queue,
)
from tests.fakes.planned import candidates


def test_a_topic_muted_after_the_plan_keeps_the_alert_back(store: Store) -> None:
    queue(store, ALICE)
    until = NOW + timedelta(days=7)
    assert store.chats.mute(ALICE, "半导体", until)
    assert not store.chats.mute(ALICE, "海外", until)
    assert store.chats.subscriptions(ALICE) == (replace(CHIPS, muted_until=until),)
    assert claim(store).suppressed == 1
    (candidate,) = candidates(store, NOW + timedelta(days=1))
    assert candidate.state.alerted == frozenset()
    assert store.chats.mute(ALICE, "半导体", None)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_a_claimed_message_is_not_claimed_again(store: Store) -> None:
    queue(store, ALICE)
    claimed = claim_one(store)
    assert claimed.conversation == ALICE
    assert (claimed.attempts, claimed.ambiguous, claimed.language) == (1, 0, Language.ZH)
    assert claim(store, "telegram", NOW, 8) == Claim(is_all=True)


def test_a_claim_is_bounded_and_of_one_platform(store: Store) -> None:
    queue(store, ALICE, BOB, CAROL)
    assert len(claim(store, "telegram", NOW, 1).deliveries) == 1
    assert [each.conversation for each in claim(store, "slack", NOW, 8).deliveries] == [CAROL]
    assert store.deliveries.counts()[State.PENDING] == 1


@pytest.mark.parametrize("change", ["paused", "unsubscribed"])
def test_what_is_no_longer_wanted_is_suppressed(store: Store, change: str) -> None:
    queue(store, ALICE, BOB)
    if change == "paused":
        store.chats.save_settings(ALICE, replace(SETTINGS, paused=True))
    else:
        store.chats.unsubscribe(ALICE, "半导体")
    found = claim(store)
    assert [each.conversation for each in found.deliveries] == [BOB]
    assert found.suppressed == 1
    assert store.deliveries.counts() == {State.SUPPRESSED: 1, State.SENDING: 1}


def test_unwanted_messages_in_front_do_not_hide_the_wanted_ones(store: Store) -> None:
    queue(store, *(Conversation("telegram", str(number)) for number in range(5)), BOB)
    for number in range(5):
        store.chats.unsubscribe(Conversation("telegram", str(number)), "半导体")
    found = claim(store, limit=2)
    assert [each.conversation for each in found.deliveries] == [BOB]
    assert found.suppressed == 5


def test_a_message_about_a_topic_still_followed_is_sent(store: Store) -> None:
    follow(store, ALICE)
    store.chats.subscribe(ALICE, replace(CHIPS, topic="5G"), SETTINGS)
    store.plans.record([plan(each, "a1", topics=("5G", "半导体")) for each in candidates(store, NOW)], NOW)
    store.chats.unsubscribe(ALICE, "5G")
    assert claim_one(store).conversation == ALICE


def test_a_paused_platform_is_left_alone_and_the_others_go_on(store: Store) -> None:
    queue(store, ALICE, CAROL)
    whole = Pause("", NOW + timedelta(minutes=5), "401")
    assert pause(store, "telegram", whole) == (whole,)
    assert pause(store, "telegram", replace(whole, until=NOW + MINUTE)) == ()
    assert claim(store, now=whole.until - timedelta(seconds=1)) == Claim(is_all=True)
    assert len(claim(store, "slack").deliveries) == 1
    assert claim_one(store, whole.until).conversation == ALICE


def test_a_paused_chat_is_left_alone_with_all_its_threads(store: Store) -> None:
    queue(store, ALICE, BOB, replace(ALICE, thread="7"))
    until = NOW + timedelta(hours=3)
    pause(store, "telegram", Pause(scope_of(ALICE), until, "flood"))
    assert [each.conversation for each in claim(store).deliveries] == [BOB]
    assert len(claim(store, now=until).deliveries) == 2


def test_a_pause_that_is_over_is_news_again(store: Store) -> None:
    whole = Pause("", NOW + MINUTE, "401")
    pause(store, "telegram", whole)
    again = replace(whole, until=NOW + 3 * MINUTE)
    assert pause(store, "telegram", again, NOW + MINUTE) == (again,)


def test_what_was_claimed_in_a_commit_whose_answer_was_lost_is_free_again(store: Store) -> None:
    queue(store, ALICE, BOB)
    known, _unknown = claim(store).deliveries
    assert store.deliveries.disown("another", ()) == 0
    assert store.deliveries.disown("me", {known.id}) == 1
    again = claim_one(store)
    assert (again.conversation, again.attempts, again.ambiguous) == (BOB, 1, 0)


def test_a_start_that_knows_itself_alone_takes_back_at_once_what_was_leased(store: Store) -> None:
    queue(store, ALICE, CAROL)
    claim(store)
    claim(store, "slack")
    assert store.deliveries.reclaim(["telegram"], NOW) == 1
    assert claim_one(store).ambiguous == 1


def test_the_next_message_and_the_oldest_can_be_asked_for(store: Store) -> None:
    assert store.deliveries.next_due("telegram") is None
    queue(store, ALICE)
    assert store.deliveries.next_due("telegram") == NOW
    assert store.deliveries.next_due("slack") is None


def test_two_workers_at_once_claim_every_message_once(store: Store, url: str) -> None:
    queue(store, *(Conversation("telegram", str(number)) for number in range(40)))
    other = open_store(url, time=given_time)
    with ThreadPoolExecutor(4) as threads:
        claims = threads.map(lambda n: claim((store, other)[n % 2], limit=5), range(8))
    claimed = [each.id for claim in claims for each in claim.deliveries]
    assert len(claimed) == len(set(claimed)) == 40
    other.close()
