"""Messages into the outbox, each kept once however many chats get it, and what arrived by them.

A crowd may be due in one minute: each statement writes the rows of all plans of a batch.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, Integer, Row, String, select

from bot.store.database import constants, handed_over, insert
from bot.store.likeness import arrived
from bot.store.rows import Message, Plan, State
from bot.store.runs import run_key
from bot.store.schema import chat, delivery, message, planned_slot, received
from handlers.schedule import SlotKey

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
    rows = (
        select(received.c.chat_id, received.c.message_id)
        .outerjoin(delivery, delivery.c.id == received.c.delivery_id)
        .where(received.c.chat_id.in_(chats), arrived())
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


def take_slots(connection: Connection, plans: Iterable[Plan], now: datetime) -> list[Plan]:
    """Mark the slots as planned; return the plans whose slot was free and whose chat is still there."""
    wanted: defaultdict[SlotKey, dict[int, Plan]] = defaultdict(dict)
    for plan in plans:
        wanted[plan.local_date, plan.slot][plan.chat_id] = plan
    return [
        wanted[slot][number]
        for slot in sorted(wanted)
        for number in _take(connection, slot, list(wanted[slot]), now)
    ]


def _take(connection: Connection, slot: SlotKey, chats: list[int], now: datetime) -> Sequence[int]:
    """Take a slot of some chats; return those that it was free for.

    The rows come in one order from all planners, that they may wait for each other but never in a circle.
    """
    (number,) = handed_over(connection, [(each,) for each in chats], Integer)
    same = {"local_date": slot[0], "slot": slot[1], "planned_at": now}
    there = select(chat.c.id, *constants(planned_slot, same))
    rows = there.where(chat.c.id.in_(select(number))).order_by(chat.c.id)
    taken = insert(connection, planned_slot).from_select(["chat_id", *same], rows).on_conflict_do_nothing()
    return connection.scalars(taken.returning(planned_slot.c.chat_id)).all()


def queue_messages(connection: Connection, plans: Iterable[Plan], now: datetime) -> int:
    """Add the messages of these plans to the outbox; return how many were not there under their keys."""
    due: defaultdict[datetime, list[tuple[Plan, Message]]] = defaultdict(list)
    for plan in plans:
        if plan.message:
            due[plan.message.expires_at].append((plan, plan.message))
    return sum(_queue(connection, due[expires_at], now, expires_at) for expires_at in sorted(due))


def _queue(
    connection: Connection, due: Sequence[tuple[Plan, Message]], now: datetime, expires_at: datetime
) -> int:
    shared = _shared(connection, {each for _, each in due})
    same = {
        "state": State.PENDING,
        "run_key": run_key(now),
        "due_at": now,
        "not_before": now,
        "expires_at": expires_at,
    }
    own = ("chat_id", "platform", "key", "message_id", "topics")
    rows = [(plan.chat_id, plan.conversation.platform, plan.key, *shared[each]) for plan, each in due]
    columns = handed_over(connection, rows, Integer, String, String, Integer, String)
    values = select(*columns, *constants(delivery, same)).order_by(columns[0])
    added = insert(connection, delivery).from_select([*own, *same], values).on_conflict_do_nothing()
    returned = added.returning(delivery.c.chat_id, delivery.c.message_id, delivery.c.id)
    queued = connection.execute(returned).all()
    _mark_received(connection, queued)
    return len(queued)


def _mark_received(connection: Connection, queued: Sequence[Row[tuple[int, int, int]]]) -> None:
    columns = handed_over(connection, [tuple(row) for row in queued], Integer, Integer, Integer)
    marks = insert(connection, received)
    connection.execute(marks.from_select(["chat_id", "message_id", "delivery_id"], select(*columns)))


def _shared(connection: Connection, messages: Collection[Message]) -> Mapping[Message, tuple[int, str]]:
    """Return what the deliveries of each message have in common: its number, and the topics."""
    numbers = _keep(connection, messages)
    return {each: (numbers[each], json.dumps(each.topics, ensure_ascii=False)) for each in messages}


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
