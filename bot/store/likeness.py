"""Which chats are planned alike: one text a chat, put together by the database.

Chats of one schedule with equal texts get the same alerts, so that one of them is looked at closely and
planned for all. A text too many costs time only; two that differ in what matters never read the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, select

from bot.store.arrivals import arrived
from bot.store.schema import chat, delivery, received, subscription, told


def likeness(now: datetime) -> Iterator[ColumnElement[Any]]:
    """Yield what planning looks at, for a select from the table of chats."""
    yield chat.c.language.label("language")
    yield _followed(now).label("followed")
    yield _arrived().label("arrived")
    yield _told().label("told")


def _followed(now: datetime) -> ColumnElement[str]:
    """Put together what a chat follows in its order; a topic is any text, its length says where it ends."""
    is_muted = case((subscription.c.muted_until > now, "muted"), else_="heard")
    words = func.length(subscription.c.topic).concat(":").concat(subscription.c.topic)
    one = words.concat(func.coalesce(cast(subscription.c.since, String), "")).concat(is_muted)
    mine = select(one.label("one")).where(subscription.c.chat_id == chat.c.id).order_by(subscription.c.id)
    return _together(mine.correlate(chat).subquery().c.one)


def _arrived() -> ColumnElement[str]:
    mine = arrived(delivery.c.chat_id == chat.c.id, received.c.chat_id == chat.c.id)
    return _together(cast(mine.subquery().c.message_id, String))


def _told() -> ColumnElement[str]:
    mine = select(told.c.figure.label("one")).where(told.c.chat_id == chat.c.id)
    return _together(mine.correlate(chat).subquery().c.one)


def _together(each: ColumnElement[str]) -> ColumnElement[str]:
    joined: ColumnElement[str] = select(func.aggregate_strings(each, " ")).scalar_subquery()
    return joined
