"""Messages that did not arrive, as the operator sees them."""

from __future__ import annotations

from datetime import timedelta

from bot.store import Store
from bot.store.letters import Letters
from bot.store.rows import Settlement, State
from handlers.request import Conversation
from tests.contract.store.cast import NOW, claim, queue, settle


def stuck(store: Store, *settlements: Settlement) -> None:
    """Queue a message for each outcome and settle it so."""
    queue(store, *(Conversation("telegram", str(number)) for number in range(len(settlements))))
    for claimed, settlement in zip(claim(store).deliveries, settlements, strict=True):
        settle(store, claimed, settlement)


DEAD = Settlement(State.DEAD, 8, 0, error="refused")
HELD = Settlement(State.HELD, 3, 3, error="timeout")


def test_messages_that_did_not_arrive_are_listed_newest_first(store: Store) -> None:
    stuck(store, DEAD, HELD, Settlement(State.SENT, 1, 0))
    letters = Letters(store.database).list([State.DEAD, State.HELD], 10)
    assert [(each.chat, each.state, each.attempts, each.reason) for each in letters] == [
        ("telegram:1", State.HELD, 3, "timeout"),
        ("telegram:0", State.DEAD, 8, "refused"),
    ]
    assert len(Letters(store.database).list(list(State), 1)) == 1


def test_a_message_is_sent_again_and_stays_marked_if_it_may_have_arrived(store: Store) -> None:
    stuck(store, DEAD, HELD, Settlement(State.SENT, 1, 0))
    letters = Letters(store.database)
    later = NOW + timedelta(days=2)
    assert letters.retry([999], later) == 0
    assert letters.retry(None, later) == 2
    assert [(each.attempts, each.ambiguous) for each in claim(store, now=later).deliveries] == [
        (1, 0),
        (1, 1),
    ]
    assert letters.retry(None, later) == 0


def test_a_message_that_is_dropped_is_listed_no_more(store: Store) -> None:
    stuck(store, DEAD, HELD)
    letters = Letters(store.database)
    held, _dead = letters.list([State.DEAD, State.HELD], 10)
    assert letters.drop([held.id]) == 1
    assert [each.state for each in letters.list([State.DEAD, State.HELD], 10)] == [State.DEAD]
    assert letters.drop(None) == 1
    assert store.deliveries.counts() == {State.SUPPRESSED: 2}
