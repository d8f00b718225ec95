"""What chats were sent, or are about to be: no article and no figure comes twice.

The deliveries tell it for as long as they are kept, and `received` afterwards. What went out with a delivery
that ended without arriving counts as new again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Row, select, union_all

from bot.store.database import insert
from bot.store.rows import State
from bot.store.schema import chat, delivery, message, received

NEVER_ARRIVED = (State.EXPIRED, State.SUPPRESSED, State.DEAD)

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrived:
    """What counts as sent to some chats: the messages of each, and what they brought."""

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


def arrived(of_delivery: ColumnElement[bool], of_received: ColumnElement[bool]) -> CompoundSelect[Any]:
    """Select chat and message of what counts as sent, from either table by its own condition.

    A condition may speak of the table of chats around it.
    """
    sent = delivery.c.state.not_in(NEVER_ARRIVED), delivery.c.message_id.is_not(None)
    return union_all(
        select(delivery.c.chat_id, delivery.c.message_id).where(of_delivery, *sent).correlate(chat),
        select(received.c.chat_id, received.c.message_id).where(of_received).correlate(chat),
    )


def what_arrived(connection: Connection, chats: Sequence[int]) -> Arrived:
    """Look up what some chats were sent."""
    messages: defaultdict[int, list[int]] = defaultdict(list)
    for chat_id, message_id in connection.execute(
        arrived(delivery.c.chat_id.in_(chats), received.c.chat_id.in_(chats))
    ):
        messages[chat_id].append(message_id)
    numbers = {number for mine in messages.values() for number in mine}
    found = select(message.c.id, message.c.articles, message.c.figures).where(message.c.id.in_(numbers))
    brought = {
        number: (frozenset(json.loads(articles)), frozenset(json.loads(figures)))
        for number, articles, figures in (connection.execute(found) if numbers else ())
    }
    return Arrived({chat_id: tuple(mine) for chat_id, mine in messages.items()}, brought)


def remember(connection: Connection, deliveries: Iterable[Row[Any]]) -> None:
    """Keep what chats were sent by these deliveries, which were deleted."""
    rows = [
        {"chat_id": row.chat_id, "message_id": row.message_id}
        for row in deliveries
        if row.chat_id and row.message_id and row.state not in NEVER_ARRIVED
    ]
    if rows:
        connection.execute(insert(connection, received).on_conflict_do_nothing(), rows)
