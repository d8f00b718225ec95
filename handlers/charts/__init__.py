"""Charts: a few figures as SVG text, pure and the same every time.

    chart = Chart("bar", "5G基站", "个", "《…》第3页", (Point("河北", Decimal("65000"), "6.5 万个"), ...))
    picture = chart_picture(chart, "5g-base-stations")

A new kind is one file with `draw_...(chart) -> Drawing` and one line in KINDS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handlers.charts.bar import draw_bars
from handlers.charts.frame import Drawing, framed
from handlers.charts.line import draw_line
from handlers.charts.model import Chart, Point
from handlers.reply import Picture, Text
from handlers.texts import charts as texts
from handlers.texts import label, say

__all__ = ["KINDS", "Chart", "Point", "chart_picture", "describe", "draw"]

KINDS: Mapping[str, Callable[[Chart], Drawing]] = MappingProxyType({"bar": draw_bars, "line": draw_line})


def draw(chart: Chart) -> str:
    """Return a chart as SVG. Raises KeyError for a kind that nobody draws."""
    return framed(chart, KINDS[chart.kind](chart))


def describe(chart: Chart) -> Text:
    """Return in words what a chart shows: its title and every point."""
    separator = label(texts.POINT_SEPARATOR, chart.language)
    points = separator.join(_in_words(point, chart) for point in chart.points)
    return say(texts.DESCRIPTION, chart.language, title=chart.title, points=points)


def chart_picture(chart: Chart, name: str) -> Picture:
    """Return a chart as a part of a reply; `name` is a file's without its suffix."""
    return Picture(draw(chart), name, describe(chart))


def _in_words(point: Point, chart: Chart) -> str:
    gap = label(texts.GAP, chart.language)
    shown = gap if point.value is None else point.shown
    words = " ".join(filter(None, (point.label, point.time, shown)))
    return label(texts.FORECAST_POINT, chart.language, point=words) if point.forecast else words
