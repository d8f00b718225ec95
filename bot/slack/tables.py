"""Tables for Slack: the table block where one fits, else aligned columns in a monospaced frame."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from bot.slack.blocks import Part, preformatted, table
from bot.slack.pieces import cut, size
from handlers.reply import EMPTY_CELL, Table, Text
from knowledge.normalize import strip_controls

MAX_ROWS = 100
MAX_COLUMNS = 20
MAX_ROW_TEXT = 1_000

Row = tuple[str, ...]


def table_parts(block: Table, limit: int) -> Iterator[Part]:
    """Yield the table in parts of at most `limit` escaped characters, each with the column names."""
    if not block.columns:
        return
    columns, *rows = (_clean_row(row) for row in (block.columns, *block.rows))
    if len(columns) <= MAX_COLUMNS and all(size(_line(row)) <= MAX_ROW_TEXT for row in (columns, *rows)):
        for some in _chunks(columns, rows, limit):
            yield Part(table(some), "\n".join(map(_line, some)))
    else:
        for text in cut(Text(_aligned([columns, *rows])), limit):
            yield Part(preformatted(text.value), text.value)


def _clean_row(row: Row) -> Row:
    """Return the cells on one line each; Slack refuses one without text."""
    return tuple(" ".join(strip_controls(cell).split()) or EMPTY_CELL for cell in row)


def _line(row: Row) -> str:
    return " | ".join(row)


def _chunks(columns: Row, rows: Iterable[Row], limit: int) -> Iterator[list[Row]]:
    chunk = [columns]
    for row in rows:
        if len(chunk) == MAX_ROWS or size("\n".join(map(_line, [*chunk, row]))) > limit:
            yield chunk
            chunk = [columns]
        chunk.append(row)
    yield chunk


def _aligned(rows: list[Row]) -> str:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in rows)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(text: str) -> int:
    """Return how many columns a text takes in a monospaced font: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
