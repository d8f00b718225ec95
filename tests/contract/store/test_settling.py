"""What becomes of claimed messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.store import Store
from bot.store.claiming import Claim, Sender
from bot.store.rows import Attempt, Result, Settlement, State
from bot.store.schema import attempt
from handlers.request import Conversation
from tests.contract.store.cast import ALICE, BOB, CHIPS, MINUTE, NOW, claim, claim_one, follow, queue, settle


def test_a_sent_message_stays_sent(store: Store) -> None:
    queue(store, ALICE)
    assert settle(store, claim_one(store), Settlement(State.SENT, 1, 0), NOW)
    store.deliveries.sweep(NOW + timedelta(days=1))
    assert store.deliveries.counts() == {State.SENT: 1}


def test_a_message_put_off_waits_until_its_time(store: Store) -> None:
    queue(store, ALICE)
    later = NOW + timedelta(minutes=1)
    put_off = Settlement(State.PENDING, 3, 1, not_before=later, error="timeout")
    settle(store, claim_one(store), put_off, NOW)
    assert claim(store, "telegram", NOW, 8) == Claim(is_all=True)
    assert (store.deliveries.due(NOW), store.deliveries.due(later)) == (0, 1)
    again = claim_one(store, later)
    assert (again.attempts, again.ambiguous) == (4, 1)


def test_a_message_too_late_expires(store: Store) -> None:
    queue(store, ALICE)
    late = NOW + timedelta(hours=12)
    assert claim(store, "telegram", late, 8) == Claim(is_all=True)
    assert store.deliveries.sweep(late).expired == 1
    assert store.deliveries.counts() == {State.EXPIRED: 1}


def test_a_lease_that_ran_out_makes_the_attempt_ambiguous(store: Store) -> None:
    queue(store, ALICE)
    first = claim_one(store)
    assert store.deliveries.sweep(NOW + timedelta(seconds=59)).reaped == 0
    later = NOW + timedelta(seconds=60)
    assert store.deliveries.sweep(later).reaped == 1
    second = claim_one(store, later)
    assert (second.attempts, second.ambiguous) == (2, 1)
    assert not settle(store, first, Settlement(State.SENT, 1, 0), later)
    assert settle(store, second, Settlement(State.SENT, 2, 1), later)


def test_after_three_attempts_of_unknown_end_a_message_is_held(store: Store) -> None:
    queue(store, ALICE)
    now = NOW
    for _ in range(3):
        claim_one(store, now)
        now += timedelta(seconds=60)
        store.deliveries.sweep(now)
    assert store.deliveries.counts() == {State.HELD: 1}


def test_an_outcome_is_fenced_by_its_attempt_too(store: Store) -> None:
    queue(store, ALICE)
    first = claim_one(store)
    store.deliveries.sweep(NOW + MINUTE)
    second = claim_one(store, NOW + MINUTE)
    assert first.owner == second.owner
    assert not settle(store, first, Settlement(State.SENT, 1, 0))
    assert store.deliveries.counts() == {State.SENDING: 1}


def test_several_outcomes_and_a_claim_are_one_exchange(store: Store) -> None:
    queue(store, ALICE, BOB, Conversation("telegram", "1003"))
    claimed = claim(store, limit=2).deliveries
    results = [Result(each, Settlement(State.SENT, 1, 0), message_id="77") for each in claimed]
    lost = replace(results[0], delivery=replace(claimed[0], owner="another"))
    done = store.deliveries.exchange(Sender("telegram", "me"), [lost, *results], 8, NOW)
    assert (len(done.deliveries), done.is_all, done.fenced) == (1, True, 1)
    assert store.deliveries.counts() == {State.SENT: 2, State.SENDING: 1}


def test_a_message_goes_on_with_the_part_that_was_not_accepted(store: Store) -> None:
    queue(store, ALICE)
    claimed = claim_one(store)
    assert store.deliveries.advance(claimed, 1, "77", NOW + timedelta(seconds=50))
    assert store.deliveries.sweep(NOW + MINUTE).reaped == 0
    assert store.deliveries.sweep(NOW + timedelta(seconds=110)).reaped == 1
    assert not store.deliveries.advance(claimed, 2, "78", NOW)
    assert claim_one(store, NOW + 2 * MINUTE).parts_sent == 1


def test_how_each_attempt_ended_is_kept(store: Store) -> None:
    queue(store, ALICE)
    put_off = Settlement(State.PENDING, 1, 0, not_before=NOW, error="timeout")
    told = Attempt(NOW, NOW + timedelta(seconds=2), "ambiguous", "timeout", 3.0)
    store.deliveries.exchange(Sender("telegram", "me"), [Result(claim_one(store), put_off, told)], 0, NOW)
    claim_one(store)
    store.deliveries.sweep(NOW + MINUTE)
    with store.database.read() as connection:
        rows = connection.execute(select(attempt).order_by(attempt.c.id)).all()
    assert [(row.n, row.outcome, row.status, row.retry_after) for row in rows] == [
        (1, "ambiguous", "timeout", 3.0),
        (2, "no_outcome", None, None),
    ]


@pytest.mark.parametrize("is_known", [False, True])
def test_a_chat_that_moved_is_followed_unless_its_new_place_is_known(store: Store, is_known: bool) -> None:
    queue(store, ALICE)
    new_place = Conversation("telegram", "-1009")
    if is_known:
        follow(store, new_place)
    moved = Settlement(State.PENDING, 1, 0, not_before=NOW, error="upgraded", moved_to=new_place.chat)
    assert settle(store, claim_one(store), moved)
    again = claim(store)
    assert [each.conversation for each in again.deliveries] == ([] if is_known else [new_place])
    assert again.suppressed == is_known
    assert store.chats.subscriptions(new_place) == (CHIPS,)


def test_a_chat_that_moved_is_not_taken_for_one_with_the_same_id_elsewhere(store: Store) -> None:
    queue(store, ALICE)
    new_place = Conversation("telegram", "-1009")
    follow(store, replace(new_place, team="T2"), replace(new_place, platform="slack"))
    moved = Settlement(State.PENDING, 1, 0, not_before=NOW, error="upgraded", moved_to=new_place.chat)
    assert settle(store, claim_one(store), moved)
    assert claim_one(store).conversation == new_place
