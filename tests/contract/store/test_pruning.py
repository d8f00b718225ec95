"""What is old is deleted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.store import Store
from bot.store.rows import Settlement, State
from tests.contract.store.cast import ALICE, BOB, NOW, SETTINGS, claim, claim_one, everything, queue, settle
from tests.fakes.planned import candidates


def test_what_is_old_is_deleted_and_the_rest_stays(store: Store) -> None:
    queue(store, ALICE, BOB)
    settle(store, claim(store, limit=1).deliveries[0], Settlement(State.SENT, 1, 0))
    store.inbound.accept("telegram", "1", "", NOW)
    assert store.pruning.prune(NOW) == {}
    assert store.pruning.prune(NOW + timedelta(days=8)) == {"inbound": 1}
    assert store.pruning.prune(NOW + timedelta(days=31)) == {"attempt": 1, "planned_slot": 2}
    assert store.pruning.prune(NOW + timedelta(days=91)) == {"delivery": 1}
    assert store.deliveries.counts() == {State.PENDING: 1}


@pytest.mark.parametrize(("state", "is_known"), [(State.SENT, True), (State.HELD, True), (State.DEAD, False)])
def test_what_arrived_is_known_when_its_delivery_is_deleted(
    store: Store, state: State, is_known: bool
) -> None:
    queue(store, ALICE)
    settle(store, claim_one(store), Settlement(state, 1, 0))
    later = NOW + timedelta(days=91)
    assert store.pruning.prune(later)["delivery"] == 1
    (candidate,) = candidates(store, later)
    assert candidate.state.alerted == (frozenset({"a1"}) if is_known else frozenset())


def test_actions_that_nobody_used_for_long_are_deleted(store: Store) -> None:
    token = store.actions.shorten("search 半导体")
    assert store.pruning.prune(datetime.now(UTC) + timedelta(days=91)) == {"action": 1}
    assert store.actions.expand(token) is None


def test_a_chat_that_is_gone_for_a_month_is_forgotten_and_one_that_came_back_is_not(store: Store) -> None:
    for place in (ALICE, BOB):
        queue(store, place)
        settle(store, claim_one(store), Settlement(State.DEAD, 1, 0, error="blocked", gone=True), NOW)
    store.chats.save_settings(BOB, SETTINGS)
    assert "chat" not in store.pruning.prune(NOW + timedelta(days=29))
    assert store.chats.settings(ALICE) is not None
    assert store.pruning.prune(NOW + timedelta(days=31))["chat"] == 1
    assert store.chats.settings(ALICE) is None
    assert ALICE.chat not in everything(store)
    assert store.chats.settings(BOB) is not None


def test_more_than_a_batch_is_deleted_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.pruning.BATCH", 2)
    for number in range(5):
        store.inbound.accept("telegram", str(number), "", NOW)
    assert store.pruning.prune(NOW + timedelta(days=8)) == {"inbound": 5}
