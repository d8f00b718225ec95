"""Figures as a table to keep: CSV and XLSX, a row a figure, with its sentence and where it was printed.

Every number stands in the file exactly as it is kept; words can never become a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from handlers.citations import heading_of
from handlers.dates import period_text
from handlers.figures import number_text
from handlers.reply import File
from handlers.request import Language
from handlers.texts import Message, label, say
from handlers.texts import export as texts
from knowledge.model import Kind, Metric, Number
from knowledge.normalize import strip_controls

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 10_000

Cell: TypeAlias = Decimal | date | str | None
"""A number, a day, words, or nothing."""

_MOST_CHARACTERS = 32_000  # support.microsoft.com "Excel specifications and limits": 32,767 a cell
_EXACT_DIGITS = 15  # the same page: what a number keeps
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_KINDS = {
    Kind.LEVEL: texts.LEVEL, Kind.GROWTH: texts.GROWTH, Kind.SHARE: texts.SHARE,
    Kind.CAGR: texts.CAGR, Kind.RANK: texts.RANK, Kind.OTHER: texts.OTHER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its name, what stands in it, and how wide it is in characters."""

    name: Message
    cell: Callable[[Metric, Language], Cell]
    width: int = 12


_COLUMNS = (
    _Column(texts.SUBJECT, lambda m, _: m.subject),
    _Column(texts.INDICATOR, lambda m, _: m.indicator, 24),
    _Column(texts.KIND, lambda m, language: label(_KINDS[m.kind], language)),
    _Column(texts.VALUE, lambda m, _: _number(m.quantity.value)),
    _Column(texts.UNIT, lambda m, _: m.quantity.unit, 8),
    _Column(texts.BASE_VALUE, lambda m, _: _number(m.quantity.base_value), 18),
    _Column(texts.BASE_UNIT, lambda m, _: m.quantity.base_unit, 8),
    _Column(texts.PERIOD, lambda m, language: period_text(m.period, language), 18),
    _Column(texts.START, lambda m, _: m.period.start),
    _Column(texts.END, lambda m, _: m.period.end),
    _Column(texts.APPROX, lambda m, _: m.approx, 8),
    _Column(texts.FORECAST, lambda m, language: label(texts.YES if m.forecast else texts.NO, language), 8),
    _Column(texts.STATED_BY, lambda m, _: m.source),
    _Column(texts.SENTENCE, lambda m, _: m.sentence, 60),
    _Column(texts.ARTICLE, lambda m, _: heading_of(m.citation), 30),
    _Column(texts.SECTION, lambda m, _: m.citation.section),
    _Column(texts.PAGE, lambda m, _: Decimal(m.citation.page) if m.citation.page is not None else None, 6),
    _Column(texts.ISSUE, lambda m, _: m.citation.issue.title, 20),
    _Column(texts.PUBLISHED, lambda m, _: m.citation.issue.published),
)


def csv_file(name: str, metrics: Sequence[Metric], language: Language) -> File:
    """Return figures as CSV that Excel opens as UTF-8; `name` is the file's without its suffix."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_names(language))
    writer.writerows([_csv_cell(cell) for cell in row] for row in _rows(metrics, language))
    return _file(f"{name}.csv", text.getvalue().encode("utf-8-sig"), metrics, language)


def xlsx_file(name: str, metrics: Sequence[Metric], language: Language) -> File:
    """Return figures as a sheet whose numbers and days are numbers and days; the header stays in sight."""
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _newest(metrics)})
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _names(language), book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(_COLUMNS):
            sheet.set_column(number, number, column.width)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(_rows(metrics, language), 1):
            _write_row(sheet, number, row, day)
        sheet.autofilter(0, 0, max(len(metrics), 1), len(_COLUMNS) - 1)
    return _file(f"{name}.xlsx", content.getvalue(), metrics, language)


FORMATS: Mapping[str, Callable[[str, Sequence[Metric], Language], File]] = MappingProxyType(
    {"csv": csv_file, "xlsx": xlsx_file}
)
"""The kinds of files by the word that asks for them."""


def _file(name: str, content: bytes, metrics: Sequence[Metric], language: Language) -> File:
    count, shown = min(len(metrics), MOST_ROWS), name.rpartition(".")[0]
    return File(content, name, say(texts.CAPTION, language, name=shown, count=count))


def _names(language: Language) -> list[str]:
    return [label(column.name, language) for column in _COLUMNS]


def _rows(metrics: Sequence[Metric], language: Language) -> Iterator[list[Cell]]:
    for metric in islice(metrics, MOST_ROWS):
        yield [_clean(column.cell(metric, language)) for column in _COLUMNS]


def _number(value: Number) -> Cell:
    """Return a number, a range in words."""
    return number_text(value) if isinstance(value, tuple) else value


def _clean(cell: Cell) -> Cell:
    return strip_controls(cell)[:_MOST_CHARACTERS] if isinstance(cell, str) else cell


def _csv_cell(cell: Cell) -> str:
    """Return a cell as text; words that a spreadsheet would run get an apostrophe before them.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if isinstance(cell, Decimal):
        return number_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if cell and cell.lstrip(" ").startswith(_FORMULA_STARTS) else cell or ""


def _write_row(sheet: Worksheet, number: int, row: Sequence[Cell], day: Format) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _EXACT_DIGITS:
            sheet.write_number(number, column, float(cell))
        elif isinstance(cell, date) and cell >= _FIRST_DAY:
            sheet.write_datetime(number, column, cell, day)
        elif cell is not None:
            sheet.write_string(number, column, cell if isinstance(cell, str) else _csv_cell(cell))


def _newest(metrics: Sequence[Metric]) -> datetime:
    """Return the day that the file says it was made on: that of the newest issue, the same every time."""
    days = (metric.citation.issue.published for metric in metrics)
    return datetime.combine(max(filter(None, days), default=_FIRST_DAY), time())
