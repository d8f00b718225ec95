"""Remember which figures a chat was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "told",
        sa.Column(
            "chat_id",
            sa.Integer,
            sa.ForeignKey("chat.id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("figure", sa.String, primary_key=True),
    )


def downgrade() -> None:
    op.drop_table("told")
