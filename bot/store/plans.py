"""Who may be due, and what was planned for them: the planner's side of the database."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Table, select

from bot.store.chats import conversation_of, settings_of, subscription_of
from bot.store.database import Database, insert
from bot.store.rows import Candidate, Message, Plan, State
from bot.store.schema import alerted, chat, delivery, planned_slot, subscription, told
from handlers.due import due_time, zone_of
from handlers.ports import ChatState

BATCH = 500
"""How many chats are read, and written, in one transaction."""

REMEMBERED = timedelta(days=3)
"""How far back the planned dates are read: a slot older than a day is never planned again."""

Owned: TypeAlias = dict[int, list[Row[Any]]]
"""Rows by the number of the chat they belong to."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The chats to plan for, and the record of what was planned."""

    database: Database

    def due(self, now: datetime, look_back: timedelta) -> Iterator[tuple[Candidate, ...]]:
        """Yield the chats whose alert time came within `look_back` and has no plan yet, in batches.

        Each batch is one transaction. What handlers.alerts decides on top of it costs these chats only.
        """
        for timezone, at in self._alert_times():
            local_date, due = latest_due(timezone, at, now)
            after = 0
            while now < due + look_back and (batch := self._batch(timezone, at, (local_date, due), after)):
                yield batch
                after = batch[-1].chat_id

    def record(self, plans: Sequence[Plan], now: datetime) -> int:
        """Queue the messages of the slots that nobody planned before; return how many there were.

        A chat forgotten in between is passed over.
        """
        with self.database.write() as connection:
            new = _take_slots(connection, plans, now)
            messages = [(plan, plan.message) for plan in new if plan.message]
            _add_new(connection, alerted, [mark for pair in messages for mark in _articles(*pair)])
            _add_new(connection, told, [mark for pair in messages for mark in _figures(*pair)])
            return _add_new(connection, delivery, [_row(*pair, now) for pair in messages])

    def _alert_times(self) -> tuple[tuple[str, time], ...]:
        times = select(chat.c.timezone, chat.c.at_local_time).distinct()
        with self.database.read() as connection:
            return tuple((row.timezone, row.at_local_time) for row in connection.execute(times))

    def _batch(
        self, timezone: str, at: time, slot: tuple[date, datetime], after: int
    ) -> tuple[Candidate, ...]:
        local_date, due = slot
        planned = planned_slot.c.chat_id == chat.c.id, planned_slot.c.local_date == local_date
        open_chats = (
            select(chat)
            .where(chat.c.timezone == timezone, chat.c.at_local_time == at, chat.c.id > after)
            .where(chat.c.paused.is_(False), chat.c.gone_reason.is_(None), chat.c.active_since <= due)
            .where(select(subscription.c.id).where(subscription.c.chat_id == chat.c.id).exists())
            .where(~select(planned_slot.c.slot).where(*planned).exists())
            .order_by(chat.c.id)
            .limit(BATCH)
        )
        with self.database.read() as connection:
            chats = connection.execute(open_chats).all()
            return _candidates(connection, chats, local_date - REMEMBERED)


def latest_due(timezone: str, at: time, now: datetime) -> tuple[date, datetime]:
    """Return the local date whose alert time came last, and when that was."""
    today = now.astimezone(zone_of(timezone)).date()
    due = due_time(today, at, timezone)
    if due <= now:
        return today, due
    yesterday = today - timedelta(days=1)
    return yesterday, due_time(yesterday, at, timezone)


def _candidates(
    connection: Connection, chats: Sequence[Row[Any]], planned_from: date
) -> tuple[Candidate, ...]:
    numbers = [row.id for row in chats]
    followed = _owned(connection, subscription, numbers)
    articles = _owned(connection, alerted, numbers)
    figures = _owned(connection, told, numbers)
    dates = _owned(connection, planned_slot, numbers, planned_slot.c.local_date >= planned_from)
    return tuple(
        Candidate(
            row.id,
            ChatState(
                conversation_of(row),
                settings_of(row),
                tuple(subscription_of(each) for each in followed[row.id]),
                frozenset(each.article_id for each in articles[row.id]),
                frozenset(each.local_date for each in dates[row.id]),
                frozenset(each.figure for each in figures[row.id]),
            ),
        )
        for row in chats
    )


def _owned(connection: Connection, table: Table, chats: list[int], *conditions: Any) -> Owned:
    rows = select(table).where(table.c.chat_id.in_(chats), *conditions).order_by(*table.primary_key)
    owned: Owned = defaultdict(list)
    for row in connection.execute(rows):
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


def _articles(plan: Plan, message: Message) -> Iterator[dict[str, object]]:
    for article in message.articles:
        yield {"chat_id": plan.chat_id, "article_id": article}


def _figures(plan: Plan, message: Message) -> Iterator[dict[str, object]]:
    for figure in message.figures:
        yield {"chat_id": plan.chat_id, "figure": figure}


def _row(plan: Plan, message: Message, now: datetime) -> dict[str, object]:
    return {
        "key": plan.key,
        "chat_id": plan.chat_id,
        "platform": plan.conversation.platform,
        "topics": json.dumps(message.topics, ensure_ascii=False),
        "payload": message.payload,
        "state": State.PENDING,
        "not_before": now,
        "expires_at": message.expires_at,
    }


def _add_new(connection: Connection, table: Table, rows: list[dict[str, object]]) -> int:
    if not rows:
        return 0
    row = insert(connection, table).on_conflict_do_nothing().returning(*table.primary_key)
    return len(connection.execute(row, rows).all())
