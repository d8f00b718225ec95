"""The folders, feeds and pages that are looked at (handlers.ports.Sources, bot.sources.watching)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from bot.sources.source import Kind, Marks, WatchedSource
from bot.store.database import Database, insert
from bot.store.schema import source

MOST_SOURCES = 5_000


@dataclass(frozen=True, slots=True)
class KeptSources:
    """The table of sources."""

    database: Database

    def all(self) -> tuple[WatchedSource, ...]:
        """Return the sources in the order in which they were added."""
        with self.database.read() as connection:
            return tuple(map(_source, connection.execute(select(source).order_by(source.c.number))))

    def add(self, kind: Kind, location: str, title: str, now: datetime) -> bool:
        """Look at a location from now on. False where it is looked at already, or there are too many."""
        row = {"kind": kind, "location": location, "title": title, "due_at": now}
        fresh = {"address": "", "etag": "", "last_modified": "", "failures": 0}
        with self.database.write() as connection:
            if (connection.scalar(select(func.count()).select_from(source)) or 0) >= MOST_SOURCES:
                return False
            added = insert(connection, source).values(**row, **fresh).on_conflict_do_nothing()
            return connection.execute(added.returning(source.c.number)).first() is not None

    def remove(self, number: int) -> bool:
        """Look at a source no more. False if there is none of this number."""
        with self.database.write() as connection:
            return connection.execute(delete(source).where(source.c.number == number)).rowcount == 1

    def save(self, looked_at: WatchedSource) -> None:
        """Keep what a look found out; nothing where the source is gone by now."""
        with self.database.write() as connection:
            row = update(source).where(source.c.number == looked_at.number)
            connection.execute(row.values(**_values(looked_at)))


def _values(looked_at: WatchedSource) -> Mapping[str, object]:
    return {
        "kind": looked_at.kind,
        "title": looked_at.title,
        "address": looked_at.address,
        "due_at": looked_at.due_at,
        "checked_at": looked_at.checked_at,
        "etag": looked_at.marks.etag,
        "last_modified": looked_at.marks.last_modified,
        "failures": looked_at.failures,
        "trouble": looked_at.trouble,
    }


def _source(row: Row[Any]) -> WatchedSource:
    return WatchedSource(
        row.number,
        Kind(row.kind),
        row.location,
        row.title,
        row.due_at,
        row.address,
        row.checked_at,
        Marks(row.etag, row.last_modified),
        row.failures,
        row.trouble,
    )
