"""What was planned in one minute, from one version of the index, until the last message of it has ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from bot.store.database import Database, insert
from bot.store.rows import State
from bot.store.schema import alert_run, delivery

_OPEN = (State.PENDING, State.SENDING)


@dataclass(frozen=True, slots=True)
class Run:
    """A run whose messages have all ended, and how many ended how."""

    key: str
    index_version: str
    due: int
    counts: Mapping[State, int]

    @property
    def undelivered(self) -> int:
        """How many messages an operator can look at: dead, or held because nobody knows."""
        return self.counts.get(State.DEAD, 0) + self.counts.get(State.HELD, 0)

    def __str__(self) -> str:
        columns = " ".join(f"{state}={count}" for state, count in sorted(self.counts.items()))
        return f"run={self.key} index={self.index_version} due={self.due} {columns}"


@dataclass(frozen=True, slots=True)
class Runs:
    """The table of runs."""

    database: Database

    def close(self, now: datetime) -> tuple[Run, ...]:
        """Close the runs of which nothing waits any more; each is returned once, to one process."""
        waits = select(delivery.c.id).where(delivery.c.run_key == alert_run.c.run_key)
        over = (alert_run.c.closed_at.is_(None), ~waits.where(delivery.c.state.in_(_OPEN)).exists())
        with self.database.read() as connection:
            if connection.execute(select(alert_run.c.run_key).where(*over).limit(1)).first() is None:
                return ()
        with self.database.write() as connection:
            closed = update(alert_run).where(*over).values(closed_at=now).returning(*alert_run.c)
            return tuple(
                Run(row.run_key, row.index_version, row.due_count, _counts(connection, row.run_key))
                for row in connection.execute(closed).all()
            )


def run_key(now: datetime) -> str:
    """Name the run of a minute, the same for all who plan in it."""
    return f"{now.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def note(connection: Connection, edition: str, queued: int, now: datetime) -> None:
    """Add messages to the run of this minute; one that was closed is open again."""
    row = insert(connection, alert_run).values(
        run_key=run_key(now), index_version=edition, due_count=queued, planned_at=now
    )
    more = {"due_count": alert_run.c.due_count + queued, "closed_at": None}
    connection.execute(row.on_conflict_do_update(index_elements=["run_key"], set_=more))


def _counts(connection: Connection, key: str) -> dict[State, int]:
    each = select(delivery.c.state, func.count()).where(delivery.c.run_key == key)
    return {State(state): count for state, count in connection.execute(each.group_by(delivery.c.state))}
