"""What only one process may do at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.store import Store, open_store
from bot.store.database import given_time
from bot.store.schema import lease
from tests.contract.store.cast import NOW

A_LONG_TIME = timedelta(days=1)


def test_a_lease_has_one_owner_at_a_time(store: Store, url: str) -> None:
    other = open_store(url, time=given_time)
    with ThreadPoolExecutor(4) as threads:
        taken = threads.map(
            lambda n: (store, other)[n % 2].leases.take("poller", f"p{n}", NOW, A_LONG_TIME), range(4)
        )
    assert sum(taken) == 1
    other.close()


def test_a_lease_is_prolonged_by_its_owner_and_given_back_by_nobody_else(store: Store) -> None:
    assert store.leases.take("poller", "a", NOW, A_LONG_TIME)
    assert store.leases.take("poller", "a", NOW, A_LONG_TIME)
    store.leases.release("poller", "b")
    assert not store.leases.take("poller", "b", NOW, A_LONG_TIME)
    store.leases.release("poller", "a")
    assert store.leases.take("poller", "b", NOW, A_LONG_TIME)


def test_a_lease_that_ran_out_goes_to_the_next_with_a_new_term(store: Store) -> None:
    store.leases.take("poller", "a", NOW, timedelta())
    assert store.leases.take("poller", "b", NOW, A_LONG_TIME)
    assert not store.leases.take("poller", "a", NOW, A_LONG_TIME)
    with store.database.read() as connection:
        assert connection.execute(select(lease.c.owner, lease.c.term)).all() == [("b", 2)]


def test_leases_in_force_are_counted_by_the_beginning_of_their_name(store: Store) -> None:
    for name, span in (("worker|a", A_LONG_TIME), ("worker|b", A_LONG_TIME), ("worker|c", timedelta())):
        store.leases.take(name, "x", NOW, span)
    store.leases.take("poller", "x", NOW, A_LONG_TIME)
    assert store.leases.count("worker|", NOW) == 2


def test_leases_follow_the_clock_of_a_server_and_not_of_whoever_asks(url: str) -> None:
    store = open_store(url)
    has_server = store.database.engine.dialect.name == "postgresql"
    store.leases.take("poller", "a", NOW, A_LONG_TIME)
    hasty = datetime.now(UTC) + timedelta(days=400)
    assert store.leases.take("poller", "b", hasty, A_LONG_TIME) is not has_server
    store.close()
