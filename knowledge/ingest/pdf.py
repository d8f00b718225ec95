"""PDF: characters put in order by their places, then rows, columns, paragraphs, headings and tables.

glyphs.py -> page_rows.py -> page_flow.py; tables drawn with rules by ruled.py
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

from knowledge.errors import SourceError
from knowledge.ingest.contents import read_entry
from knowledge.ingest.decode import read_bytes
from knowledge.ingest.document import Document, Mark, SourceFile
from knowledge.ingest.glyphs import Link, Pdf, Sheet
from knowledge.ingest.page_flow import flow
from knowledge.ingest.page_rows import Row, read_rows
from knowledge.ingest.ruled import RuledTables

LEAST_LINKS = 3
LEAST_TEXT = 8
"""A page with fewer characters has none worth speaking of."""
MOST_UNKNOWN = 0.3
"""Where a greater part of the characters is of no known kind, the file lacks the map of its fonts."""


class _Page(NamedTuple):
    """A page that was read; `characters` are how many it has, `unknown` how many of them have no meaning."""

    number: int
    rows: list[Row]
    marks: list[Mark]
    characters: int
    unknown: int


def read(file: SourceFile) -> Document:
    """Return the lines of a PDF. Raises SourceError where it cannot be opened or holds no text."""
    data = read_bytes(file)
    with closing(Pdf(data, file.name)) as pdf, closing(RuledTables(data)) as tables:
        outline = pdf.outline()
        pages = [_read_page(sheet, tables) for sheet in pdf.sheets()]
    _check_text(pages, file.name)
    marks = [mark for page in pages for mark in page.marks]
    linked = tuple(marks) if len(marks) >= LEAST_LINKS else ()
    return Document(
        tuple(flow([page.rows for page in pages])), outline=outline or linked, notes=tuple(_notes(pages))
    )


def _read_page(sheet: Sheet, tables: RuledTables) -> _Page:
    ruled = tables.on(sheet.number) if sheet.ruled and sheet.glyphs else []
    rows = read_rows(sheet.glyphs, sheet.number, ruled)
    marks = list(_linked_marks(rows, sheet.links))
    unknown = sum(unicodedata.category(glyph.text) in {"Co", "Cn"} for glyph in sheet.glyphs)
    return _Page(sheet.number, rows, marks, len(sheet.glyphs), unknown)


def _check_text(pages: Sequence[_Page], name: str) -> None:
    characters = sum(page.characters for page in pages)
    if not any(page.characters >= LEAST_TEXT for page in pages):
        raise SourceError(name, "it holds no text: its pages are pictures, perhaps scanned")
    if sum(page.unknown for page in pages) > MOST_UNKNOWN * characters:
        raise SourceError(name, "its text cannot be read: its fonts do not tell which characters they draw")


def _notes(pages: Sequence[_Page]) -> Iterator[str]:
    empty = [page.number for page in pages if page.characters < LEAST_TEXT]
    if empty:
        shown = ", ".join(map(str, empty[:10])) + (" and others" if len(empty) > 10 else "")
        yield f"no text on {len(empty)} of {len(pages)} pages, perhaps scanned: {shown}"


def _linked_marks(rows: Sequence[Row], links: Sequence[Link]) -> Iterator[Mark]:
    """Give what is written under the links that lead to other pages, in reading order."""
    last: Mark | None = None
    for row in rows:
        link = next((link for link in links if _is_under(row, link)), None)
        if link is None or link.page == row.page:
            continue
        mark = Mark(read_entry(row.text[:200]).title, link.page)
        if mark != last:
            yield mark
        last = mark


def _is_under(row: Row, link: Link) -> bool:
    return (
        link.left <= (row.x + row.right) / 2 <= link.right and link.bottom <= row.y + row.size / 3 <= link.top
    )
