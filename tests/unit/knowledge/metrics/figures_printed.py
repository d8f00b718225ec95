"""Figures as an article could print them, for tests that compare them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from knowledge.model import Citation, Issue, Kind, Metric, MetricHit, Number, Period, Quantity

ISSUE = Issue("energy-2027-05", "能源月报", date(2027, 5, 31))


def year(number: int) -> Period:
    return Period(f"{number}年", date(number, 1, 1), date(number, 12, 31))


def end_of(number: int, month: int, day: int) -> Period:
    return Period(f"截至{number}年{month}月底", None, date(number, month, day))


def printed(
    subject: str,
    indicator: str,
    value: str | Number,
    period: Period | None = None,
    *,
    unit: str = "千瓦",
    kind: Kind = Kind.LEVEL,
    approx: str | None = None,
    forecast: bool = False,
    page: int = 1,
    title: str = "储能装机见闻",
) -> Metric:
    number = Decimal(value) if isinstance(value, str) else value
    citation = Citation(f"art{page}", title, "产业环境", page, ISSUE)
    return Metric(
        f"{subject}{indicator}{value}{page}",
        citation,
        subject,
        indicator,
        Quantity(number, unit, number, unit),
        period or Period(),
        kind,
        approx,
        forecast,
        f"{subject}{indicator}{value}{unit}。",
    )


def hits(*metrics: Metric) -> tuple[MetricHit, ...]:
    """Rank the metrics in the order in which they are given."""
    return tuple(MetricHit(metric, 2.0 - at / 100) for at, metric in enumerate(metrics))
