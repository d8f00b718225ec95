"""Tables for a terminal: columns aligned by cells; one record below the other where they do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from bot.terminal.wrap import wrap
from handlers.reply import EMPTY_CELL

_GAP = "  "


def table_lines(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[Text]:
    """Yield the header and the rows, at most `width` cells wide."""
    filled = [[cell or EMPTY_CELL for cell in row] for row in (columns, *rows)]
    widths = [max(map(cell_len, column)) for column in zip(*filled, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        yield from _records(columns, rows, width)
        return
    right = [_is_numeric(column) for column in zip(*rows, strict=True)] or [False] * len(columns)
    for position, row in enumerate(filled):
        cells = [_padded(*cell) for cell in zip(row, widths, right, strict=True)]
        yield Text(_GAP.join(cells).rstrip(), style="" if position else "bold")


def _is_numeric(cells: Sequence[str]) -> bool:
    return all(cell[:1] in "+-−0123456789" for cell in cells)


def _padded(cell: str, width: int, right: bool) -> str:
    space = " " * (width - cell_len(cell))
    return space + cell if right else cell + space


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[Text]:
    for row in rows:
        yield from wrap(Text(row[0], style="bold"), width)
        told = ((column, cell) for column, cell in zip(columns[1:], row[1:], strict=True) if cell)
        for column, cell in told:
            lead = Text(f"{_GAP}{column} ", style="dim")
            yield from wrap(Text(cell), width, first=lead, rest=Text(_GAP * 2))
