"""What a reader makes of a file, before anything is known about its articles.

A file that may hold a whole digest becomes one Document; a file of rows or entries becomes a Feed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read and the name that errors and notes call it by."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without the blanks around it.

    `page` is the page of the file, counted from 1, where the format tells it; `level` is the rank of a
    heading, from 1 down, where the format marks headings, else 0; `indented` tells of blanks before the text.
    """

    text: str
    page: int | None = None
    level: int = 0
    indented: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file read as lines, with the title and date that its format states apart from the text."""

    lines: tuple[Line, ...]
    title: str = ""
    published: date | None = None


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
