"""Messages into the outbox, each kept once however many chats get it.

A crowd may be due in one minute: each statement writes the rows of all plans of a batch.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, Integer, select

from bot.store.database import constants, handed_over, insert
from bot.store.rows import Message, Plan, State
from bot.store.runs import run_key
from bot.store.schema import chat, delivery, message, planned_slot
from handlers.schedule import SlotKey


def take_slots(connection: Connection, plans: Iterable[Plan], now: datetime) -> list[Plan]:
    """Mark the slots as planned; return the plans with the chats whose slot was free and who are there."""
    wanted: defaultdict[SlotKey, list[Plan]] = defaultdict(list)
    for plan in plans:
        wanted[plan.local_date, plan.slot].append(plan)
    return [left for slot in sorted(wanted) for left in _take(connection, slot, wanted[slot], now)]


def _take(connection: Connection, slot: SlotKey, plans: Iterable[Plan], now: datetime) -> Iterator[Plan]:
    """Take a slot; yield the plans with the chats that it was free for.

    The rows come in one order from all planners, that they may wait for each other but never in a circle.
    """
    (number,) = handed_over(connection, [(each,) for plan in plans for each in plan.chats], Integer)
    same = {"local_date": slot[0], "slot": slot[1], "planned_at": now}
    there = select(chat.c.id, *constants(planned_slot, same))
    rows = there.where(chat.c.id.in_(select(number))).order_by(chat.c.id)
    row = insert(connection, planned_slot).from_select(["chat_id", *same], rows).on_conflict_do_nothing()
    taken = set(connection.scalars(row.returning(planned_slot.c.chat_id)).all())
    for plan in plans:
        yield replace(plan, chats=tuple(each for each in plan.chats if each in taken))


def queue_messages(connection: Connection, plans: Iterable[Plan], now: datetime) -> int:
    """Add the messages of these plans to the outbox; return how many."""
    due: defaultdict[datetime, list[tuple[Plan, Message]]] = defaultdict(list)
    for plan in plans:
        if plan.message and plan.chats:
            due[plan.message.expires_at].append((plan, plan.message))
    return sum(_queue(connection, due[expires_at], now, expires_at) for expires_at in sorted(due))


def _queue(
    connection: Connection, due: Sequence[tuple[Plan, Message]], now: datetime, expires_at: datetime
) -> int:
    """Nobody else has these chats' slots, so that no row is there yet."""
    kept = _keep(connection, {each for _, each in due})
    same = {
        "state": State.PENDING,
        "run_key": run_key(now),
        "due_at": now,
        "not_before": now,
        "expires_at": expires_at,
    }
    rows = [(chat_id, number) for plan, each in due for number in [kept[each]] for chat_id in plan.chats]
    chat_id, message_id = handed_over(connection, rows, Integer, Integer)
    values = select(chat.c.id, chat.c.platform, message_id, *constants(delivery, same))
    queued = insert(connection, delivery).from_select(
        ["chat_id", "platform", "message_id", *same], values.where(chat.c.id == chat_id)
    )
    return connection.execute(queued, execution_options={"preserve_rowcount": True}).rowcount


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
        "topics": json.dumps(each.topics, ensure_ascii=False),
        "articles": json.dumps(each.articles),
        "figures": json.dumps(each.figures),
    }


@lru_cache(maxsize=1000)
def _digest(each: Message) -> str:
    content = json.dumps((each.payload, each.topics, each.articles, each.figures))
    return hashlib.sha256(content.encode()).hexdigest()
