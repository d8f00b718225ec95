"""What is deleted because nobody needs it any more, in small transactions that hold nobody up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, and_, delete, select, tuple_

from bot.store.arrivals import remember
from bot.store.chats import KeptChats, conversation_of
from bot.store.database import Database
from bot.store.rows import State
from bot.store.schema import action, alert_run, attempt, chat, delivery, inbound, link, pause, planned_slot

BATCH = 2000

ATTEMPTS = timedelta(days=30)
INBOUND = timedelta(days=7)
DELIVERIES = timedelta(days=90)
ACTIONS = timedelta(days=90)
SLOTS = timedelta(days=14)
"""No slot older than a day is planned, and the keys of deliveries are kept longer."""
GONE = timedelta(days=30)
"""How long a chat that blocked or removed the bot is kept, for the case that it comes back."""

_ENDED = (State.SENT, State.DEAD, State.EXPIRED, State.SUPPRESSED, State.HELD)


@dataclass(frozen=True, slots=True)
class Pruning:
    """Deletes what is old."""

    database: Database

    def prune(self, now: datetime) -> Mapping[str, int]:
        """Delete what is too old; return how many rows of which table. Raises StoreError."""
        deleted = {table.name: count for table, old in _old(now) if (count := self._delete(table, old))}
        gone = self._forget_gone(now)
        return deleted | ({"chat": gone} if gone else {})

    def _forget_gone(self, now: datetime) -> int:
        """Forget the chats that have long been gone and share their account with no other place."""
        long_gone = (chat.c.gone_reason.is_not(None), chat.c.gone_at < now - GONE)
        linked = select(link.c.chat_id).where(link.c.chat_id == chat.c.id).exists()
        with self.database.read() as connection:
            rows = connection.execute(select(chat).where(*long_gone, ~linked).limit(BATCH)).all()
        chats = KeptChats(self.database)
        return sum(chats.forget(conversation_of(row)) for row in rows)

    def _delete(self, table: Table, old: ColumnElement[bool]) -> int:
        key = tuple_(*table.primary_key)
        deleted, batch = 0, BATCH
        while batch == BATCH:
            some = select(*table.primary_key).where(old).limit(BATCH)
            with self.database.write() as connection:
                gone = connection.execute(delete(table).where(key.in_(some)).returning(*table.c)).all()
                if table is delivery:
                    remember(connection, gone)
            batch = len(gone)
            deleted += batch
        return deleted


def _old(now: datetime) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    yield attempt, attempt.c.ended_at < now - ATTEMPTS
    yield inbound, inbound.c.received_at < now - INBOUND
    yield delivery, and_(delivery.c.state.in_(_ENDED), delivery.c.due_at < now - DELIVERIES)
    yield alert_run, and_(alert_run.c.closed_at.is_not(None), alert_run.c.planned_at < now - DELIVERIES)
    yield action, action.c.used_at < now - ACTIONS
    yield planned_slot, planned_slot.c.local_date < (now - SLOTS).date()
    yield pause, pause.c.until < now - ATTEMPTS
