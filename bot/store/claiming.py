"""Leasing due messages to a sender, inside the transaction of the caller."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Select, or_, select, update

from bot.store.chats import conversation_of
from bot.store.rows import Delivery, Pause, State
from bot.store.schema import chat, delivery, message, pause, subscription
from handlers.request import Conversation, Language

Span: TypeAlias = tuple[datetime, datetime]
"""Now, and the end of the leases that are given."""


@dataclass(frozen=True, slots=True)
class Sender:
    """A worker of some process that sends on a platform."""

    platform: str
    owner: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Messages leased for sending, and what was found on the way to them.

    `is_all` says that no more are due; `suppressed` were due and no longer wanted, `fenced` outcomes came
    too late to count, `paused` are the pauses that are new.
    """

    deliveries: tuple[Delivery, ...] = ()
    is_all: bool = False
    suppressed: int = 0
    fenced: int = 0
    paused: tuple[Pause, ...] = ()


def claim(connection: Connection, sender: Sender, limit: int, span: Span) -> Claim:
    """Lease up to `limit` due messages that are still wanted; none while the platform is paused."""
    if limit <= 0:
        return Claim()
    if _is_paused(connection, sender.platform, span[0]):
        return Claim(is_all=True)
    suppressed = 0
    while rows := connection.execute(_due(sender.platform, span[0], limit)).all():
        topics = _followed(connection, rows, span[0])
        wanted = [row for row in rows if _is_wanted(row, topics[row.chat_id])]
        _move(connection, [row for row in rows if row not in wanted], state=State.SUPPRESSED)
        suppressed += len(rows) - len(wanted)
        if wanted:
            return Claim(_lease(connection, wanted, sender.owner, span[1]), len(rows) < limit, suppressed)
    return Claim(is_all=True, suppressed=suppressed)


def with_news(claimed: Claim, fenced: int, paused: tuple[Pause, ...]) -> Claim:
    """Return the claim with what saving the outcomes before it found."""
    return replace(claimed, fenced=fenced, paused=paused)


def scope_of(conversation: Conversation) -> str:
    """Name a chat with all its threads, as pauses do."""
    return f"{conversation.team}|{conversation.chat}"


def _is_paused(connection: Connection, platform: str, now: datetime) -> bool:
    whole = (pause.c.platform == platform, pause.c.scope == "", pause.c.until > now)
    return connection.scalar(select(pause.c.until).where(*whole)) is not None


def _due(platform: str, now: datetime, limit: int) -> Select[Any]:
    """Select due rows with their chats; on PostgreSQL rows that another process looks at are passed over."""
    columns = ("id", "chat_id", "topics", "attempts", "ambiguous", "parts_sent")
    scope = chat.c.team + "|" + chat.c.chat_ref
    paused = select(pause.c.until).where(
        pause.c.platform == platform, pause.c.scope == scope, pause.c.until > now
    )
    return (
        select(
            *(delivery.c[name] for name in columns),
            message.c.payload,
            *(column for column in chat.c if column is not chat.c.id),
        )
        .join(chat)
        .join(message, message.c.id == delivery.c.message_id)
        .where(delivery.c.state == State.PENDING, delivery.c.platform == platform)
        .where(delivery.c.not_before <= now, delivery.c.expires_at > now, ~paused.exists())
        .order_by(delivery.c.not_before, delivery.c.id)
        .limit(limit)
        .with_for_update(of=delivery, skip_locked=True)
    )


def _followed(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> Mapping[int, set[str]]:
    """Return what each chat follows and has not muted since."""
    chats = {row.chat_id for row in rows}
    topics: defaultdict[int, set[str]] = defaultdict(set)
    followed = select(subscription.c.chat_id, subscription.c.topic).where(subscription.c.chat_id.in_(chats))
    is_heard = or_(subscription.c.muted_until.is_(None), subscription.c.muted_until <= now)
    for chat_id, topic in connection.execute(followed.where(is_heard)):
        topics[chat_id].add(topic)
    return topics


def _is_wanted(row: Row[Any], followed: set[str]) -> bool:
    """Whether the chat is there, not paused, and still follows something that the message speaks of."""
    return not row.paused and row.gone_reason is None and not followed.isdisjoint(json.loads(row.topics))


def _move(connection: Connection, rows: Sequence[Row[Any]], **values: object) -> None:
    if rows:
        moved = update(delivery).where(delivery.c.id.in_([row.id for row in rows]))
        connection.execute(moved.values(**values))


def _lease(
    connection: Connection, rows: Sequence[Row[Any]], owner: str, until: datetime
) -> tuple[Delivery, ...]:
    lease = {"lease_owner": owner, "lease_until": until}
    _move(connection, rows, state=State.SENDING, attempts=delivery.c.attempts + 1, **lease)
    return tuple(_delivery(row, owner) for row in rows)


def _delivery(row: Row[Any], owner: str) -> Delivery:
    language = Language(row.language) if row.language else None
    return Delivery(
        row.id,
        row.chat_id,
        conversation_of(row),
        language,
        row.payload,
        row.attempts + 1,
        row.ambiguous,
        owner,
        row.parts_sent,
    )
