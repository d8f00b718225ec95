"""Keep a message once however many get it, and what a chat was sent by the message that brought it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MESSAGE = sa.table(
    "message",
    sa.column("id", sa.Integer),
    *(sa.column(name, sa.String) for name in ("digest", "payload", "articles", "figures")),
)
RECEIVED = sa.table(
    "received", *(sa.column(name, sa.Integer) for name in ("chat_id", "message_id", "delivery_id"))
)
ALERTED = sa.table(
    "alerted",
    sa.column("chat_id", sa.Integer),
    sa.column("article_id", sa.String),
    sa.column("delivery_id", sa.Integer),
)


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String, nullable=False, unique=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("articles", sa.Text, nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
    )
    op.create_table(
        "received",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "chat_id", sa.Integer, sa.ForeignKey("chat.id", ondelete="CASCADE"), nullable=False, index=True
        ),
        sa.Column("message_id", sa.Integer, sa.ForeignKey("message.id"), nullable=False, index=True),
        sa.Column("delivery_id", sa.Integer),
    )
    op.add_column("delivery", sa.Column("message_id", sa.Integer))
    op.create_index("ix_delivery_message_id", "delivery", ["message_id"])
    _move_payloads()
    _move_articles()
    op.drop_column("delivery", "payload")
    op.drop_column("told", "delivery_id")
    op.drop_table("alerted")


def downgrade() -> None:
    op.create_table(
        "alerted",
        sa.Column(
            "chat_id",
            sa.Integer,
            sa.ForeignKey("chat.id", ondelete="CASCADE"),
            primary_key=True,
            nullable=False,
            autoincrement=False,
        ),
        sa.Column("article_id", sa.String, primary_key=True),
        sa.Column("delivery_id", sa.Integer),
    )
    op.add_column("told", sa.Column("delivery_id", sa.Integer))
    op.add_column("delivery", sa.Column("payload", sa.Text, nullable=False, server_default=""))
    _move_articles_back()
    op.execute(
        "UPDATE delivery SET payload = "
        "coalesce((SELECT payload FROM message WHERE message.id = delivery.message_id), '')"
    )
    op.drop_index("ix_delivery_message_id", "delivery")
    op.drop_column("delivery", "message_id")
    op.drop_table("received")
    op.drop_table("message")


def _move_payloads() -> None:
    """Give each delivery that has words a message of its own: few are under way at any time."""
    op.execute(
        "INSERT INTO message (digest, payload, articles, figures) "
        "SELECT 'delivery ' || id, payload, '[]', '[]' FROM delivery WHERE payload <> ''"
    )
    op.execute(
        "UPDATE delivery SET message_id = "
        "(SELECT id FROM message WHERE message.digest = 'delivery ' || delivery.id)"
    )


def _move_articles() -> None:
    articles = defaultdict(list)
    for chat_id, article in op.get_bind().execute(sa.select(ALERTED.c.chat_id, ALERTED.c.article_id)):
        articles[chat_id].append(article)
    for chat_id, held in articles.items():
        _receive(chat_id, held)


def _receive(chat_id: int, articles: list[str]) -> None:
    row: Mapping[str, object] = {
        "digest": f"chat {chat_id}",
        "payload": "",
        "articles": json.dumps(articles),
        "figures": "[]",
    }
    op.get_bind().execute(sa.insert(MESSAGE).values(row))
    made = sa.select(MESSAGE.c.id).where(MESSAGE.c.digest == row["digest"])
    message_id = op.get_bind().execute(made).scalar_one()
    op.get_bind().execute(sa.insert(RECEIVED).values(chat_id=chat_id, message_id=message_id))


def _move_articles_back() -> None:
    received = sa.select(RECEIVED.c.chat_id, MESSAGE.c.articles).join(
        MESSAGE, MESSAGE.c.id == RECEIVED.c.message_id
    )
    marks = {
        (chat_id, article)
        for chat_id, articles in op.get_bind().execute(received)
        for article in json.loads(articles)
    }
    for chat_id, article in sorted(marks):
        op.get_bind().execute(sa.insert(ALERTED).values(chat_id=chat_id, article_id=article))
