"""What is kept: chats and what they follow, alerts on their way, and the actions behind short buttons.

    open_store(url) -> Store
        .chats        what a command reads and changes      (handlers.ports.Chats)
        .plans        who is due, and what was planned for them
        .deliveries   the outbox: claim, settle, count
        .runs         what was planned together, until the last message of it has ended
        .pruning      deletes what is old
        .inbound      events of platforms: accepted once, finished, taken over after a crash
        .leases       what only one process may do at a time
        .actions      long button actions behind short tokens   (bot.platform.Actions)

Every call is one transaction, safe in threads and between processes, and raises StoreError when nothing
was saved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.platform import Actions
from bot.store.actions import KeptActions
from bot.store.chats import KeptChats
from bot.store.database import Clock, Database, connect
from bot.store.deliveries import LEASE, Deliveries
from bot.store.inbound import Inbound
from bot.store.leases import Leases
from bot.store.migrate import upgrade
from bot.store.plans import Plans
from bot.store.pruning import Pruning
from bot.store.runs import Runs


@dataclass(frozen=True, slots=True)
class Store:
    """An opened database."""

    database: Database
    chats: KeptChats
    plans: Plans
    deliveries: Deliveries
    runs: Runs
    pruning: Pruning
    inbound: Inbound
    leases: Leases
    actions: Actions

    def close(self) -> None:
        """Close every connection. The store is of no use afterwards."""
        self.database.engine.dispose()


def open_store(url: str, *, lease: timedelta = LEASE, time: Clock | None = None) -> Store:
    """Open the database at a SQLAlchemy URL, making or updating its tables.

    `lease` is how long a claimed message belongs to its claimer, by the database's own clock or by `time`.
    Raises ConfigError naming HANGXUN_DATABASE_URL when the database cannot be used.
    """
    database = connect(url)
    database = replace(database, time=time or database.time)
    try:
        upgrade(database)
    except BaseException:
        database.engine.dispose()
        raise
    kept = KeptActions(database)
    return Store(
        database,
        KeptChats(database),
        Plans(database),
        Deliveries(database, lease),
        Runs(database),
        Pruning(database),
        Inbound(database),
        Leases(database),
        Actions(kept.shorten, kept.expand),
    )
