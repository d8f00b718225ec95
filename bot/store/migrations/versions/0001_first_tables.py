"""Make the first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _make_chats()
    _make_alert_marks()
    _make_deliveries()
    op.create_table(
        "pause",
        sa.Column("platform", sa.String, primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
    op.create_table(
        "action",
        sa.Column("token", sa.String, primary_key=True),
        sa.Column("action", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("action", "pause", "delivery", "alerted", "planned_slot", "subscription", "chat"):
        op.drop_table(table)


def _make_chats() -> None:
    op.create_table(
        "chat",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("team", sa.String, nullable=False),
        sa.Column("chat_ref", sa.String, nullable=False),
        sa.Column("thread", sa.String, nullable=False),
        sa.Column("at_local_time", sa.Time, nullable=False),
        sa.Column("timezone", sa.String, nullable=False),
        sa.Column("active_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("language", sa.String),
        sa.Column("gone_reason", sa.String),
        sa.UniqueConstraint("platform", "team", "chat_ref", "thread", name="chat_conversation"),
    )
    op.create_index("chat_due", "chat", ["timezone", "at_local_time"])
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_chat(),
        sa.Column("topic", sa.String, nullable=False),
        sa.Column("since", sa.Date),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("chat_id", "topic", name="subscription_topic"),
    )


def _make_alert_marks() -> None:
    op.create_table(
        "planned_slot",
        _of_chat(primary_key=True),
        sa.Column("local_date", sa.Date, primary_key=True),
        sa.Column("slot", sa.String, primary_key=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "alerted",
        _of_chat(primary_key=True),
        sa.Column("article_id", sa.String, primary_key=True),
    )


def _make_deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("chat_id", sa.Integer, sa.ForeignKey("chat.id", ondelete="SET NULL"), index=True),
        sa.Column("platform", sa.String, nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ambiguous", sa.Integer, nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_owner", sa.String),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("last_error", sa.String),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
    )
    op.create_index("delivery_due", "delivery", ["state", "platform", "not_before", "id"])


def _of_chat(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "chat_id",
        sa.Integer,
        sa.ForeignKey("chat.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
        autoincrement=False,
    )
