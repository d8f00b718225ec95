"""Keep whole schedules, muted topics, linked chats, and with which delivery an article went out."""

from __future__ import annotations

from datetime import time

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
FIRST_SCHEDULE = "daily 09:00"


def upgrade() -> None:
    _keep_schedules()
    op.add_column("subscription", sa.Column("muted_until", MOMENT))
    for marks in ("alerted", "told"):
        op.add_column(marks, sa.Column("delivery_id", sa.Integer))
    op.create_table(
        "edition",
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("seen_at", MOMENT, nullable=False),
    )
    _make_links()


def downgrade() -> None:
    for table in ("link_try", "link_code", "link", "edition"):
        op.drop_table(table)
    for marks in ("told", "alerted"):
        op.drop_column(marks, "delivery_id")
    op.drop_column("subscription", "muted_until")
    _keep_times()


def _keep_schedules() -> None:
    chat = sa.table("chat", sa.column("at_local_time", sa.Time), sa.column("schedule", sa.String))
    default = sa.Column("schedule", sa.String, nullable=False, server_default=FIRST_SCHEDULE)
    op.add_column("chat", default)
    for (at,) in op.get_bind().execute(sa.select(chat.c.at_local_time).distinct()).all():
        moved = sa.update(chat).where(chat.c.at_local_time == at)
        op.get_bind().execute(moved.values(schedule=f"daily {at:%H:%M}"))
    op.drop_index("chat_due", "chat")
    op.drop_column("chat", "at_local_time")
    op.create_index("chat_due", "chat", ["timezone", "schedule"])


def _keep_times() -> None:
    """Go back to one time a day: the first of each schedule, nine o'clock where it has none."""
    time_of = sa.Column("at_local_time", sa.Time, nullable=False, server_default="09:00:00.000000")
    op.drop_index("chat_due", "chat")
    op.add_column("chat", time_of)
    chat = sa.table("chat", sa.column("at_local_time", sa.Time), sa.column("schedule", sa.String))
    for (schedule,) in op.get_bind().execute(sa.select(chat.c.schedule).distinct()).all():
        moved = sa.update(chat).where(chat.c.schedule == schedule)
        op.get_bind().execute(moved.values(at_local_time=_first_time(schedule)))
    op.drop_column("chat", "schedule")
    op.create_index("chat_due", "chat", ["timezone", "at_local_time"])


def _first_time(schedule: str) -> time:
    word = schedule.split()[1]
    return time.fromisoformat(word) if word[:1].isdecimal() else time(9)


def _make_links() -> None:
    op.create_table(
        "link",
        *_address(),
        sa.Column(
            "chat_id", sa.Integer, sa.ForeignKey("chat.id", ondelete="CASCADE"), nullable=False, index=True
        ),
    )
    op.create_table(
        "link_code",
        sa.Column("code", sa.String, primary_key=True),
        sa.Column(
            "chat_id", sa.Integer, sa.ForeignKey("chat.id", ondelete="CASCADE"), nullable=False, unique=True
        ),
        sa.Column("expires_at", MOMENT, nullable=False),
    )
    op.create_table(
        "link_try",
        *_address(),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
    )


def _address() -> tuple[sa.Column[str], ...]:
    names = ("platform", "team", "chat_ref", "thread")
    return tuple(sa.Column(name, sa.String, primary_key=True) for name in names)
