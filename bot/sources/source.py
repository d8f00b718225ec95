"""The values of keeping up: a source that is looked at, what reading brought, and what a look found out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.sources.spool import Item


class Kind(StrEnum):
    """What a source is; a new address is told apart when it is first looked at."""

    NEW = "new"
    FOLDER = "folder"
    FEED = "feed"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Marks:
    """What a server gave to ask by next time (RFC 9110, section 13)."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request."""
        marks = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in marks.items() if value}


UNMARKED = Marks()


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A folder or address that is looked at.

    `location` is a path or URL as it was given, `address` what is fetched where that is another: the feed
    of a page. `trouble` is why the last look failed, None where it went well or there was none;
    `failures` counts those in a row.
    """

    number: int
    kind: Kind
    location: str
    title: str
    due_at: datetime
    address: str = ""
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
