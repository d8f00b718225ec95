"""Breaking text into lines of so many terminal cells: between Chinese characters, never inside a word.

A word is a run without spaces and without Chinese, a date (2024年3月), a figure with its unit (337.7 万个),
or one Chinese character; punctuation stays with the word that it may not stand apart from. The entries of a
line, which have raised dots between them, stay whole as long as that leaves no gap of half a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells
from rich.text import Text

_CHINESE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPENING = "《（“‘「『【〈〔"
_CLOSING = "，。、；：？！》）”’」』】〉〕…％"
_DATE = r"\d{4}年\d{1,2}月(?:\d{1,2}日|[初底末])?"
_WORD = (
    rf"第?[^\s{_CHINESE}{_OPENING}{_CLOSING}]+(?:(?<=\d) ?(?:[千万亿]+[元个户]?|[年月日个篇页期%][初底末]?))?"
)
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:{_DATE}|{_WORD}|\S)?[{_CLOSING}]*(?: ·)?")
_DOT = " · "
NO_LEAD = Text()


def wrap(text: Text, width: int, *, first: Text = NO_LEAD, rest: Text = NO_LEAD) -> Iterator[Text]:
    """Yield lines of at most `width` cells: the first led by `first`, the others by `rest`."""
    room = max(1, width - max(first.cell_len, rest.cell_len))
    lead = first
    for paragraph in text.split("\n", allow_blank=True):
        for line in paragraph.divide(_line_starts(paragraph.plain, room)):
            line.rstrip()
            yield Text.assemble(lead, line)
            lead = rest


def fill(pieces: Iterable[Text], separator: Text, width: int) -> Iterator[Text]:
    """Yield lines of pieces with `separator` between them; a piece is broken only where it is too wide."""
    line = Text()
    for piece in pieces:
        if not line:
            line = piece
        elif line.cell_len + separator.cell_len + piece.cell_len <= width:
            line = Text.assemble(line, separator, piece)
        else:
            yield from wrap(line, width)
            line = piece
    yield from wrap(line, width)


def _line_starts(line: str, room: int) -> list[int]:
    starts: list[int] = []
    at = used = 0
    entry = cells_of_entry = 0  # where the last entry on this line begins, and how wide it is so far
    for piece in _pieces(line, room):
        cells = cell_len(piece)
        if used and used + cells > room and not piece.isspace():
            moved = entry > 0 and cells_of_entry <= room // 2 and cells_of_entry + cells <= room
            starts.append(entry if moved else at)
            used = cells_of_entry if moved else 0
            entry = 0
        used += cells
        at += len(piece)
        cells_of_entry += cells
        if line.endswith(_DOT, 0, at):
            entry, cells_of_entry = at, 0
    return starts


def _pieces(line: str, room: int) -> Iterator[str]:
    for piece in _PIECE.findall(line):
        yield from chop_cells(piece, room) if cell_len(piece) > room else (piece,)
