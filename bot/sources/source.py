"""The values of keeping up: a source that is looked at, what reading brought, and what a look found out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.sources.spool import Item
from bot.sources.web import UNMARKED, Marks


class Kind(StrEnum):
    """What a source is; a new address is told apart when it is first looked at."""

    NEW = "new"
    FOLDER = "folder"
    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A folder or address that is looked at.

    `location` is a path or URL, `trouble` why the last look failed, None where it went well or there was
    none; `failures` counts those in a row.
    """

    number: int
    kind: Kind
    location: str
    title: str
    due_at: datetime
    checked_at: datetime | None = None
    marks: Marks = UNMARKED
    failures: int = 0
    trouble: str | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.title or self.location


@dataclass(frozen=True, slots=True)
class Brought:
    """What a fetched body says: its kind and title, its items, and the feeds that a page names."""

    kind: Kind
    title: str
    items: tuple[Item, ...]
    feeds: tuple[str, ...] = ()
