"""Leasing due messages to a sender, inside the transaction of the caller."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Select, bindparam, or_, select, update

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
    due = {"its_platform": sender.platform, "now": span[0], "most": limit}
    while rows := connection.execute(_DUE, due).all():
        topics = _followed(connection, rows, span[0])
        unwanted = [row.id for row in rows if not _is_wanted(row, topics[row.chat_id])]
        if unwanted:
            connection.execute(_SUPPRESS, {"ids": unwanted})
            suppressed += len(unwanted)
        if wanted := [row for row in rows if row.id not in unwanted]:
            return Claim(_lease(connection, wanted, sender.owner, span[1]), len(rows) < limit, suppressed)
    return Claim(is_all=True, suppressed=suppressed)


def with_news(claimed: Claim, fenced: int, paused: tuple[Pause, ...]) -> Claim:
    """Return the claim with what saving the outcomes before it found."""
    return replace(claimed, fenced=fenced, paused=paused)


def scope_of(conversation: Conversation) -> str:
    """Name a chat with all its threads, as pauses do."""
    return f"{conversation.team}|{conversation.chat}"


def _is_paused(connection: Connection, platform: str, now: datetime) -> bool:
    return connection.scalar(_PAUSE_OF_ALL, {"its_platform": platform, "now": now}) is not None


def _followed(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> Mapping[int, set[str]]:
    """Return what each chat follows and has not muted since."""
    topics: defaultdict[int, set[str]] = defaultdict(set)
    chats = {row.chat_id for row in rows}
    for chat_id, topic in connection.execute(_HEARD, {"chats": chats, "now": now}):
        topics[chat_id].add(topic)
    return topics


def _is_wanted(row: Row[Any], followed: set[str]) -> bool:
    """Whether the chat is there, not paused, and still follows something that the message speaks of."""
    return not row.paused and row.gone_reason is None and not followed.isdisjoint(json.loads(row.topics))


def _lease(
    connection: Connection, rows: Sequence[Row[Any]], owner: str, until: datetime
) -> tuple[Delivery, ...]:
    connection.execute(_LEASE, {"ids": [row.id for row in rows], "its_owner": owner, "until": until})
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


def _due() -> Select[Any]:
    """Select due rows with their chats; on PostgreSQL rows that another process looks at are passed over."""
    columns = ("id", "chat_id", "attempts", "ambiguous", "parts_sent")
    place = ("platform", "team", "chat_ref", "thread", "language", "paused", "gone_reason")
    scope = chat.c.team + "|" + chat.c.chat_ref
    is_paused = _pauses().where(pause.c.scope == scope).exists()
    return (
        select(
            *(delivery.c[name] for name in columns),
            message.c.payload,
            message.c.topics,
            *(chat.c[name] for name in place),
        )
        .join(chat, chat.c.id == delivery.c.chat_id)
        .join(message, message.c.id == delivery.c.message_id)
        .where(delivery.c.state == State.PENDING, delivery.c.platform == bindparam("its_platform"))
        .where(delivery.c.not_before <= bindparam("now"), delivery.c.expires_at > bindparam("now"))
        .where(~is_paused)
        .order_by(delivery.c.not_before, delivery.c.id)
        .limit(bindparam("most"))
        .with_for_update(of=delivery, skip_locked=True)
    )


def _pauses() -> Select[Any]:
    return select(pause.c.until).where(
        pause.c.platform == bindparam("its_platform"), pause.c.until > bindparam("now")
    )


# Written once: putting a statement together costs SQLAlchemy ten times as much as carrying it out.
_DUE = _due()
_PAUSE_OF_ALL = _pauses().where(pause.c.scope == "")
_HEARD = select(subscription.c.chat_id, subscription.c.topic).where(
    subscription.c.chat_id.in_(bindparam("chats", expanding=True)),
    or_(subscription.c.muted_until.is_(None), subscription.c.muted_until <= bindparam("now")),
)
_SUPPRESS = (
    update(delivery).where(delivery.c.id.in_(bindparam("ids", expanding=True))).values(state=State.SUPPRESSED)
)
_LEASE = (
    update(delivery)
    .where(delivery.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=State.SENDING,
        attempts=delivery.c.attempts + 1,
        lease_owner=bindparam("its_owner"),
        lease_until=bindparam("until"),
    )
)
