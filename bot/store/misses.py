"""How many questions found nothing on a day, and, if switched on, which (handlers.ports.Misses)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select

from bot.store.database import Database, insert
from bot.store.schema import miss
from handlers.errors import StoreError

LOG = logging.getLogger(__name__)

LONGEST_TEXT = 100
DAYS_KEPT = 90


@dataclass(frozen=True, slots=True)
class Miss:
    """Questions of one day that found nothing: `text` is "" for all that were only counted."""

    day: date
    text: str
    times: int


@dataclass(frozen=True, slots=True)
class KeptMisses:
    """The table of misses. Nothing in it tells who asked; after DAYS_KEPT days it is deleted."""

    database: Database
    keeps_text: bool = False

    def count(self, day: date, text: str) -> None:
        """Count a question that found nothing; an answer goes out even when the database is full."""
        kept = " ".join(text.split())[:LONGEST_TEXT] if self.keeps_text else ""
        try:
            self._add(day, kept)
        except StoreError as error:
            LOG.warning("miss not counted error=%s", error)

    def since(self, day: date) -> list[Miss]:
        """Return the misses from a day on, the newest day first, in it the most frequent."""
        order = (miss.c.day.desc(), miss.c.times.desc(), miss.c.text)
        with self.database.read() as connection:
            rows = connection.execute(select(miss).where(miss.c.day >= day).order_by(*order))
            return [Miss(row.day, row.text, row.times) for row in rows]

    def _add(self, day: date, text: str) -> None:
        with self.database.write() as connection:
            row = insert(connection, miss).values(day=day, text=text, times=1)
            more = {"times": miss.c.times + 1}
            connection.execute(row.on_conflict_do_update(index_elements=["day", "text"], set_=more))
            connection.execute(delete(miss).where(miss.c.day < day - timedelta(days=DAYS_KEPT)))
