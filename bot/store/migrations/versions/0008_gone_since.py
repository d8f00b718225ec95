"""Know since when a chat is gone, so that it can be forgotten."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("chat", sa.Column("gone_at", MOMENT))
    now = sa.bindparam("now", datetime.now(UTC), MOMENT)
    gone = sa.text("UPDATE chat SET gone_at = :now WHERE gone_reason IS NOT NULL")
    op.get_bind().execute(gone.bindparams(now))


def downgrade() -> None:
    op.drop_column("chat", "gone_at")
