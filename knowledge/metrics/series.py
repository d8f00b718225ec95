"""A series: what is printed of one subject by one measure over time, facts first, then forecasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.metrics.comparison import Row, make_row
from knowledge.metrics.question import read_question
from knowledge.metrics.statements import (
    Measure,
    asked_units,
    is_about,
    is_same_time,
    measure_of,
    owner_of,
)
from knowledge.model import Metric, MetricHit

_ABOUT_THE_SAME = 5  # days by which two years, or two quarters, differ


@dataclass(frozen=True, slots=True)
class Series:
    """One row a time: the facts in order, then the forecasts. Figures without a time are left out."""

    subject: str
    rows: tuple[Row, ...]

    @property
    def is_even(self) -> bool:
        """Whether all periods are of one length; days stand beside any of them."""
        lengths = [length for row in self.rows if (length := _length(row.metric))]
        return not lengths or max(lengths) - min(lengths) <= _ABOUT_THE_SAME


def series_of(question: str, hits: Sequence[MetricHit]) -> Series | None:
    """Return the series that fits the question best; None where nothing is told of two times."""
    asked, words = asked_units(question), " ".join(read_question(question, published=None).terms)
    groups: defaultdict[tuple[str, Measure], list[Metric]] = defaultdict(list)
    for hit in hits:
        groups[owner_of(hit.metric), measure_of(hit.metric, asked)].append(hit.metric)
    closest = min((len(measure.more) for _, measure in groups), default=0)
    for (subject, measure), metrics in groups.items():  # in the order of the best figure of each
        told = [metric for metric in metrics if metric.period.end]
        close = [metric for metric in told if is_about(metric, words)]
        rows = _rows(subject, close or told)
        if len(measure.more) == closest and len(rows) > 1:
            return Series(subject, rows)
    return None


def _rows(subject: str, metrics: Iterable[Metric]) -> tuple[Row, ...]:
    """Return a row for each time; a rough count goes with the exact one of about the same time."""
    by_time: list[list[Metric]] = []
    for metric in sorted(metrics, key=lambda metric: metric.approx is not None):
        same = next((group for group in by_time if _belongs(metric, group[0])), None)
        if same is None:
            by_time.append([metric])
        else:
            same.append(metric)
    rows = (make_row(subject, group) for group in by_time)
    return tuple(sorted(rows, key=lambda row: _order(row.metric)))


def _belongs(metric: Metric, other: Metric) -> bool:
    return metric.forecast is other.forecast and is_same_time(metric, other)


def _order(metric: Metric) -> tuple[bool, date, date]:
    end = metric.period.end or date.max
    return metric.forecast, end, metric.period.start or end


def _length(metric: Metric) -> int:
    """Return the days of a period, 0 for a point in time."""
    period = metric.period
    return (period.end - period.start).days if period.start and period.end else 0
