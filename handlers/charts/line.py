"""A series over time: a line through dots, broken where nothing is printed, dashed to what is forecast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from handlers.charts.canvas import (
    ACCENT,
    DIM,
    INNER,
    LINE_HEIGHT,
    MARGIN,
    SMALL,
    WIDTH,
    dot,
    haloed,
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

MOST = 24
_HEIGHT = 360
_HEADROOM = 48  # above the highest dot and below the lowest, for their words
_FOOT_ABOVE, _FOOT_BELOW = -18, 34  # from a dot's middle to the foot of its words
_NAME_LINES = 3
_NARROWEST_NAME = 4 * SMALL
_SPACE = 8
_LEAST_GAP = 0.4  # of the even one


@dataclass(frozen=True, slots=True)
class _Axis:
    """The upright axis: which values lie at its ends."""

    low: Decimal
    high: Decimal

    def y(self, value: Decimal) -> float:
        """Return how far down a value lies; below zero there has to be room for its words."""
        room = _HEIGHT - (2 if self.low < 0 else 1) * _HEADROOM
        return _HEADROOM + float((self.high - value) / (self.high - self.low)) * room


@dataclass(frozen=True, slots=True)
class _Spot:
    """A value of the series: its place among the points and on the sheet."""

    number: int
    point: Point
    value: Decimal
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Box:
    """The room that words or a dot take."""

    left: float
    right: float
    top: float
    foot: float

    def meets(self, other: _Box) -> bool:
        beside = self.right + _SPACE < other.left or other.right + _SPACE < self.left
        return not (beside or self.foot < other.top or other.foot < self.top)


def draw_line(chart: Chart) -> Drawing:
    """Return the newest points of a series, their values beside the dots and their times below."""
    points = chart.points[-MOST:]
    slot = INNER / max(len(points), 1)
    axis = _axis([point.value for point in points if point.value is not None])
    places = _places(points, slot)
    spots = [
        _Spot(number, point, point.value, x, axis.y(point.value))
        for number, (point, x) in enumerate(zip(points, places, strict=True))
        if point.value is not None
    ]
    names, depth = _names(points, places)
    elements = (*_base(axis), *_strokes(spots), *_dots(spots), haloed(_words(spots)), *names)
    notes = (label(texts.NOT_FROM_ZERO, chart.language),) if axis.low > 0 else ()
    return Drawing(elements, _HEIGHT + depth, len(chart.points) - len(points), notes)


def _places(points: Sequence[Point], slot: float) -> list[float]:
    """Return how far right the points lie: by their days, never too close; evenly where days are unknown."""
    even = [MARGIN + slot * (number + 0.5) for number in range(len(points))]
    days = [point.day for point in points if point.day]
    if len(days) < max(len(points), 2) or any(one >= other for one, other in pairwise(days)):
        return even
    scale = (even[-1] - even[0]) / (days[-1] - days[0]).days
    places = [even[0] + scale * (day - days[0]).days for day in days]
    least = slot * _LEAST_GAP
    for number in range(len(places) - 2, -1, -1):
        places[number] = min(places[number], places[number + 1] - least)
    for number in range(1, len(places)):
        places[number] = max(places[number], even[0] + least * number)
    return places


def _axis(values: Sequence[Decimal]) -> _Axis:
    """Return an axis from zero, unless that would flatten all that happens."""
    lowest, highest = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    if 2 * lowest > highest > lowest:
        return _Axis(lowest - (highest - lowest) / 2, highest)
    low, high = min(lowest, Decimal(0)), max(highest, Decimal(0))
    return _Axis(low, high if low < high else low + 1)


def _base(axis: _Axis) -> Iterator[str]:
    """Yield the line of zero, or a dashed one below an axis that begins elsewhere."""
    y = _HEIGHT if axis.low > 0 else axis.y(Decimal(0))
    yield stroke((MARGIN, y), (WIDTH - MARGIN, y), DIM, width=2, dashed=axis.low > 0)


def _strokes(spots: Sequence[_Spot]) -> Iterator[str]:
    """Yield the line between neighbours; over a gap there is none."""
    for one, other in pairwise(spots):
        if other.number == one.number + 1:
            dashed = one.point.forecast or other.point.forecast
            yield stroke((one.x, one.y), (other.x, other.y), ACCENT, width=4, dashed=dashed)


def _dots(spots: Sequence[_Spot]) -> Iterator[str]:
    for spot in spots:
        yield dot((spot.x, spot.y), ACCENT, hollow=spot.point.forecast)


def _words(spots: Sequence[_Spot]) -> Iterator[str]:
    """Yield the values that have room beside their dots: the newest, the first and the extremes first."""
    taken = [_Box(spot.x - 9, spot.x + 9, spot.y - 9, spot.y + 9) for spot in spots]
    for spot in _by_weight(spots):
        words = shortened(spot.point.shown, SMALL, INNER / 2)
        for foot in _feet(spot, spots):
            box = _box(words, spot.x, foot)
            if not any(box.meets(other) for other in taken):
                taken.append(box)
                yield text(((box.left + box.right) / 2, foot), words, SMALL, anchor="middle")
                break


def _feet(spot: _Spot, spots: Sequence[_Spot]) -> list[float]:
    """Return where words may stand, best first: on the side of a dot from which no line comes."""
    around = [other.y for other in spots if abs(other.number - spot.number) == 1]
    in_valley = bool(around) and spot.y > sum(around) / len(around)
    feet = [spot.y + _FOOT_ABOVE, spot.y + _FOOT_BELOW]
    return [foot for foot in (reversed(feet) if in_valley else feet) if foot + SMALL / 2 < _HEIGHT]


def _by_weight(spots: Sequence[_Spot]) -> Sequence[_Spot]:
    if not spots:
        return ()
    extremes = (max(spots, key=lambda spot: spot.value), min(spots, key=lambda spot: spot.value))
    return list(dict.fromkeys((spots[-1], spots[0], *extremes, *spots)))


def _box(words: str, x: float, foot: float) -> _Box:
    """Return the room of words in the middle over a place, moved where the picture ends."""
    half = text_width(words, SMALL) / 2
    middle = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
    return _Box(middle - half, middle + half, foot - SMALL, foot + SMALL * 0.2)


def _names(points: Sequence[Point], places: list[float]) -> tuple[list[str], float]:
    """Return the times below the axis, as many as there is room for, the last always, and their depth."""
    numbers, room = _named(points, places)
    elements: list[str] = []
    depth = 0.0
    for number in numbers:
        lines = wrapped(points[number].label, SMALL, room, _NAME_LINES)
        for row, line in enumerate(lines, 1):
            foot = _HEIGHT + row * SMALL * LINE_HEIGHT
            elements.append(text((places[number], foot), line, SMALL, fill=DIM, anchor="middle"))
        depth = max(depth, (len(lines) + 0.5) * SMALL * LINE_HEIGHT)
    return elements, depth


def _named(points: Sequence[Point], places: list[float]) -> tuple[list[int], float]:
    """Return which points have room for their times, from the last to the first, and how wide that is."""
    longest = max((text_width(point.label, SMALL) for point in points), default=0.0) + _SPACE
    wanted = min(longest, _NARROWEST_NAME)
    room = min((2 * x for end in places[:1] + places[-1:] for x in (end, WIDTH - end)), default=0.0)
    chosen: list[int] = []
    for number in reversed(range(len(places))):
        gap = places[chosen[-1]] - places[number] if chosen else room
        if gap >= wanted or not chosen:
            room = min(room, gap)
            chosen.append(number)
    return chosen, room - _SPACE
