"""Plots of how cost grows with the number of documents."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.report import Row

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 210, 40, 50
COLOURS = ("#c1121f", "#003566", "#2a9d8f", "#8d6a9f", "#e09f3e", "#6c757d")
LABEL_HEIGHT = 16

_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">\n'
    '<rect width="100%" height="100%" fill="#fff"/>'
)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic axis between two powers of ten, drawn between two places."""

    low: int
    high: int
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value is drawn."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def decades(self) -> Iterator[tuple[float, float]]:
        """Yield each power of ten and its place."""
        return ((10.0**n, self.place(10.0**n)) for n in range(self.low, self.high + 1))


def log_log(title: str, labels: tuple[str, str], series: Mapping[str, Sequence[Point]]) -> str:
    """Return an SVG of lines on logarithmic axes; the values must be greater than 0."""
    points = [point for line in series.values() for point in line]
    across = _axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = _axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [_text((LEFT, TOP - 16), title, size=15), *_grid(across, up), *_labels(labels)]
    colours = dict(zip(series, COLOURS, strict=False))
    for name, colour in colours.items():
        parts.append(_line([(across.place(x), up.place(y)) for x, y in sorted(series[name])], colour))
    parts += _legend({name: up.place(max(series[name])[1]) for name in colours}, colours)
    return "\n".join([_HEAD, *parts, "</svg>\n"])


def _axis(values: Sequence[float], start: float, end: float) -> Axis:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return Axis(low, max(high, low + 1), start, end)


def _grid(across: Axis, up: Axis) -> Iterator[str]:
    for value, x in across.decades():
        yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        yield _text((x, HEIGHT - BOTTOM + 18), f"{value:,.0f}", anchor="middle")
    for value, y in up.decades():
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>'
        yield _text((LEFT - 8, y + 4), f"{value:g}", anchor="end")


def _labels(labels: tuple[str, str]) -> Iterator[str]:
    across, up = labels
    yield _text(((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12), across, anchor="middle")
    middle = (TOP + HEIGHT - BOTTOM) / 2
    yield f'<g transform="rotate(-90 16 {middle})">{_text((16, middle), up, anchor="middle")}</g>'


def _line(places: Sequence[Point], colour: str) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places)
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}'


def _legend(ends: Mapping[str, float], colours: Mapping[str, str]) -> Iterator[str]:
    """Write each name beside the end of its line, pushed down where names would overlap."""
    free = 0.0
    for name, y in sorted(ends.items(), key=lambda pair: pair[1]):
        place = max(y + 4, free)
        free = place + LABEL_HEIGHT
        yield _text((WIDTH - RIGHT + 12, place), name, colour=colours[name])


def _text(place: Point, text: str, *, anchor: str = "start", size: int = 12, colour: str = "#333") -> str:
    x, y = place
    style = f'text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'


def series_of(rows: Iterable[Row], table: str, figure: str) -> dict[str, list[Point]]:
    """Return one figure of a table by contestant and number of documents."""
    found: dict[str, list[Point]] = {}
    for row in rows:
        value = row.figures.get(figure)
        if row.table == table and row.documents and isinstance(value, int | float):
            found.setdefault(row.who, []).append((row.documents, value))
    return found


@dataclass(frozen=True, slots=True)
class Plot:
    """One figure of a table by size, and what its axes are called."""

    table: str
    figure: str
    title: str
    labels: tuple[str, str]


PLOTS = {
    "search-p50": Plot("search", "p50 ms", "How long a query takes (p50)", ("documents", "milliseconds")),
    "search-p99": Plot("search", "p99 ms", "How long a query takes (p99)", ("documents", "milliseconds")),
    "burst-planned": Plot(
        "burst planned", "seconds", "How long planning a burst takes", ("chats due", "seconds")
    ),
}


def draw_plots(rows: Sequence[Row], folder: Path) -> None:
    """Draw how costs grow with size, as far as the rows tell it."""
    folder.mkdir(exist_ok=True)
    for name, plot in PLOTS.items():
        if series := series_of(rows, plot.table, plot.figure):
            svg = log_log(plot.title, plot.labels, series)
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
