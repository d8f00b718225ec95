"""A chat that is forgotten leaves nothing but counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.store import Store, schema
from bot.store.claiming import scope_of
from bot.store.rows import Pause, Settlement, State
from bot.store.schema import attempt
from handlers.request import Conversation
from tests.contract.store.cast import (
    ALICE,
    BOB,
    CAROL,
    CHIPS,
    MINUTE,
    NOW,
    SETTINGS,
    claim_one,
    everything,
    pause,
    queue,
    settle,
)


@pytest.mark.parametrize("sent", ["never", "under way", "sent"])
def test_forgetting_leaves_no_trace_but_the_count(store: Store, sent: str) -> None:
    queue(store, ALICE)
    if sent != "never":
        claimed = claim_one(store)
    if sent == "sent":
        settle(store, claimed, Settlement(State.SENT, 1, 0), NOW)
    assert store.chats.forget(ALICE)
    dump = everything(store)
    assert ALICE.chat not in dump
    assert "半导体" not in dump
    assert store.deliveries.counts() == {State.SENT if sent == "sent" else State.SUPPRESSED: 1}


def test_forgetting_one_chat_leaves_the_others(store: Store) -> None:
    queue(store, ALICE, BOB)
    store.chats.forget(ALICE)
    assert store.chats.subscriptions(BOB) == (CHIPS,)
    assert claim_one(store).conversation == BOB


def test_the_outcome_of_a_forgotten_delivery_does_not_count(store: Store) -> None:
    queue(store, ALICE)
    claimed = claim_one(store)
    store.chats.forget(ALICE)
    assert not settle(store, claimed, Settlement(State.DEAD, 1, 0, error="1001 blocked"), NOW)
    assert ALICE.chat not in everything(store)


def test_figures_known_are_forgotten_too(store: Store) -> None:
    store.chats.subscribe(ALICE, CHIPS, SETTINGS, ("figure-1",))
    store.chats.forget(ALICE)
    assert "figure-1" not in everything(store)


def test_forgetting_takes_the_pauses_and_attempts_of_a_chat_along(store: Store) -> None:
    queue(store, ALICE)
    settle(store, claim_one(store), Settlement(State.SENT, 1, 0))
    pause(store, "telegram", Pause(scope_of(ALICE), NOW + MINUTE, "flood"))
    store.chats.forget(ALICE)
    assert ALICE.chat not in everything(store)
    with store.database.read() as connection:
        assert connection.execute(select(attempt)).all() == []


@pytest.mark.parametrize("other", [replace(CAROL, team="T2"), replace(CAROL, platform="telegram")])
def test_forgetting_ends_the_pause_of_this_chat_and_of_none_with_the_same_id(
    store: Store, other: Conversation
) -> None:
    queue(store, CAROL, other)
    for place in (CAROL, other):
        pause(store, place.platform, Pause(scope_of(place), NOW + MINUTE, "flood"))
    store.chats.forget(CAROL)
    with store.database.read() as connection:
        kept = connection.execute(select(schema.pause.c.platform, schema.pause.c.scope)).all()
    assert kept == [(other.platform, scope_of(other))]
