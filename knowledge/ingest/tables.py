"""A table as text: a sentence a row, each cell under its header, so that its figures are read like any other.

    地区 | 5G基站（万个） | 同比增长（%）
    河北 | 10.2           | 12.3            ->  河北：5G基站10.2万个，同比增长12.3%。

Columns of years and quarters give the period of what the row is about: 2022年电信业务收入1.58万亿元，2023年……
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from knowledge.ingest.decode import clean_line
from knowledge.ingest.document import Line

Table = Sequence[Sequence[str]]

MOST_HEADERS = 2
"""So many rows may head a table."""
LONGEST_CELL = 60
"""Tables with longer cells are a layout of text, and are read cell by cell."""
MOST_ROWS = 2_000

_NUMBER = re.compile(r"[<>≥≤≈~约+＋－−–-]?\s?\d[\d,，.\s]*(?:\(?[%％‰]\)?|[万亿千百]{0,2}\S{0,6})")
_PLAIN = re.compile(r"[<>≥≤≈~约+＋－−–-]?\d[\d,.]*")
_EMPTY = re.compile(r"[-–—/／.…*]{0,3}|N/?A|无|null", re.IGNORECASE)
_UNIT = re.compile(
    r"(?P<name>.*?)(?<!\s)\s*(?:[(（\[](?:单位[:：]?\s*)?(?P<unit>[^()（）]{1,8})[)）\]]|[/／](?P<per>\S{1,4}))"
)
_PERIOD = re.compile(
    r"(?:(?:19|20)\d\d\s*年?[度底末]?|截至.{2,12})?(?:第?[一二三四1-4]季度|Q[1-4]|上半年|下半年|前.{1,3}季度|全年"
    r"|\d{1,2}\s*(?:[-—~至]\s*\d{1,2}\s*)?月[份底末]?)?"
)
_TIME = re.compile(
    r"(?:截至)?(?:19|20)\d\d\s*年(?:\d{1,2}(?:[-—~至]\d{1,2})?月[份底末]?|第?[一二三四]季度|[上下]半年|前.{1,2}季度|[底末])?"
)
_COMMON_UNIT = re.compile(r"单位\s*[:：]\s*(?P<unit>[^\s，。；()（）]{1,8})")
_RANK = re.compile(r".{0,6}(?:排名|名次|位次|位)")
_NUMBERING = re.compile(r"序号|编号|No\.?|#", re.IGNORECASE)


class Header(NamedTuple):
    """What stands over a column: the name, and the unit where it is put beside the name."""

    name: str
    unit: str = ""

    @property
    def is_period(self) -> bool:
        """Whether the column is a time: 2023年, 一季度."""
        return bool(self.name) and _PERIOD.fullmatch(self.name) is not None


_Cell = tuple[Header, str]


def write_table(table: Table, *, caption: str = "", page: int | None = None) -> Iterator[Line]:
    """Give a table as lines, a whole one a row; the lines over it, its `caption`, may tell unit and time."""
    rows = [cells for row in table[:MOST_ROWS] if any(cells := [clean_line(cell) for cell in row])]
    if not rows:
        return
    if max(len(row) for row in rows) < 2 or any(len(cell) > LONGEST_CELL for cell in chain(*rows)):
        written = (clean_line(text) for row in table[:MOST_ROWS] for cell in row for text in cell.split("\n"))
        yield from (Line(text, page) for text in written if text)
        return
    heads = list(takewhile(_is_head, rows[:MOST_HEADERS]))
    if len(heads) == len(rows):
        heads = heads[:1]
    common = _COMMON_UNIT.search(caption)
    headers = _headers(heads, common["unit"] if common else "")
    for row in rows[len(heads) :]:
        if text := _write_row(row, headers, _period_of(caption)):
            yield Line(text, page, whole=True)


def _period_of(caption: str) -> str:
    """Return the last time that the lines over a table tell, "" where they are text or tell none."""
    times = [found for line in caption.split("\n") if "。" not in line for found in _TIME.findall(line[:80])]
    return times[-1] if times else ""


def _is_head(row: Sequence[str]) -> bool:
    """Tell whether a row names columns: it has no figure, years aside."""
    return not any(_is_figure(cell) for cell in row)


def _is_figure(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell)) and not (_PERIOD.fullmatch(cell) and len(cell) >= 4)


def _headers(heads: Sequence[Sequence[str]], common: str) -> list[Header]:
    """Return the header of each column; a name over several columns goes before each name under it."""
    size = max((len(row) for row in heads), default=0)
    filled = [_spread(row, size) if n + 1 < len(heads) else row for n, row in enumerate(heads)]
    columns = [[row[i] for row in filled if i < len(row) and row[i]] for i in range(size)]
    return [_read_header("".join(dict.fromkeys(names)), common) for names in columns]


def _spread(row: Sequence[str], size: int) -> list[str]:
    """Return a row in which a name stands also over the empty cells after it."""
    spread = list(row[:1])
    for i in range(1, size):
        cell = row[i] if i < len(row) else ""
        spread.append(cell or (spread[-1] if i > 1 else ""))
    return spread


def _read_header(text: str, common: str) -> Header:
    found = _UNIT.fullmatch(text)
    if found is None:
        return Header(text, common)
    return Header(found["name"], found["unit"] or found["per"])


def _write_row(row: Sequence[str], headers: Sequence[Header], period: str) -> str:
    """Return a row as one sentence, which begins with the period of the table where the row has none."""
    columns = [headers[i] if i < len(headers) else Header("") for i in range(len(row))]
    cells = [(head, cell) for head, cell in zip(columns, row, strict=True) if not _is_numbering(head)]
    label, rest = _take_label(cells)
    said = [(head, cell) for head, cell in rest if not _EMPTY.fullmatch(cell)]
    if not said:
        return f"{label}。" if label else ""
    if any(head.is_period for head, _ in said):
        return "，".join(_write_over_time(_read_header(label, ""), head, cell) for head, cell in said) + "。"
    if _PERIOD.fullmatch(label):
        opening = f"{_as_year(label or period)}，" if label or period else ""
    else:
        opening = (f"{period}，" if period else "") + f"{label}："
    return opening + "，".join(_write_cell(head, cell) for head, cell in said) + "。"


def _take_label(cells: Sequence[_Cell]) -> tuple[str, Sequence[_Cell]]:
    """Return what a row is about, its first words, "" where it has none, and its other cells."""
    place = next((i for i, (_, cell) in enumerate(cells[:2]) if cell and not _is_figure(cell)), None)
    if place is None:
        return "", cells
    return cells[place][1], [*cells[:place], *cells[place + 1 :]]


def _is_numbering(head: Header) -> bool:
    return _NUMBERING.fullmatch(head.name) is not None


def _write_over_time(label: Header, head: Header, cell: str) -> str:
    """Return a cell under a period, of what its row is about."""
    if not head.is_period:
        return _write_cell(head, cell)
    return _as_year(head.name) + _write_cell(Header(label.name, label.unit or head.unit), cell)


def _as_year(name: str) -> str:
    return f"{name}年" if name.isdecimal() else name


def _write_cell(head: Header, cell: str) -> str:
    if not _is_figure(cell):
        return f"{head.name}：{cell}" if head.name else cell
    if _RANK.fullmatch(head.name):
        return f"{head.name}第{cell}"
    bare = _PLAIN.fullmatch(cell) is not None
    return f"{head.name}{cell}{head.unit if bare else ''}"
