"""Figures as a picture: bars for a comparison, a line for a series."""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.charts import Chart, Point, chart_picture
from handlers.citations import heading_of, issue_name
from handlers.figure_table import Line, page_text, time_text
from handlers.figures import figure_text
from handlers.reply import Picture
from handlers.request import Language
from handlers.texts import common, label
from knowledge.metrics.statements import size_of, time_key
from knowledge.normalize import fold

CHART = "--chart"  # the option that asks a command for a picture
_NAME_WIDTH = 40
_MOST_SOURCES = 3
_NO_NAME = re.compile(r"[^\w.]+")


def figure_picture(kind: str, title: str, lines: Sequence[Line], language: Language) -> Picture:
    """Return the chart of the lines; their names stand at the bars, or their times below the dots."""
    times = {(time_key(line.metric.period), line.metric.forecast) for line in lines}
    points = tuple(_point(line, kind, language, dated=len(times) > 1) for line in lines)
    unit = lines[0].metric.quantity.base_unit
    chart = Chart(kind, title, unit, _sources(lines, language), points, language)
    return chart_picture(chart, _file_name(title))


def _point(line: Line, kind: str, language: Language, *, dated: bool) -> Point:
    """Return the line's figure; bars of different times tell them."""
    metric = line.metric
    time, figure = time_text(metric, language), figure_text(metric, language)
    if kind == "line":
        return Point(time, size_of(metric), figure, metric.forecast, day=metric.period.end)
    return Point(line.name, size_of(metric), figure, metric.forecast, time if dated else "")


def _sources(lines: Sequence[Line], language: Language) -> str:
    """Return the articles, one a line, and their issue."""
    citations = list(dict.fromkeys(line.metric.citation for line in lines))
    shown = (
        label(common.TITLE, language, title=heading_of(one)) + page_text(one, language)
        for one in citations[:_MOST_SOURCES]
    )
    issues = dict.fromkeys(issue_name(one.issue, language) for one in citations)
    return "\n".join((*shown, *issues))


def _file_name(title: str) -> str:
    return _NO_NAME.sub("-", fold(title)).strip("-.")[:_NAME_WIDTH] or "chart"
