"""The tables, as queries see them; `migrations/` makes them, and a test holds the two together.

chat 1-n subscription     what a chat follows
chat 1-n planned_slot     the slots of local dates for which its alert was planned, sent or not
chat 1-n received n-1 message   what it was sent by deliveries that are not kept any more
chat 1-n told             the figures that it knew from the start, by what they state
message 1-n delivery      a rendered alert, kept once however many get it, and what it brings
chat 1-n delivery         the outbox: an alert on its way, and afterwards the ledger of it; it tells what the
                          chat was sent, so that no article and no figure comes twice
chat 1-n link             other places of the same account: they share all that the chat has
chat 1-1 link_code        the code that links another place to it, while it counts
link_try                  who typed wrong codes
edition                   which content of the index was in use, and since when
alert_run 1-n delivery    what was planned for one moment, from one version of the index
delivery 1-n attempt      how each attempt to send it ended; only added to
pause                     a platform, or one chat of it, that takes nothing until a moment
inbound                   what platforms sent us, stored before it is confirmed to them
lease                     what only one process may do at a time, and who does it
miss                      how many questions found nothing on a day, and, if switched on, which
source                    what is looked at again and again for news
action                    the long actions behind short button tokens
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC by every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the library's signature)
        """Turn any zone into UTC. Raises ValueError for a naive datetime."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a datetime needs its time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the library's signature)
        """Give the zone back that SQLite does not keep."""
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def _of_chat(*, primary_key: bool = False) -> Column[int]:
    return Column(
        "chat_id",
        ForeignKey("chat.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        autoincrement=False,
    )


def _address() -> tuple[Column[str], ...]:
    """Return the columns that name a place, as those of a chat do."""
    return tuple(
        Column(name, String, primary_key=True) for name in ("platform", "team", "chat_ref", "thread")
    )


metadata = MetaData()

chat = Table(
    "chat",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("team", String, nullable=False),
    Column("chat_ref", String, nullable=False),
    Column("thread", String, nullable=False),
    Column("schedule", String, nullable=False, server_default="daily 09:00"),
    Column("timezone", String, nullable=False),
    Column("active_since", UtcDateTime, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("language", String),
    Column("gone_reason", String),
    Column("gone_at", UtcDateTime),
    UniqueConstraint("platform", "team", "chat_ref", "thread", name="chat_conversation"),
    Index("chat_due", "timezone", "schedule", "id"),
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_chat(),
    Column("topic", String, nullable=False),
    Column("since", Date),
    Column("created_at", UtcDateTime, nullable=False),
    Column("muted_until", UtcDateTime),
    UniqueConstraint("chat_id", "topic", name="subscription_topic"),
)

edition = Table(
    "edition",
    metadata,
    Column("name", String, primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
)

link = Table(
    "link",
    metadata,
    *_address(),
    Column("chat_id", ForeignKey("chat.id", ondelete="CASCADE"), nullable=False, index=True),
)

link_code = Table(
    "link_code",
    metadata,
    Column("code", String, primary_key=True),
    Column("chat_id", ForeignKey("chat.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("expires_at", UtcDateTime, nullable=False),
)

link_try = Table(
    "link_try",
    metadata,
    *_address(),
    Column("tries", Integer, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

planned_slot = Table(
    "planned_slot",
    metadata,
    Column("chat_id", Integer, primary_key=True, autoincrement=False),
    Column("local_date", Date, primary_key=True),
    Column("slot", String, primary_key=True),
    Column("planned_at", UtcDateTime, nullable=False),
)

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String, nullable=False, unique=True),
    Column("payload", Text, nullable=False),
    Column("topics", Text, nullable=False, server_default="[]"),
    Column("articles", Text, nullable=False),
    Column("figures", Text, nullable=False),
)

received = Table(
    "received",
    metadata,
    _of_chat(primary_key=True),
    Column("message_id", ForeignKey("message.id"), primary_key=True, autoincrement=False, index=True),
)

told = Table(
    "told",
    metadata,
    _of_chat(primary_key=True),
    Column("figure", String, primary_key=True),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer),
    Column("platform", String, nullable=False),
    Column("message_id", Integer, index=True),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("ambiguous", Integer, nullable=False, default=0),
    Column("not_before", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("lease_owner", String),
    Column("lease_until", UtcDateTime),
    Column("last_error", String),
    Column("sent_at", UtcDateTime),
    Column("run_key", String),
    Column("due_at", UtcDateTime),
    Column("parts_sent", Integer, nullable=False, default=0, server_default="0"),
    Column("platform_message_id", String),
    Index("delivery_of_chat", "chat_id", "state", "message_id"),
    Index("delivery_of_run", "run_key", "state"),
    Index("delivery_due", "state", "platform", "not_before", "id"),
)

pause = Table(
    "pause",
    metadata,
    Column("platform", String, primary_key=True),
    Column("scope", String, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("reason", String, nullable=False),
)

alert_run = Table(
    "alert_run",
    metadata,
    Column("run_key", String, primary_key=True),
    Column("index_version", String, nullable=False),
    Column("due_count", Integer, nullable=False),
    Column("planned_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("delivery_id", ForeignKey("delivery.id", ondelete="CASCADE"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("outcome", String, nullable=False),
    Column("status", String),
    Column("retry_after", Float),
    Index("attempt_of_delivery", "delivery_id"),
    Index("attempt_ended", "ended_at"),
)

inbound = Table(
    "inbound",
    metadata,
    Column("platform", String, primary_key=True),
    Column("event_key", String, primary_key=True),
    Column("received_at", UtcDateTime, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("tries", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Index("inbound_received", "received_at"),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("term", Integer, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

miss = Table(
    "miss",
    metadata,
    Column("day", Date, primary_key=True),
    Column("text", String, primary_key=True),
    Column("times", Integer, nullable=False),
)

source = Table(
    "source",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("location", String, nullable=False, unique=True),
    Column("title", String, nullable=False),
    Column("address", String, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("checked_at", UtcDateTime),
    Column("etag", String, nullable=False),
    Column("last_modified", String, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("trouble", String),
)

action = Table(
    "action",
    metadata,
    Column("token", String, primary_key=True),
    Column("action", Text, nullable=False),
    Column("used_at", UtcDateTime),
)
