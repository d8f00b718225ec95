"""What an operator does with messages that did not arrive: look at them, send them again, or let them be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, select, update

from bot.store.database import Database
from bot.store.rows import State
from bot.store.schema import chat, delivery

STUCK = (State.DEAD, State.HELD, State.EXPIRED)
"""Where a message has ended without having arrived, as far as is known."""

SENT_WITHIN = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message and where it stands; `chat` is "" for one whose chat was forgotten."""

    id: int
    chat: str
    state: State
    attempts: int
    due_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Letters:
    """The deliveries, as an operator sees them."""

    database: Database

    def list(self, states: Collection[State], limit: int) -> Sequence[Letter]:
        """Return messages in these states, the newest first."""
        columns = ("id", "state", "attempts", "due_at", "last_error", "platform")
        found = (
            select(*(delivery.c[name] for name in columns), chat.c.team, chat.c.chat_ref, chat.c.thread)
            .outerjoin(chat, chat.c.id == delivery.c.chat_id)
            .where(delivery.c.state.in_(states))
            .order_by(delivery.c.id.desc())
            .limit(limit)
        )
        with self.database.read() as connection:
            return [
                Letter(
                    row.id,
                    ":".join(filter(None, (row.platform, row.team, row.chat_ref, row.thread)))
                    if row.chat_ref
                    else "",
                    State(row.state),
                    row.attempts,
                    row.due_at,
                    row.last_error,
                )
                for row in connection.execute(found)
            ]

    def retry(self, numbers: Collection[int] | None, now: datetime) -> int:
        """Queue stuck messages again, all where none is named; one that may have arrived stays marked."""
        again = {
            "state": State.PENDING,
            "attempts": 0,
            "ambiguous": case((delivery.c.ambiguous > 0, 1), else_=0),
            "not_before": now,
            "expires_at": now + SENT_WITHIN,
            "last_error": None,
        }
        return self._move(numbers, again)

    def drop(self, numbers: Collection[int] | None) -> int:
        """Let stuck messages be, all where none is named: they are not listed again."""
        return self._move(numbers, {"state": State.SUPPRESSED})

    def _move(self, numbers: Collection[int] | None, values: dict[str, object]) -> int:
        stuck: list[ColumnElement[bool]] = [delivery.c.state.in_(STUCK), delivery.c.chat_id.is_not(None)]
        if numbers is not None:
            stuck.append(delivery.c.id.in_(numbers))
        with self.database.write() as connection:
            return connection.execute(update(delivery).where(*stuck).values(values)).rowcount
