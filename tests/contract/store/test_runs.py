"""What was planned together, until the last message of it has ended."""

from __future__ import annotations

from bot.store import Store
from bot.store.rows import Settlement, State
from tests.contract.store.cast import ALICE, BOB, NOW, claim, claim_one, queue, settle


def test_a_run_is_closed_once_when_its_last_message_has_ended(store: Store) -> None:
    queue(store, ALICE, BOB)
    first, second = claim(store).deliveries
    settle(store, first, Settlement(State.SENT, 1, 0))
    assert store.runs.close(NOW) == ()
    settle(store, second, Settlement(State.DEAD, 8, 0, error="refused"))
    (run,) = store.runs.close(NOW)
    assert (run.key, run.due, run.counts) == ("2026-11-23T01:00Z", 2, {State.SENT: 1, State.DEAD: 1})
    assert run.undelivered == 1
    assert str(run).endswith("due=2 dead=1 sent=1")
    assert store.runs.close(NOW) == ()


def test_what_is_planned_later_in_the_minute_opens_its_run_again(store: Store) -> None:
    queue(store, ALICE)
    settle(store, claim_one(store), Settlement(State.SENT, 1, 0))
    store.runs.close(NOW)
    queue(store, BOB)
    assert store.runs.close(NOW) == ()
    settle(store, claim_one(store), Settlement(State.SENT, 1, 0))
    assert [run.due for run in store.runs.close(NOW)] == [2]
