"""Horizontal bars from zero, for comparisons: in the order given, what is below zero to the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.charts.canvas import (
    ACCENT,
    BELOW_ZERO,
    DIM,
    INNER,
    LABEL,
    LINE_HEIGHT,
    MARGIN,
    PAPER,
    WIDTH,
    rectangle,
    shortened,
    stroke,
    text,
    text_width,
    wrapped,
)
from handlers.charts.frame import Drawing
from handlers.charts.model import Chart, Point
from handlers.texts import charts as texts
from handlers.texts import label

MOST = 20
_NAME_ROOM = 0.32 * INNER
_WORDS_ROOM = 0.45 * INNER
_WORDS_ROOM_EACH = 0.28 * INNER  # where words stand on both sides of zero
_SPACE = 12
_BAR = 32
_BETWEEN = 22
_THINNEST = 2


@dataclass(frozen=True, slots=True)
class _Bar:
    """One bar: its name in lines, its value, and the words at its end."""

    name: tuple[str, ...]
    value: Decimal
    words: str
    hollow: bool

    @property
    def height(self) -> float:
        return max(_BAR, len(self.name) * LABEL * LINE_HEIGHT)

    @property
    def words_room(self) -> float:
        return text_width(self.words, LABEL) + _SPACE


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where zero lies across the picture, and how many pixels the longest bar has."""

    zero: float
    pixels: float
    longest: Decimal

    def length(self, value: Decimal) -> float:
        return max(_share(value, self.longest) * self.pixels, _THINNEST) if value else 0.0


def draw_bars(chart: Chart) -> Drawing:
    """Return the bars, their names at the left and their values at their ends."""
    bars = _bars(chart)
    names = max((text_width(line, LABEL) for bar in bars for line in bar.name), default=0.0)
    scale = _scale(bars, MARGIN + names + _SPACE)
    elements: list[str] = []
    y = 0.0
    for bar in bars:
        elements += _drawn(bar, scale, y + bar.height / 2)
        y += bar.height + _BETWEEN
    axis = stroke((scale.zero, -_BETWEEN / 2), (scale.zero, y - _BETWEEN / 2), DIM, width=2)
    return Drawing((*elements, axis), max(y - _BETWEEN, 0), len(chart.points) - len(bars))


def _bars(chart: Chart) -> list[_Bar]:
    """Return the first bars of a chart; a gap has no length and says so."""
    points = chart.points[:MOST]
    gap = label(texts.GAP, chart.language)
    any_below = any(point.value is not None and point.value < 0 for point in points)
    room = _WORDS_ROOM_EACH if any_below else _WORDS_ROOM
    return [
        _Bar(
            _name_of(point),
            point.value or Decimal(0),
            shortened(gap if point.value is None else point.shown, LABEL, room),
            point.forecast,
        )
        for point in points
    ]


def _name_of(point: Point) -> tuple[str, ...]:
    """Return a bar's name in at most two lines; its time, where it tells one, is the second."""
    if not point.time:
        return wrapped(point.label, LABEL, _NAME_ROOM, 2)
    return shortened(point.label, LABEL, _NAME_ROOM), shortened(point.time, LABEL, _NAME_ROOM)


def _scale(bars: Sequence[_Bar], left: float) -> _Scale:
    """Return the largest scale on which every bar has room at its end for its words."""
    longest = max((abs(bar.value) for bar in bars), default=Decimal(0))
    above = [(_share(bar.value, longest), bar.words_room) for bar in bars if bar.value >= 0] or [(0.0, 0.0)]
    below = [(_share(bar.value, longest), bar.words_room) for bar in bars if bar.value < 0] or [(0.0, 0.0)]
    room = WIDTH - MARGIN - left
    pixels = min(
        (
            (room - words - others) / (share + other)
            for share, words in above
            for other, others in below
            if share + other
        ),
        default=0.0,
    )
    zero = left + max(share * pixels + words for share, words in below)
    return _Scale(zero, pixels, longest)


def _share(value: Decimal, longest: Decimal) -> float:
    return float(abs(value) / longest) if longest else 0.0


def _drawn(bar: _Bar, scale: _Scale, middle: float) -> list[str]:
    length, below = scale.length(bar.value), bar.value < 0
    colour = BELOW_ZERO if below else ACCENT
    start = (scale.zero - length if below else scale.zero, middle - _BAR / 2)
    border = colour if bar.hollow else ""
    end = (scale.zero - length - _SPACE if below else scale.zero + length + _SPACE, middle + LABEL * 0.36)
    return [
        *_name_lines(bar.name, middle),
        rectangle(start, length, _BAR, fill=PAPER if bar.hollow else colour, stroke=border),
        text(end, bar.words, LABEL, anchor="end" if below else "start"),
    ]


def _name_lines(lines: Sequence[str], middle: float) -> list[str]:
    height = LABEL * LINE_HEIGHT
    first = middle + LABEL * 0.36 - (len(lines) - 1) * height / 2
    return [text((MARGIN, first + number * height), line, LABEL) for number, line in enumerate(lines)]
