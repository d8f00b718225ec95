"""The outbox: alerts on their way, claimed before they are sent, and kept as the ledger of what was.

Two processes may do all of this at once: a row is sent by whoever holds its lease, an outcome counts only
while the lease stands, and a lease that ran out (a crash) makes the attempt ambiguous.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, case, func, null, or_, select, update

from bot.store.chats import conversation_of
from bot.store.database import Database, insert
from bot.store.rows import Delivery, Settlement, State
from bot.store.schema import chat, delivery, pause, subscription
from handlers.request import Language

LEASE = timedelta(seconds=60)
"""How long a claimed row belongs to its claimer; at least three times the longest attempt to send."""

MOST_AMBIGUOUS = 2
"""How often a message is sent again of which nobody knows whether it arrived."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep found: leases that had run out, and rows too late to send."""

    reaped: int
    expired: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Messages leased for sending, and how many due ones were suppressed on the way to them."""

    deliveries: tuple[Delivery, ...] = ()
    suppressed: int = 0


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The table of deliveries and the pauses of platforms."""

    database: Database

    def sweep(self, now: datetime) -> Sweep:
        """Take back the rows of claimers that died, and end those that nobody wants so late."""
        lost = (delivery.c.state == State.SENDING, delivery.c.lease_until <= now)
        late = (delivery.c.state == State.PENDING, delivery.c.expires_at <= now)
        again = case((delivery.c.ambiguous < MOST_AMBIGUOUS, State.PENDING), else_=State.HELD)
        with self.database.write() as connection:
            back = update(delivery).where(*lost).values(state=again, ambiguous=delivery.c.ambiguous + 1)
            reaped = connection.execute(back.values(last_error="no outcome", **_no_lease())).rowcount
            ended = connection.execute(update(delivery).where(*late).values(state=State.EXPIRED)).rowcount
        return Sweep(reaped, ended)

    def claim(self, platform: str, now: datetime, limit: int) -> Claim:
        """Lease up to `limit` due messages of a platform, oldest first; none while it is paused.

        Those that their chat no longer wants are suppressed and looked past.
        """
        suppressed = 0
        with self.database.write() as connection:
            while rows := connection.execute(_due(platform, now, limit)).all():
                topics = _followed(connection, rows, now)
                wanted = [row for row in rows if _is_wanted(row, topics[row.chat_id])]
                _move(connection, [row for row in rows if row not in wanted], state=State.SUPPRESSED)
                suppressed += len(rows) - len(wanted)
                if wanted:
                    return Claim(_lease(connection, wanted, now), suppressed)
        return Claim(suppressed=suppressed)

    def settle(self, claimed: Delivery, outcome: Settlement, now: datetime) -> bool:
        """Save the outcome of an attempt. False when the lease was lost: then it does not count."""
        held = (delivery.c.id == claimed.id, delivery.c.lease_owner == claimed.owner)
        values = {
            "state": outcome.state,
            "attempts": outcome.attempts,
            "ambiguous": outcome.ambiguous,
            "last_error": outcome.error,
            "sent_at": now if outcome.state is State.SENT else None,
            "not_before": outcome.not_before or now,
        }
        with self.database.write() as connection:
            row = update(delivery).where(*held, delivery.c.state == State.SENDING)
            counts = connection.execute(row.values(**values, **_no_lease())).rowcount > 0
            if counts and outcome.gone:
                gone = update(chat).where(chat.c.id == claimed.chat_id)
                connection.execute(gone.values(gone_reason=outcome.error))
        return counts

    def pause(self, platform: str, until: datetime, reason: str, now: datetime) -> bool:
        """Claim nothing of a platform until then, in every process. False if it was paused already."""
        values = {"until": until, "reason": reason}
        with self.database.write() as connection:
            was_paused = connection.scalar(_paused(platform, now)) is not None
            row = insert(connection, pause).values(platform=platform, scope="", **values)
            longer = pause.c.until < until
            connection.execute(
                row.on_conflict_do_update(index_elements=["platform", "scope"], set_=values, where=longer)
            )
        return not was_paused

    def due(self, now: datetime) -> int:
        """Count the messages that wait to be sent now."""
        waiting = (delivery.c.state == State.PENDING, delivery.c.not_before <= now)
        with self.database.read() as connection:
            return connection.scalar(select(func.count()).select_from(delivery).where(*waiting)) or 0

    def counts(self) -> Mapping[State, int]:
        """Count the deliveries ever made by where they stand."""
        each = select(delivery.c.state, func.count()).group_by(delivery.c.state)
        with self.database.read() as connection:
            return Counter({State(state): count for state, count in connection.execute(each)})


def _no_lease() -> dict[str, object]:
    return {"lease_owner": null(), "lease_until": null()}


def _paused(platform: str, now: datetime) -> Select[tuple[datetime]]:
    return select(pause.c.until).where(pause.c.platform == platform, pause.c.until > now)


def _due(platform: str, now: datetime, limit: int) -> Select[Any]:
    """Select due rows with their chats; on PostgreSQL rows that another process looks at are passed over."""
    return (
        select(
            *(delivery.c[name] for name in ("id", "chat_id", "topics", "payload", "attempts", "ambiguous")),
            *(column for column in chat.c if column is not chat.c.id),
        )
        .join(chat)
        .where(delivery.c.state == State.PENDING, delivery.c.platform == platform)
        .where(delivery.c.not_before <= now, delivery.c.expires_at > now, ~_paused(platform, now).exists())
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


def _lease(connection: Connection, rows: Sequence[Row[Any]], now: datetime) -> tuple[Delivery, ...]:
    owner = uuid4().hex
    lease = {"lease_owner": owner, "lease_until": now + LEASE}
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
    )
