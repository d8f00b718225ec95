"""From the rows of all pages to running text: no headers and footers, paragraphs whole, headings by size.

A row ends a paragraph where what follows would still have fitted into it, where the next row is indented, or
where more room than usual is left between the two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby, pairwise
from statistics import quantiles
from typing import NamedTuple

from knowledge.ingest.contents import read_entry
from knowledge.ingest.document import Line
from knowledge.ingest.page_rows import Row
from knowledge.ingest.tables import write_table
from knowledge.ingest.titles import rejoin, width

MARGIN_ROWS = 3
"""So many rows at the head and at the foot of a page may be a header or a footer."""
HEADER_REPEATS = 3
SAME_HEIGHT = 4.0
"""Points by which a header's place differs from page to page."""
LARGER = 1.1
"""A heading's characters are larger than those of the text by so much."""
LONGEST_HEADING = 100
INDENT = 0.8
"""Of the size: a row that begins so much further in is the first of a paragraph."""
LARGE_GAP = 1.3
"""Of the usual distance of two rows: paragraphs are set apart by more."""
LEAST_COLUMNS, LEAST_TABLE = 3, 3
"""Rows with at least so many parts, so many of them in a row, are a table without rules."""
MANY_ROWS = 40
JUSTIFIED = 0.5
"""Where a greater part of many rows ends at one place, rows are spread to reach it."""
LEAST_BREAKS = 3
"""Where so many rows begin with a full stop or the like, rows are broken anywhere."""
SLACK = 0.03
"""Of the size: so much the width of a character may be misjudged."""
PAGE_GROUP = 6.0
"""Points: columns whose left edges differ by less have one right edge."""

_DIGITS = re.compile(r"\d+")
_FIRST_UNIT = re.compile(r"[A-Za-z0-9.,%+\-/&@#$_]{1,60}|.")
_UNBREAKABLE = frozenset("，。、；：？！）》」』】”’〉…—～%,.;:?!)]}")


class Edge(NamedTuple):
    """The right edge of a column; `justified` tells that its rows are spread to reach it."""

    place: float
    justified: bool = False


class Setting(NamedTuple):
    """How a file is set: the size of its text, the usual distance of rows, the right edge by left edge.

    `anywhere` tells that rows are broken between any two characters, even before a full stop.
    """

    size: float
    leading: float
    edges: Mapping[int, Edge]
    anywhere: bool = False


def flow(pages: Sequence[Sequence[Row]]) -> list[Line]:
    """Return the lines of a file: headings, whole paragraphs, and a sentence for each row of a table."""
    rows = [row for page in _without_margins(pages) for row in page]
    text = [row for row in rows if not row.ruled]
    setting = _measure(text) if text else Setting(0.0, 0.0, {})
    levels = _levels(text, setting.size)
    lines: list[Line] = []
    for cells, run in _runs(rows):
        if cells:
            lines += write_table(cells, caption="\n".join(line.text for line in lines[-2:]), page=run[0].page)
        else:
            lines += (_make_line(part, levels) for part in _paragraphs(run, setting))
    return lines


def _runs(rows: Sequence[Row]) -> Iterator[tuple[list[tuple[str, ...]], list[Row]]]:
    """Give the rows of each table with its cells, and the rows between them, with none."""
    waiting: list[Row] = []
    for columns, group in groupby(rows, key=lambda row: (row.ruled, len(row.cells[0]) if row.cells else 0)):
        run = list(group)
        if columns[0] or (columns[1] >= LEAST_COLUMNS and len(run) >= LEAST_TABLE):
            if waiting:
                yield [], waiting
                waiting = []
            yield [cells for row in run for cells in row.cells], run
        else:
            waiting += run
    if waiting:
        yield [], waiting


def _without_margins(pages: Sequence[Sequence[Row]]) -> Iterator[list[Row]]:
    """Give the rows of each page without those that stand at the same place of several pages."""
    found: Counter[tuple[str, int]] = Counter()
    for page in pages:
        found.update({place for row in _margin(page) for place in _places(row)})
    for page in pages:
        margin = {id(row) for row in _margin(page) if _repeats(row, found)}
        yield [row for row in page if id(row) not in margin]


def _margin(page: Sequence[Row]) -> list[Row]:
    by_height = sorted(page, key=lambda row: -row.y)
    return [*by_height[:MARGIN_ROWS], *by_height[MARGIN_ROWS:][-MARGIN_ROWS:]]


def _places(row: Row) -> tuple[tuple[str, int], tuple[str, int]]:
    """Return what a row says, its numbers aside, with its height, rounded up and down."""
    text, step = _DIGITS.sub("#", row.text), row.y / SAME_HEIGHT
    return (text, int(step)), (text, int(step) + 1)


def _repeats(row: Row, found: Counter[tuple[str, int]]) -> bool:
    return max(found[place] for place in _places(row)) >= HEADER_REPEATS


def _measure(rows: Sequence[Row]) -> Setting:
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[_size(row)] += len(row.text)
    size = sizes.most_common(1)[0][0]
    gaps = Counter(
        round(last.y - row.y, 0)
        for last, row in pairwise(rows)
        if _size(row) == _size(last) == size and row.page == last.page and last.y > row.y
    )
    leading = gaps.most_common(1)[0][0] if gaps else 2 * size
    edges = _edges([row for row in rows if _size(row) == size])
    return Setting(size, leading, edges, sum(row.text[0] in _UNBREAKABLE for row in rows) >= LEAST_BREAKS)


def _edges(rows: Sequence[Row]) -> dict[int, Edge]:
    """Return the right edges of the columns of the file by their left edges."""
    ends: dict[int, list[float]] = {}
    for row in rows:
        ends.setdefault(_column(row), []).append(row.right)
    return {column: _edge(rights) for column, rights in ends.items()}


def _edge(rights: Sequence[float]) -> Edge:
    if len(rights) < MANY_ROWS:
        return Edge(max(rights))
    place = quantiles(rights, n=20)[-1]
    return Edge(place, sum(abs(right - place) < 1.0 for right in rights) > JUSTIFIED * len(rights))


def _column(row: Row) -> int:
    return round(row.left / PAGE_GROUP)


def _size(row: Row) -> float:
    return round(row.size * 2) / 2


def _levels(rows: Sequence[Row], usual: float) -> dict[float, int]:
    """Return the ranks of the sizes that headings have."""
    larger = sorted({_size(row) for row in rows if _size(row) >= LARGER * usual}, reverse=True)
    return {size: min(rank, 6) for rank, size in enumerate(larger, 1)}


def _paragraphs(rows: Sequence[Row], setting: Setting) -> Iterator[list[Row]]:
    part = [rows[0]]
    for last, row in pairwise(rows):
        if _parts(last, row, setting):
            yield part
            part = []
        part.append(row)
    yield part


def _parts(last: Row, row: Row, setting: Setting) -> bool:
    """Tell whether a paragraph ends between two rows."""
    if _size(last) != _size(row) or _is_entry(last) or _has_room(last, row, setting):
        return True
    indent = INDENT * row.size
    if row.x > row.left + indent and row.x > last.x + indent - (last.left - row.left):
        return True
    same_column = row.page == last.page and row.left == last.left
    usual = setting.leading * max(row.size / setting.size, 1.0)
    return same_column and last.y - row.y > LARGE_GAP * usual


def _has_room(last: Row, row: Row, setting: Setting) -> bool:
    """Tell whether the first word of a row would have fitted into the row before."""
    edge = setting.edges.get(_column(last), Edge(last.limit))
    if _size(last) != setting.size:
        edge = Edge(max(edge.place, last.limit))
    if edge.justified and last.right < edge.place - 0.1 * last.size:
        return True
    unit = width(row.text[0]) if setting.anywhere else _first_unit(row.text)
    return last.right + unit * row.size <= edge.place - SLACK * row.size


def _first_unit(text: str) -> float:
    """Return the width of what cannot be parted from the start of a row, in characters."""
    found = _FIRST_UNIT.match(text)
    end = found.end() if found else 0
    while end < len(text) and text[end] in _UNBREAKABLE:
        end += 1
    return width(text[:end])


def _is_entry(row: Row) -> bool:
    """Tell whether a row is an entry of a contents list, with its page."""
    entry = read_entry(row.text[:200])
    return entry.page is not None and (entry.led or bool(row.cells))


def _make_line(part: Sequence[Row], levels: Mapping[float, int]) -> Line:
    first, text = part[0], reduce(rejoin, (row.text for row in part))
    level = levels.get(_size(first), 0) if len(text) <= LONGEST_HEADING else 0
    return Line(text, first.page, level)
