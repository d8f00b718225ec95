"""From the characters of a page to its rows of text, in the order in which a person reads them.

glyphs -> baselines -> segments (no wide gap inside) -> columns -> rows
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from knowledge.ingest.decode import clean_line
from knowledge.ingest.glyphs import Glyph
from knowledge.ingest.ruled import Ruled

SAME_BASELINE = 0.35
"""Characters on one baseline differ in height by at most so much of their size."""
WIDE_GAP = 1.8
"""Of the size: no gap between two words is so wide, only one between columns, cells or tab stops."""
WORD_GAP = 0.18
SPREAD = 0.28
"""Of the size: typesetters put up to a quarter between Chinese and Latin of their own accord."""
LEAST_ROWS = 5
"""A column has at least so many rows."""
NARROWEST = 8.0
"""Of the size: columns of text are wider, columns of figures are not."""
MOST_ACROSS = 0.2
"""Of a page in columns, at most such a part of the rows goes over several columns."""
STEPS = 60
DEEPEST = 3
_STOPS = frozenset("，。、；：？！）》」』】”’")
"""Justifying may widen the gap after these."""


class Row(NamedTuple):
    """A line of text on a page: the place of its ends and its baseline in points, and its size.

    `left` and `limit` are the edges of its column. A row with wide gaps has its parts as one row of `cells`;
    a table drawn with rules is one row with all its cells, and is `ruled`.
    """

    text: str
    x: float
    right: float
    y: float
    size: float
    page: int
    left: float = 0.0
    limit: float = 0.0
    cells: tuple[tuple[str, ...], ...] = ()
    ruled: bool = False


def read_rows(glyphs: Sequence[Glyph], page: int, tables: Sequence[Ruled] = ()) -> list[Row]:
    """Return the rows of a page in reading order, columns one after the other, a ruled table as a row."""
    outside = [g for g in glyphs if not any(table.holds(g.x, g.y) for table in tables)]
    segments = [_make_row(part, page) for line in _baselines(outside) for part in _split_wide(line)]
    segments += [_table_row(table, page) for table in tables]
    return _order(sorted((row for row in segments if row.text), key=lambda row: (-row.y, row.x)), DEEPEST)


def _table_row(table: Ruled, page: int) -> Row:
    text = " ".join(cell for row in table.cells for cell in row if cell)
    return Row(text, table.left, table.right, table.top, 0.0, page, cells=table.cells, ruled=True)


def _baselines(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Give the characters of each baseline from left to right, the uppermost baseline first."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda g: -g.y):
        if line and line[0].y - glyph.y > SAME_BASELINE * max(line[0].size, glyph.size):
            yield list(_with_blanks(line))
            line = []
        line.append(glyph)
    yield list(_with_blanks(line))


def _with_blanks(line: Sequence[Glyph]) -> Iterator[Glyph]:
    """Give the characters in order, each with the blank before it."""
    blank = ""
    for glyph in sorted(line, key=lambda g: g.x):
        if glyph.text.isspace():
            blank = " "
        else:
            yield glyph._replace(text=blank + glyph.text)
            blank = ""


def _split_wide(line: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    part = list(line[:1])
    for last, glyph in pairwise(line):
        if glyph.x - last.right > WIDE_GAP * last.size:
            yield part
            part = []
        part.append(glyph)
    if part:
        yield part


def _make_row(part: Sequence[Glyph], page: int) -> Row:
    size = median(glyph.size for glyph in part)
    gaps = [glyph.x - last.right for last, glyph in pairwise(part)]
    spread = median(gaps) if gaps else 0.0
    text = part[0].text + "".join(
        f" {glyph.text}" if gap - spread > _word_gap(last.text, glyph.text) * size else glyph.text
        for gap, (last, glyph) in zip(gaps, pairwise(part), strict=True)
    )
    return Row(clean_line(text), part[0].x, max(g.right for g in part), part[0].y, size, page)


def _word_gap(last: str, following: str) -> float:
    """Return how wide a gap, beyond the usual one of its row, stands for a blank that is not drawn."""
    if last in _STOPS:
        return WIDE_GAP
    return SPREAD if _is_wide(last[-1]) or _is_wide(following[0]) else WORD_GAP


def _is_wide(text: str) -> bool:
    return "\u2e80" <= text <= "\uffef"


def _order(segments: Sequence[Row], depth: int) -> list[Row]:
    gutter = _find_gutter(segments) if depth and len(segments) >= 2 * LEAST_ROWS else None
    if gutter is None:
        return _bounded(list(_rejoined(segments)))
    rows: list[Row] = []
    for band in _bands(segments, gutter):
        if _is_across(band[0], gutter):
            rows += _bounded(list(_rejoined(band)))
        else:
            rows += _order([row for row in band if row.right <= gutter], depth - 1)
            rows += _order([row for row in band if row.x >= gutter], depth - 1)
    return rows


def _find_gutter(segments: Sequence[Row]) -> float | None:
    """Return where a page parts into columns of text: the place that the fewest rows go across."""
    start, stop = min(row.x for row in segments), max(row.right for row in segments)
    places = (start + (stop - start) * (0.2 + 0.6 * step / STEPS) for step in range(STEPS + 1))
    crossed = [(sum(_is_across(row, x) for row in segments), abs(x - (start + stop) / 2), x) for x in places]
    times, _, gutter = min(crossed)
    sides = ([r for r in segments if r.right <= gutter], [r for r in segments if r.x >= gutter])
    parts = times <= MOST_ACROSS * len(segments) and all(_is_column(side) for side in sides)
    return gutter if parts else None


def _is_column(rows: Sequence[Row]) -> bool:
    return len(rows) >= LEAST_ROWS and median((row.right - row.x) / (row.size or 1.0) for row in rows) >= (
        NARROWEST
    )


def _is_across(row: Row, gutter: float) -> bool:
    return row.x < gutter < row.right


def _bands(segments: Sequence[Row], gutter: float) -> Iterator[list[Row]]:
    """Give the rows over all columns, and between them those in columns, from top to bottom."""
    band: list[Row] = []
    for row in segments:
        if band and _is_across(row, gutter) != _is_across(band[-1], gutter):
            yield band
            band = []
        band.append(row)
    if band:
        yield band


def _rejoined(segments: Sequence[Row]) -> Iterator[Row]:
    """Give the rows, the segments of one baseline joined again from left to right."""
    parts: list[Row] = []
    for part in segments:
        if parts and not _is_level(parts[0], part):
            yield _join(parts)
            parts = []
        parts.append(part)
    if parts:
        yield _join(parts)


def _is_level(row: Row, part: Row) -> bool:
    same = abs(row.y - part.y) <= SAME_BASELINE * max(row.size, part.size)
    return same and not row.ruled and not part.ruled


def _join(parts: list[Row]) -> Row:
    if len(parts) == 1:
        return parts[0]
    parts.sort(key=lambda part: part.x)
    cells = tuple(part.text for part in parts)
    return parts[0]._replace(text=" ".join(cells), right=max(part.right for part in parts), cells=(cells,))


def _bounded(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the edges of the column that they make up."""
    left, limit = min((r.x for r in rows), default=0.0), max((r.right for r in rows), default=0.0)
    return [row._replace(left=left, limit=limit) for row in rows]
