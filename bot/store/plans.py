"""Who may be due, and what was planned for them: the planner's side of the database."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, or_, select

from bot.store.chats import conversation_of, settings_of, subscription_of
from bot.store.database import Database, insert
from bot.store.queueing import queue_messages, what_arrived
from bot.store.rows import Candidate, Plan
from bot.store.runs import note
from bot.store.schema import chat, edition, planned_slot, subscription, told
from handlers.due import recent_slots
from handlers.ports import ChatState
from handlers.schedule import Edition, Schedule, Slot, read_schedule

LOG = logging.getLogger(__name__)

BATCH = 1000
"""How many chats are read, and written, in one transaction."""

Owned: TypeAlias = dict[int, list[Row[Any]]]
"""Rows by the number of the chat they belong to."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The chats to plan for, and the record of what was planned."""

    database: Database

    def edition(self, name: str, now: datetime) -> Edition:
        """Return an edition with when it was first seen in use, which is now for one never seen."""
        with self.database.read() as connection:
            seen_at = connection.scalar(select(edition.c.seen_at).where(edition.c.name == name))
        return Edition(name, seen_at or now)

    def see(self, name: str, now: datetime) -> Edition:
        """Note that an edition is in use, and return it."""
        seen = self.edition(name, now)
        if seen.seen_at < now:
            return seen
        with self.database.write() as connection:
            row = insert(connection, edition).values(name=name, seen_at=now)
            connection.execute(row.on_conflict_do_nothing())
        return self.edition(name, now)

    def due(
        self, now: datetime, look_back: timedelta, current: Edition | None = None
    ) -> Iterator[tuple[Candidate, ...]]:
        """Yield the chats of which a slot came within `look_back` and has no plan yet, in batches.

        The edition in use is due for those who want news at once. Each batch is one transaction; what
        handlers.alerts decides on top of it costs these chats only.
        """
        for timezone, schedule in self._schedules():
            slots = recent_slots(schedule, timezone, (now - look_back, now), current)
            after = 0
            while slots and (batch := self._batch(timezone, schedule, slots, after)):
                yield batch
                after = batch[-1].chat_id

    def record(self, plans: Sequence[Plan], now: datetime, edition: str = "") -> int:
        """Queue the messages of the slots that nobody planned before; return how many there were.

        They were made from an edition and belong to the run of this minute. A chat forgotten in between is
        passed over.
        """
        with self.database.write() as connection:
            new = _take_slots(connection, plans, now)
            if queued := queue_messages(connection, new, now):
                note(connection, edition, queued, now)
            return queued

    def _schedules(self) -> Iterator[tuple[str, Schedule]]:
        """Yield what is in use; a line that this version cannot read costs only its own chats."""
        with self.database.read() as connection:
            rows = connection.execute(select(chat.c.timezone, chat.c.schedule).distinct()).all()
        for row in rows:
            try:
                yield row.timezone, read_schedule(row.schedule)
            except ValueError:
                LOG.warning("schedule not understood schedule=%r", row.schedule)

    def _batch(
        self, timezone: str, schedule: Schedule, slots: Sequence[Slot], after: int
    ) -> tuple[Candidate, ...]:
        open_chats = (
            select(chat)
            .where(chat.c.timezone == timezone, chat.c.schedule == schedule.text, chat.c.id > after)
            .where(chat.c.paused.is_(False), chat.c.gone_reason.is_(None))
            .where(or_(*map(_is_open, slots)))
            .where(select(subscription.c.id).where(subscription.c.chat_id == chat.c.id).exists())
            .order_by(chat.c.id)
            .limit(BATCH)
        )
        with self.database.read() as connection:
            chats = connection.execute(open_chats).all()
            return _candidates(connection, chats, min(slot.local_date for slot in slots))


def _is_open(slot: Slot) -> ColumnElement[bool]:
    """Match the chats that were there when a slot came and have no plan for it."""
    planned = (
        select(planned_slot.c.slot)
        .where(planned_slot.c.chat_id == chat.c.id)
        .where(planned_slot.c.local_date == slot.local_date, planned_slot.c.slot == slot.name)
    )
    return and_(chat.c.active_since <= slot.due, ~planned.exists())


def _candidates(
    connection: Connection, chats: Sequence[Row[Any]], planned_from: date
) -> tuple[Candidate, ...]:
    numbers = [row.id for row in chats]
    followed = _by_chat(connection.execute(_of_chats(subscription, numbers)))
    planned = _of_chats(planned_slot, numbers).where(planned_slot.c.local_date >= planned_from)
    slots = _by_chat(connection.execute(planned))
    known = _by_chat(connection.execute(_of_chats(told, numbers)))
    arrived = what_arrived(connection, numbers)
    return tuple(
        Candidate(
            row.id,
            ChatState(
                conversation_of(row),
                settings_of(row),
                tuple(map(subscription_of, followed[row.id])),
                arrived.articles(row.id),
                frozenset((each.local_date, each.slot) for each in slots[row.id]),
                arrived.figures(row.id).union(each.figure for each in known[row.id]),
            ),
        )
        for row in chats
    )


def _of_chats(table: Table, chats: list[int]) -> Select[Any]:
    return select(table).where(table.c.chat_id.in_(chats)).order_by(*table.primary_key)


def _by_chat(rows: Iterable[Row[Any]]) -> Owned:
    owned: Owned = defaultdict(list)
    for row in rows:
        owned[row.chat_id].append(row)
    return owned


def _take_slots(connection: Connection, plans: Sequence[Plan], now: datetime) -> list[Plan]:
    """Mark the slots as planned; return the plans whose slot was free."""
    known = set(connection.scalars(select(chat.c.id).where(chat.c.id.in_({p.chat_id for p in plans}))))
    slots = {(p.chat_id, p.local_date, p.slot): p for p in plans if p.chat_id in known}
    if not slots:
        return []
    row = insert(connection, planned_slot).on_conflict_do_nothing()
    taken = row.returning(planned_slot.c.chat_id, planned_slot.c.local_date, planned_slot.c.slot)
    values = [{"chat_id": c, "local_date": d, "slot": s, "planned_at": now} for c, d, s in slots]
    return [slots[slot] for slot in map(tuple, connection.execute(taken, values))]
