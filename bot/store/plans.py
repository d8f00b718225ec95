"""Who may be due, and what was planned for them: the planner's side of the database."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Row, Select, String, Table, and_, cast, func, or_, select

from bot.store.arrivals import what_arrived
from bot.store.chats import conversation_of, settings_of, subscription_of
from bot.store.database import Database, insert
from bot.store.likeness import likeness
from bot.store.queueing import queue_messages, take_slots
from bot.store.rows import Alike, Plan
from bot.store.runs import note
from bot.store.schema import chat, edition, planned_slot, subscription, told
from handlers.due import recent_slots
from handlers.ports import ChatState
from handlers.request import Conversation
from handlers.schedule import Edition, Schedule, Slot, read_schedule

LOG = logging.getLogger(__name__)

BATCH = 5000
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
    ) -> Iterator[tuple[Alike, ...]]:
        """Yield the chats of which a slot came within `look_back` and has no plan yet, in batches.

        Those who get the same come together. The edition in use is due for those who want news at once. Each
        batch is one transaction; what handlers.alerts decides on top of it costs these chats only.
        """
        for timezone, schedule in self._schedules():
            slots = recent_slots(schedule, timezone, (now - look_back, now), current)
            after = 0
            while slots and (batch := self._batch(_open_chats(timezone, schedule, slots, after), slots, now)):
                yield batch
                after = max(each.chats[-1] for each in batch)

    def places(self, chats: Sequence[int]) -> list[Conversation]:
        """Return where some chats are, in their order; one that was forgotten is nowhere."""
        with self.database.read() as connection:
            rows = connection.execute(select(chat).where(chat.c.id.in_(chats)).order_by(chat.c.id)).all()
        return [conversation_of(row) for row in rows]

    def record(self, plans: Sequence[Plan], now: datetime, edition: str = "") -> int:
        """Queue the messages of the slots that nobody planned before; return how many there were.

        They were made from an edition and belong to the run of this minute. A chat forgotten in between is
        passed over.
        """
        with self.database.write() as connection:
            new = take_slots(connection, plans, now)
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

    def _batch(self, open_chats: Select[Any], slots: Sequence[Slot], now: datetime) -> tuple[Alike, ...]:
        planned_from = min(slot.local_date for slot in slots)
        looked_at = open_chats.add_columns(*likeness(now))
        with self.database.read() as connection:
            alike = [_numbers(text) for text in connection.scalars(_together(looked_at))]
            states = _states(connection, [chats[0] for chats in alike], planned_from)
            return tuple(map(Alike, states, alike))


def _open_chats(timezone: str, schedule: Schedule, slots: Sequence[Slot], after: int) -> Select[Any]:
    """Select the number and which slots are open of some chats with an open slot."""
    is_open = [_is_open(slot) for slot in slots]
    which = is_open if len(is_open) > 1 else ()
    return (
        select(chat.c.id, *which)
        .where(chat.c.timezone == timezone, chat.c.schedule == schedule.text, chat.c.id > after)
        .where(chat.c.paused.is_(False), chat.c.gone_reason.is_(None))
        .where(or_(*is_open))
        .where(_how_many(subscription, subscription.c.chat_id == chat.c.id) > 0)
        .order_by(chat.c.id)
        .limit(BATCH)
    )


def _is_open(slot: Slot) -> ColumnElement[bool]:
    """Match the chats that were there when a slot came and have no plan for it."""
    that = (planned_slot.c.local_date == slot.local_date, planned_slot.c.slot == slot.name)
    planned = _how_many(planned_slot, planned_slot.c.chat_id == chat.c.id, *that)
    return and_(chat.c.active_since <= slot.due, planned < 1)


def _how_many(table: Table, *which: ColumnElement[bool]) -> ColumnElement[int]:
    """Count rows, for a condition on each chat.

    Counted rather than joined by EXISTS: no statistics know of today's slots yet, and PostgreSQL, taking
    them for a handful, would read all of them for each chat. Compared by < and >, which it expects to match
    many chats: few that match (=) it would collect and sort, all of them for each batch.
    """
    return select(func.count()).select_from(table).where(*which).scalar_subquery()


def _together(chats: Select[Any]) -> Select[str]:
    """Select the numbers of the chats whose rows are equal otherwise, as one text for all of them."""
    number, *looked_at = chats.subquery().c
    return select(func.aggregate_strings(cast(number, String), " ")).group_by(*looked_at)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(sorted(map(int, text.split())))


def _states(connection: Connection, numbers: list[int], planned_from: date) -> Iterator[ChatState]:
    """Yield all that planning needs to know of some chats, in their order."""
    chats = {row.id: row for row in connection.execute(select(chat).where(chat.c.id.in_(numbers)))}
    followed = _by_chat(connection.execute(_of_chats(subscription, numbers)))
    planned = _of_chats(planned_slot, numbers).where(planned_slot.c.local_date >= planned_from)
    slots = _by_chat(connection.execute(planned))
    known = _by_chat(connection.execute(_of_chats(told, numbers)))
    arrived = what_arrived(connection, numbers)
    for number in numbers:
        yield ChatState(
            conversation_of(chats[number]),
            settings_of(chats[number]),
            tuple(map(subscription_of, followed[number])),
            arrived.articles(number),
            frozenset((each.local_date, each.slot) for each in slots[number]),
            arrived.figures(number).union(each.figure for each in known[number]),
        )


def _of_chats(table: Table, chats: list[int]) -> Select[Any]:
    return select(table).where(table.c.chat_id.in_(chats)).order_by(*table.primary_key)


def _by_chat(rows: Iterable[Row[Any]]) -> Owned:
    owned: Owned = defaultdict(list)
    for row in rows:
        owned[row.chat_id].append(row)
    return owned
