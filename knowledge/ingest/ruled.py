"""Tables drawn with rules on the pages of a PDF; the only importer of pdfplumber."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from io import BytesIO
from typing import Any, NamedTuple

from knowledge.ingest.titles import rejoin

MOST_PAGES = 100
"""Reading the rules of a page takes some 50 milliseconds: on later pages tables are read as lines."""
LEAST_FILLED = 0.4


class Ruled(NamedTuple):
    """A table and its place on the page, in points from the lower left."""

    left: float
    bottom: float
    right: float
    top: float
    cells: tuple[tuple[str, ...], ...]

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a place is inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class RuledTables:
    """Finds the tables of a PDF, page by page."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None
        self._left = MOST_PAGES

    def close(self) -> None:
        """Free what the library holds."""
        if self._pdf:
            self._pdf.close()

    def on(self, page: int) -> list[Ruled]:
        """Return the tables of a page, counted from 1; none where its drawing is damaged."""
        if not self._left:
            return []
        self._left -= 1
        try:
            return list(self._find(page))
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
            return []  # pdfminer fails so on damaged objects; what is drawn is still read as lines

    def _find(self, page: int) -> Iterator[Ruled]:
        if self._pdf is None:
            import pdfplumber

            self._pdf = pdfplumber.open(BytesIO(self._data))
        read = self._pdf.pages[page - 1]
        try:
            for table in read.find_tables():
                cells = tuple(tuple(_join(cell) for cell in row) for row in table.extract())
                if _is_table(cells):
                    left, top, right, bottom = table.bbox
                    yield Ruled(left - 1, read.height - bottom - 1, right + 1, read.height - top + 1, cells)
        finally:
            read.close()


def _join(cell: str | None) -> str:
    return reduce(rejoin, (cell or "").split("\n"))


def _is_table(cells: tuple[tuple[str, ...], ...]) -> bool:
    """Tell whether rules enclose a table, not a page or a picture."""
    filled = [bool(cell) for row in cells for cell in row]
    return len(cells) > 1 and len(cells[0]) > 1 and sum(filled) >= LEAST_FILLED * len(filled)
