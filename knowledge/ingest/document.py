"""What a reader makes of a file, before anything is known about its articles.

A file that may hold a whole digest becomes one Document; a file of rows or entries becomes a Feed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read and the name that errors and notes call it by.

    `data` is the content of a file in an archive.
    """

    path: Path
    name: str
    data: bytes | None = None

    def open(self) -> BinaryIO:
        """Open the file's content for reading. Raises OSError."""
        return self.path.open("rb") if self.data is None else BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the blanks around it.

    `page` is the page of the file, counted from 1, where the format tells it; `level` is the rank of a
    heading, from 1 down, where the format marks headings, else 0; `indented` tells of blanks before the text.
    A `whole` line is a paragraph that nothing is joined to, such as the row of a table.
    """

    text: str
    page: int | None = None
    level: int = 0
    indented: bool = False
    whole: bool = False


class Mark(NamedTuple):
    """A place that a format's own table of contents names; `level` counts from 1 at the top."""

    title: str
    page: int | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file read as lines, with the title, date and address that its format states apart from the text.

    `outline` are the places that the format itself names: bookmarks, and links from printed contents. `feeds`
    are the addresses of the feeds that a page offers.
    """

    lines: tuple[Line, ...]
    title: str = ""
    published: date | None = None
    url: str | None = None
    outline: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


class Item(NamedTuple):
    """One article of a feed: a row of a .jsonl file. `issue` is "" where the row names none."""

    id: str
    title: str
    text: str
    section: str = ""
    issue: str = ""
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Ready articles: the newest date under each issue's name, and the items, read as asked for."""

    issues: Mapping[str, date | None]
    items: Iterator[Item]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of an archive, by their paths inside."""

    members: Mapping[str, Document | Feed]
    notes: tuple[str, ...] = ()
