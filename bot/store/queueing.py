"""Messages into the outbox, each kept once however many chats get it, and what arrived by them."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, or_, select

from bot.store.database import insert
from bot.store.rows import Message, Plan, State
from bot.store.runs import run_key
from bot.store.schema import delivery, message, received

NEVER_ARRIVED = (State.EXPIRED, State.SUPPRESSED, State.DEAD)
"""What went out with a delivery that ended so counts as new again."""

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrived:
    """What counts as sent to some chats, or as on its way: the messages of each, and what they brought."""

    messages: Mapping[int, tuple[int, ...]]
    brought: Mapping[int, tuple[frozenset[str], frozenset[str]]]

    def articles(self, chat_id: int) -> frozenset[str]:
        """Return the ids of the articles."""
        return self._union(chat_id, 0)

    def figures(self, chat_id: int) -> frozenset[str]:
        """Return the keys of the figures."""
        return self._union(chat_id, 1)

    def _union(self, chat_id: int, which: int) -> frozenset[str]:
        return _NOTHING.union(*(self.brought[number][which] for number in self.messages.get(chat_id, ())))


def what_arrived(connection: Connection, chats: Sequence[int]) -> Arrived:
    """Look up what some chats were sent."""
    counts = or_(delivery.c.state.is_(None), delivery.c.state.not_in(NEVER_ARRIVED))
    rows = (
        select(received.c.chat_id, received.c.message_id)
        .outerjoin(delivery, delivery.c.id == received.c.delivery_id)
        .where(received.c.chat_id.in_(chats), counts)
    )
    messages: defaultdict[int, list[int]] = defaultdict(list)
    for chat_id, message_id in connection.execute(rows):
        messages[chat_id].append(message_id)
    numbers = {number for mine in messages.values() for number in mine}
    found = select(message.c.id, message.c.articles, message.c.figures).where(message.c.id.in_(numbers))
    brought = {
        number: (frozenset(json.loads(articles)), frozenset(json.loads(figures)))
        for number, articles, figures in (connection.execute(found) if numbers else ())
    }
    return Arrived({chat_id: tuple(mine) for chat_id, mine in messages.items()}, brought)


def queue_messages(connection: Connection, plans: Iterable[Plan], now: datetime) -> int:
    """Add the messages of these plans to the outbox; return how many were not there under their keys."""
    due = [(plan, plan.message) for plan in plans if plan.message]
    if not due:
        return 0
    numbers = _keep(connection, {each for _, each in due})
    rows = [_row(plan, each, now) | {"message_id": numbers[each]} for plan, each in due]
    added = insert(connection, delivery).on_conflict_do_nothing()
    returned = added.returning(delivery.c.id, delivery.c.chat_id, delivery.c.message_id)
    queued = connection.execute(returned, rows).all()
    marks = [{"delivery_id": d, "chat_id": c, "message_id": m} for d, c, m in queued]
    if marks:
        connection.execute(insert(connection, received), marks)
    return len(queued)


def _keep(connection: Connection, messages: Collection[Message]) -> Mapping[Message, int]:
    """Return the numbers of messages, those that are not kept yet being kept first."""
    digests = {_digest(each): each for each in messages}
    numbered = select(message.c.digest, message.c.id).where(message.c.digest.in_(list(digests)))
    known = {row.digest: row.id for row in connection.execute(numbered)}
    if len(known) < len(digests):
        new = [_content(digest, each) for digest, each in digests.items() if digest not in known]
        connection.execute(insert(connection, message).on_conflict_do_nothing(), new)
        known = {row.digest: row.id for row in connection.execute(numbered)}
    return {each: known[_digest(each)] for each in messages}


def _content(digest: str, each: Message) -> dict[str, str]:
    return {
        "digest": digest,
        "payload": each.payload,
        "articles": json.dumps(each.articles),
        "figures": json.dumps(each.figures),
    }


@lru_cache(maxsize=1000)
def _digest(each: Message) -> str:
    content = json.dumps((each.payload, each.articles, each.figures))
    return hashlib.sha256(content.encode()).hexdigest()


def _row(plan: Plan, each: Message, now: datetime) -> dict[str, object]:
    return {
        "key": plan.key,
        "chat_id": plan.chat_id,
        "platform": plan.conversation.platform,
        "topics": json.dumps(each.topics, ensure_ascii=False),
        "state": State.PENDING,
        "run_key": run_key(now),
        "due_at": now,
        "not_before": now,
        "expires_at": each.expires_at,
    }
