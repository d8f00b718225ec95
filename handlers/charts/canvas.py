"""SVG elements as text: everything that comes from outside is escaped, and no text is wider than its room.

Widths are those of Noto Sans SC, rounded up: a Chinese character is as wide as high.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape
from itertools import accumulate, chain

from knowledge.normalize import strip_controls

WIDTH = 720
MARGIN = 32
INNER = WIDTH - 2 * MARGIN

TITLE = 32
LABEL = 24
SMALL = 20
LINE_HEIGHT = 1.35

INK = "#1f2933"
DIM = "#5f6b7a"
ACCENT = "#2563a8"
BELOW_ZERO = "#c2410c"
PAPER = "#ffffff"

_ELLIPSIS = "…"
_PAUSES = frozenset("年，、；：,;: ")
_WIDEST = frozenset("%@&mwMWOQ—")


def text_width(words: str, size: int) -> float:
    """Return how wide a text is at most, in pixels."""
    return size * sum(map(_width_of, words))


def clean(words: str) -> str:
    """Return a text as one line of visible characters."""
    return " ".join(strip_controls(words).split())


def shortened(words: str, size: int, room: float) -> str:
    """Return as much of a text as fits, an ellipsis in place of the rest."""
    if text_width(words, size) <= room:
        return words
    return words[: _fitting(words, size, room - text_width(_ELLIPSIS, size))].rstrip() + _ELLIPSIS


def wrapped(words: str, size: int, room: float, lines: int) -> tuple[str, ...]:
    """Return a text as at most so many lines that fit; the last one is shortened."""
    rest = clean(words)
    done: list[str] = []
    while rest and len(done) < lines - 1 and text_width(rest, size) > room:
        end = _line_end(rest, max(1, _fitting(rest, size, room)))
        done.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*done, shortened(rest, size, room)) if rest else tuple(done)


def text(at: tuple[float, float], words: str, size: int, *, fill: str = INK, anchor: str = "start") -> str:
    """Return one line of text; `at` is its foot, at the side that `anchor` names (start, middle, end)."""
    x, y = at
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"'
    return f"<text {place}>{escape(clean(words))}</text>"


def haloed(elements: Iterable[str]) -> str:
    """Return texts with a rim of paper, so that they can be read over lines."""
    return f'<g stroke="{PAPER}" stroke-width="5" paint-order="stroke">{"".join(elements)}</g>'


def rectangle(at: tuple[float, float], width: float, height: float, *, fill: str, stroke: str = "") -> str:
    """Return a box; one with a `stroke` has a dashed border."""
    x, y = at
    border = f' stroke="{stroke}" stroke-width="2" stroke-dasharray="6 4"' if stroke else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{border}/>'


def stroke(
    start: tuple[float, float], end: tuple[float, float], colour: str, *, width: int = 1, dashed: bool = False
) -> str:
    """Return a straight line."""
    (x1, y1), (x2, y2) = start, end
    dashes = ' stroke-dasharray="8 6"' if dashed else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dashes}/>'


def dot(at: tuple[float, float], colour: str, *, hollow: bool = False) -> str:
    """Return a point of a series."""
    x, y = at
    fill = PAPER if hollow else colour
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{fill}" stroke="{colour}" stroke-width="3"/>'


def document(height: float, elements: Iterable[str]) -> str:
    """Return the whole SVG on white paper."""
    size = f'width="{WIDTH}" height="{height:.0f}" viewBox="0 0 {WIDTH} {height:.0f}"'
    paper = rectangle((0, 0), WIDTH, height, fill=PAPER)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="Noto Sans SC, sans-serif">'
        f"{paper}{''.join(elements)}</svg>"
    )


def _width_of(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    if character in _WIDEST:
        return 0.95
    return 0.75 if character.isupper() else 0.62


def _fitting(words: str, size: int, room: float) -> int:
    """Return how many characters from the start fit."""
    widths = accumulate(size * _width_of(character) for character in words)
    return sum(width <= room for width in widths)


def _line_end(words: str, fits: int) -> int:
    """Return where a line ends: after a year or a comma in its second half, else between two words."""
    natural = (at for at in range(fits, fits // 2, -1) if words[at - 1] in _PAUSES)
    between = (at for at in range(fits, 0, -1) if not (_in_word(words[at - 1]) and _in_word(words[at])))
    return next(chain(natural, between), fits)


def _in_word(character: str) -> bool:
    return character in ".,%" or (character.isascii() and character.isalnum())
