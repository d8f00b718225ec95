"""What platforms sent us, stored before it is confirmed to them, so that a crash loses no command.

An event is taken by the process that accepts it. Where that process dies before it is done, another one
takes the event over: once its handling must have ended, for an hour, and three times at most, so that an
event that kills its handler does not do so for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from bot.store.database import Database, insert
from bot.store.schema import inbound

REPLAYED_FOR = timedelta(hours=1)
"""How old an event may be and still be answered: later the person has moved on."""

MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Event:
    """An event that nobody finished; `body` is what its adapter stored."""

    key: str
    body: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """The table of events."""

    database: Database

    def accept(self, platform: str, event_key: str, body: str, now: datetime) -> bool:
        """Store an event before it is confirmed; False if it is known. Raises StoreError."""
        row = {"platform": platform, "event_key": event_key, "body": body, "tries": 1}
        with self.database.write() as connection:
            added = insert(connection, inbound).values(**row, received_at=now, taken_at=now)
            new = added.on_conflict_do_nothing().returning(inbound.c.event_key)
            return connection.execute(new).first() is not None

    def knows(self, platform: str, event_key: str) -> bool:
        """Tell whether an event is stored, answered or not. Raises StoreError."""
        event = (inbound.c.platform == platform, inbound.c.event_key == event_key)
        with self.database.read() as connection:
            return connection.scalar(select(inbound.c.event_key).where(*event)) is not None

    def done(self, platform: str, event_key: str, now: datetime) -> None:
        """Mark an event as handled and forget what was in it. Raises StoreError."""
        event = (inbound.c.platform == platform, inbound.c.event_key == event_key)
        with self.database.write() as connection:
            connection.execute(update(inbound).where(*event).values(done_at=now, body=""))

    def take_over(self, platform: str, now: datetime, idle: timedelta) -> tuple[Event, ...]:
        """Take the events that nobody finished or touched for `idle`, oldest first. Raises StoreError.

        `idle` is zero where no other process can be at work, else longer than any handling takes.
        """
        orphaned = (
            select(inbound.c.event_key, inbound.c.body)
            .where(inbound.c.platform == platform, inbound.c.done_at.is_(None))
            .where(inbound.c.received_at > now - REPLAYED_FOR, inbound.c.taken_at <= now - idle)
            .where(inbound.c.tries < MOST_TRIES)
            .order_by(inbound.c.received_at, inbound.c.event_key)
            .with_for_update(skip_locked=True)
        )
        with self.database.write() as connection:
            events = tuple(Event(row.event_key, row.body) for row in connection.execute(orphaned))
            keys = [event.key for event in events]
            mine = update(inbound).where(inbound.c.platform == platform, inbound.c.event_key.in_(keys))
            connection.execute(mine.values(taken_at=now, tries=inbound.c.tries + 1))
        return events
