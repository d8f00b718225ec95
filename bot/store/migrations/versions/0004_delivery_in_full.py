"""Keep events, attempts, leases and runs; let a pause hold for one chat."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _make_tables()
    for column in (
        sa.Column("run_key", sa.String),
        sa.Column("due_at", MOMENT),
        sa.Column("parts_sent", sa.Integer, nullable=False, server_default="0"),
        sa.Column("platform_message_id", sa.String),
    ):
        op.add_column("delivery", column)
    op.execute("UPDATE delivery SET due_at = not_before")
    op.create_index("delivery_of_run", "delivery", ["run_key", "state"])
    op.add_column("action", sa.Column("used_at", MOMENT))
    now = sa.bindparam("now", datetime.now(UTC), MOMENT)
    op.get_bind().execute(sa.text("UPDATE action SET used_at = :now").bindparams(now))
    _remake_pauses(["platform", "scope"], "SELECT platform, '', until, reason FROM pause")


def downgrade() -> None:
    _remake_pauses(["platform"], "SELECT platform, until, reason FROM pause WHERE scope = ''")
    op.drop_column("action", "used_at")
    op.drop_index("delivery_of_run", "delivery")
    for column in ("run_key", "due_at", "parts_sent", "platform_message_id"):
        op.drop_column("delivery", column)
    for table in ("alert_run", "lease", "attempt", "inbound"):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "inbound",
        sa.Column("platform", sa.String, primary_key=True),
        sa.Column("event_key", sa.String, primary_key=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("inbound_received", "inbound", ["received_at"])
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "delivery_id", sa.Integer, sa.ForeignKey("delivery.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("status", sa.String),
        sa.Column("retry_after", sa.Float),
    )
    op.create_index("attempt_of_delivery", "attempt", ["delivery_id"])
    op.create_index("attempt_ended", "attempt", ["ended_at"])
    op.create_table(
        "lease",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("owner", sa.String, nullable=False),
        sa.Column("term", sa.Integer, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )
    op.create_table(
        "alert_run",
        sa.Column("run_key", sa.String, primary_key=True),
        sa.Column("index_version", sa.String, nullable=False),
        sa.Column("due_count", sa.Integer, nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
    )


def _remake_pauses(key: list[str], kept: str) -> None:
    """Neither database changes a primary key alike: the few rows move to a table of the new shape."""
    op.create_table(
        "new_pause",
        *(sa.Column(name, sa.String, primary_key=True) for name in key),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
    op.execute(f"INSERT INTO new_pause {kept}")
    op.drop_table("pause")
    op.rename_table("new_pause", "pause")
