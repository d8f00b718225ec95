"""What a chart is made of; values are exact and come with the words that stand beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handlers.request import Language


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a chart: whose or when it is, how long its bar is, and how it is written (1.21 万亿元).

    A `value` of None is a gap: a place in the series for which nothing is printed. `time` stands below the
    name of a bar, where the bars are of different times. `day` is where a point of a line stands in time;
    points of a line of which one has none stand evenly.
    """

    label: str
    value: Decimal | None
    shown: str = ""
    forecast: bool = False
    time: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart before it is drawn. `kind` is a name in the table of kinds; points keep their order.

    All values are in one unit; `unit` says which, where the labels of the values do not. `source` may
    have several lines.
    """

    kind: str
    title: str
    unit: str
    source: str
    points: tuple[Point, ...]
    language: Language = Language.ZH
