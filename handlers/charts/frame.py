"""What stands around every chart: title, unit and legend above, notes and sources below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.charts.canvas import (
    ACCENT,
    DIM,
    INK,
    INNER,
    LINE_HEIGHT,
    MARGIN,
    PAPER,
    SMALL,
    TITLE,
    document,
    rectangle,
    text,
    text_width,
    wrapped,
)
from handlers.charts.model import Chart
from handlers.texts import charts as texts
from handlers.texts import label

_GAP = 24
_SWATCH = 20


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a kind of chart draws, from y = 0 down; `left_out` points were too many for it.

    `notes` are what a reader has to know so as not to be misled.
    """

    elements: tuple[str, ...]
    height: float
    left_out: int = 0
    notes: tuple[str, ...] = ()


def framed(chart: Chart, drawing: Drawing) -> str:
    """Return the SVG of a whole chart."""
    title, y = _stacked(wrapped(chart.title, TITLE, INNER, 3), MARGIN, TITLE, INK)
    unit, y = _stacked(_unit(chart), y, SMALL, DIM)
    legend, y = _legend(chart, y)
    y += _GAP
    body = f'<g transform="translate(0 {y:.1f})">{"".join(drawing.elements)}</g>'
    foot, y = _stacked(_feet(chart, drawing), y + drawing.height + _GAP, SMALL, DIM)
    return document(y + MARGIN, [*title, *unit, *legend, body, *foot])


def _stacked(lines: Iterable[str], y: float, size: int, colour: str) -> tuple[list[str], float]:
    """Return lines of text from y down, and where they end."""
    elements = []
    for line in lines:
        elements.append(text((MARGIN, y + size), line, size, fill=colour))
        y += size * LINE_HEIGHT
    return elements, y


def _unit(chart: Chart) -> tuple[str, ...]:
    words = label(texts.UNIT, chart.language, unit=chart.unit) if chart.unit else ""
    return wrapped(words, SMALL, INNER, 2)


def _feet(chart: Chart, drawing: Drawing) -> list[str]:
    notes = list(drawing.notes)
    if drawing.left_out:
        notes.append(label(texts.LEFT_OUT, chart.language, count=drawing.left_out))
    source = label(texts.SOURCE, chart.language, source=chart.source) if chart.source else ""
    return [line for words in (*notes, *source.splitlines()) for line in wrapped(words, SMALL, INNER, 3)]


def _legend(chart: Chart, y: float) -> tuple[list[str], float]:
    """Return the key to filled and hollow marks, where the chart has hollow ones."""
    if not any(point.forecast for point in chart.points):
        return [], y
    y += SMALL / 2
    elements: list[str] = []
    x = float(MARGIN)
    for message, fill, border in ((texts.ACTUAL, ACCENT, ""), (texts.FORECAST, PAPER, ACCENT)):
        words = label(message, chart.language)
        elements.append(rectangle((x, y), _SWATCH, _SWATCH, fill=fill, stroke=border))
        elements.append(text((x + _SWATCH + 8, y + SMALL - 2), words, SMALL, fill=DIM))
        x += _SWATCH + 8 + text_width(words, SMALL) + _GAP
    return elements, y + SMALL * LINE_HEIGHT
