"""Write less for each delivery: no key of its own, its topics with the message, what arrived once it is gone.

A slot of a chat is taken once, in the transaction that queues its message: that is the unique key.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

OF_CHAT = "delivery_chat_id_fkey"
NAMES = {"fk": "%(table_name)s_%(column_0_name)s_fkey", "uq": "%(table_name)s_%(column_0_name)s_key"}
DELIVERY = sa.table("delivery", sa.column("message_id", sa.Integer), sa.column("topics", sa.Text))
MESSAGE = sa.table("message", sa.column("id", sa.Integer), sa.column("topics", sa.Text))


def upgrade() -> None:
    op.add_column("message", sa.Column("topics", sa.Text, nullable=False, server_default="[]"))
    _move_topics()
    _make_received(sa.PrimaryKeyConstraint("chat_id", "message_id"))
    op.execute(
        "INSERT INTO new_received (chat_id, message_id) SELECT DISTINCT chat_id, message_id FROM received "
        "WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.id = received.delivery_id)"
    )
    _put_received(["message_id"])
    op.drop_index("ix_delivery_chat_id", "delivery")
    with _attempts_kept(), op.batch_alter_table("delivery", naming_convention=NAMES) as delivery:
        delivery.drop_constraint(OF_CHAT, type_="foreignkey")
        delivery.drop_column("key")
        delivery.drop_column("topics")
    with op.batch_alter_table("planned_slot", naming_convention=NAMES) as slots:
        slots.drop_constraint("planned_slot_chat_id_fkey", type_="foreignkey")
    op.create_index("delivery_of_chat", "delivery", ["chat_id", "state", "message_id"])
    _index_chats("timezone", "schedule", "id")


def downgrade() -> None:
    _index_chats("timezone", "schedule")
    op.drop_index("delivery_of_chat", "delivery")
    with op.batch_alter_table("planned_slot", naming_convention=NAMES) as slots:
        slots.create_foreign_key("planned_slot_chat_id_fkey", "chat", ["chat_id"], ["id"], ondelete="CASCADE")
    op.add_column("delivery", sa.Column("key", sa.String))
    op.add_column("delivery", sa.Column("topics", sa.Text, nullable=False, server_default="[]"))
    op.execute(
        "UPDATE delivery SET key = 'delivery|' || id, topics = "
        "coalesce((SELECT topics FROM message WHERE message.id = delivery.message_id), '[]')"
    )
    with _attempts_kept(), op.batch_alter_table("delivery", naming_convention=NAMES) as delivery:
        delivery.alter_column("key", existing_type=sa.String, nullable=False)
        delivery.alter_column("topics", existing_type=sa.Text, server_default=None)
        delivery.create_unique_constraint("delivery_key_key", ["key"])
        delivery.create_foreign_key(OF_CHAT, "chat", ["chat_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_delivery_chat_id", "delivery", ["chat_id"])
    _make_received(sa.Column("id", sa.Integer, primary_key=True), sa.Column("delivery_id", sa.Integer))
    op.execute("INSERT INTO new_received (chat_id, message_id) SELECT chat_id, message_id FROM received")
    op.execute(
        "INSERT INTO new_received (chat_id, message_id, delivery_id) SELECT chat_id, message_id, id "
        "FROM delivery WHERE chat_id IS NOT NULL AND message_id IS NOT NULL"
    )
    _put_received(["chat_id", "message_id"])
    op.drop_column("message", "topics")


def _move_topics() -> None:
    """Give each message the topics of all its deliveries: names of the same, as different chats call it."""
    topics: defaultdict[int, dict[str, None]] = defaultdict(dict)
    found = sa.select(DELIVERY.c.message_id, DELIVERY.c.topics).distinct()
    for message_id, line in op.get_bind().execute(found.where(DELIVERY.c.message_id.is_not(None))):
        topics[message_id].update(dict.fromkeys(json.loads(line or "[]")))
    for message_id, names in topics.items():
        kept = {"topics": json.dumps(list(names), ensure_ascii=False)}
        op.get_bind().execute(sa.update(MESSAGE).where(MESSAGE.c.id == message_id).values(kept))


def _make_received(*own: sa.schema.SchemaItem) -> None:
    of_chat = sa.ForeignKey("chat.id", ondelete="CASCADE")
    op.create_table(
        "new_received",
        *own,
        sa.Column("chat_id", sa.Integer, of_chat, nullable=False, autoincrement=False),
        sa.Column("message_id", sa.Integer, sa.ForeignKey("message.id"), nullable=False, autoincrement=False),
    )


def _put_received(indexed: list[str]) -> None:
    op.drop_table("received")
    op.rename_table("new_received", "received")
    for column in indexed:
        op.create_index(f"ix_received_{column}", "received", [column])


def _index_chats(*columns: str) -> None:
    op.drop_index("chat_due", "chat")
    op.create_index("chat_due", "chat", columns)


@contextmanager
def _attempts_kept() -> Iterator[None]:
    """Keep the attempts aside: SQLite changes a table by making it anew, and they go with the old one."""
    if op.get_bind().dialect.name != "sqlite":
        yield
        return
    op.execute("CREATE TEMP TABLE kept_attempt AS SELECT * FROM attempt")
    yield
    op.execute("INSERT INTO attempt SELECT * FROM kept_attempt")
    op.execute("DROP TABLE kept_attempt")
