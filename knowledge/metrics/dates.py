"""The arithmetic of time expressions: matched parts -> Period, by the publication date."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from knowledge.metrics.numerals import parse_number
from knowledge.metrics.tables import load_table
from knowledge.model import Period

_TABLE = load_table("periods")
_LABELS: Mapping[str, str] = _TABLE["labels"]
_ORDINALS: Sequence[str] = _TABLE["ordinals"]["words"]
_YEARS = re.compile(_LABELS["years"].format(r"(\d{4})", r"(\d{4})"))
_NEARLY_OVER = 10  # in October people speak of the whole year
_NEXT_YEAR = 1  # so far ahead a year told before can be the one spoken of
_BEGIN_DAY = 10  # the beginning of a month is its first ten days

Parts = Mapping[str, str | None]
"""What a rule matched: part name (year, month, edge, ...) with the suffix of its place -> text."""


class Clock(NamedTuple):
    """What relative words are resolved against.

    `year` is the last one named before in the sentence, `said` that of the time told last at all.
    `coming`: a month without a year is still to come.
    """

    published: date | None
    year: int | None = None
    said: int | None = None
    coming: bool = False

    def year_of(self, word: str) -> int | None:
        """Return the year that 去年 and the like mean, None where there is no publication date."""
        if word in _TABLE["preceding_years"] and self.year:
            return self.year + int(_TABLE["preceding_years"][word])
        if word in _TABLE["anchored_years"]:
            anchor = self.anchor
            return anchor + _TABLE["anchored_years"][word] if anchor else None
        if not self.published:
            return None
        back = _TABLE["relative_years"].get(word, _TABLE["preceding_years"].get(word))
        return self.published.year + int(back)

    @property
    def anchor(self) -> int | None:
        """The year that 全年 and 年底 speak of: the last said, else the last that is nearly over."""
        said = self.year or self.said
        if not self.published:
            return said
        if said and (self.year or said <= self.published.year + _NEXT_YEAR):
            return said
        return self.published.year - (self.published.month < _NEARLY_OVER)

    def year_of_month(self, month: int) -> int | None:
        """Return the year of a month printed without one: the last named, else the latest not to come."""
        if self.year or not self.published:
            return self.year
        if self.coming:
            return self.published.year + (month < self.published.month - 1)  # last month's is still forecast
        return self.published.year - (month > self.published.month)


class _Point(NamedTuple):
    """A year or a part of one; months are 1 to 12, `day` only for a date, `until` for some days."""

    year: int
    first: int = 1
    last: int = 12
    day: int | None = None
    label: str = ""
    until: int | None = None

    @property
    def start(self) -> date:
        return date(self.year, self.first, self.day or 1)

    @property
    def end(self) -> date:
        return date(self.year, self.last, self.until or self.day or monthrange(self.year, self.last)[1])

    @property
    def name(self) -> str:
        return _LABELS["year"].format(self.year) + self.label


def build_point(parts: Parts, clock: Clock) -> Period | None:
    """A year, a part of it or one of its ends: 2020年, 今年前三季度, 截至10月底, 2016年以来."""
    point = _read_point(parts, "", clock)
    if not point:
        return None
    edge, upto = parts.get("edge"), parts.get("upto")
    if parts.get("since"):
        return Period(_LABELS["since"].format(point.name), point.start, clock.published)
    if edge:
        label = "upto" if _TABLE["edges"][edge] == "end" else "point"
        return Period(_LABELS[label].format(point.name + edge), None, _edge_date(point, edge))
    if upto:
        return Period(_LABELS["upto"].format(point.name), None, point.end)
    return Period(point.name, point.start, point.end)


def build_span(parts: Parts, clock: Clock) -> Period | None:
    """Two points and all between: 2016—2020年."""
    first = _read_point(parts, "1", clock)
    last = _read_point(parts, "2", clock._replace(year=first.year) if first else clock)
    if not first or not last:
        return None
    years_only = not first.label and not last.label
    ends = (first.year, last.year) if years_only else (first.name, last.name)
    label = _LABELS["years" if years_only else "span"].format(*ends)
    return Period(label, min(first.start, last.start), max(first.end, last.end))


def each_year(period: Period) -> tuple[Period, ...]:
    """Return the years of a span of whole years, in the order in which it is printed."""
    ends = _YEARS.fullmatch(period.label or "")
    if not ends:
        return ()
    first, last = int(ends[1]), int(ends[2])
    step = 1 if first <= last else -1
    return tuple(_whole_year(year) for year in range(first, last + step, step))


def in_year_of(year: Period, part: Period) -> Period:
    """Return the same part of another year: 第一季度 and 去年 are that of last year."""
    start, end = part.start, part.end
    if not year.end or not start or not end or start.year != end.year:
        return year
    same = _Point(year.end.year, start.month, end.month)
    label = (part.label or "").replace(_LABELS["year"].format(start.year), same.name)
    return Period(label, same.start, same.end)


def up_to_named(period: Period, following: Period) -> Period:
    """Return years to come as those up to the year named after them: 未来五年, ……到2030年."""
    start, end, named = period.start, period.end, following.end
    ahead = (period.label or "").startswith(tuple(_TABLE["ahead"]["words"]))
    if not ahead or not start or not end or not named or not start <= named < end:
        return period
    return replace(
        period, start=date(named.year - (end.year - start.year), 1, 1), end=date(named.year, 12, 31)
    )


def years_before(day: date, count: int) -> date:
    """Return the first of January that begins the years of an average that ends in the year of a day."""
    return date(day.year - count + 1, 1, 1)


def _whole_year(year: int) -> Period:
    point = _Point(year)
    return Period(point.name, point.start, point.end)


def build_plan(parts: Parts, _clock: Clock) -> Period:
    """A five-year plan, its end, or the time before it."""
    name, edge = parts["plan"] or "", parts.get("plan_edge") or ""
    first = _TABLE["plans"][name]
    label = _LABELS["plan"].format(name, edge or _LABELS["during"])
    if edge in _TABLE["plan_edges"]["before"]:
        return Period(label, None, date(first - 1, 12, 31))
    if edge in _TABLE["plan_edges"]["end"]:
        return Period(label, None, date(first + 4, 12, 31))
    return Period(label, date(first, 1, 1), date(first + 4, 12, 31))


def build_relative(parts: Parts, clock: Clock) -> Period | None:
    """The next or the last so many years; the last ones count the year of publication."""
    count = int(parse_number(parts["count"] or ""))
    if not clock.published or not 0 < count < 100:
        return None
    year, label = clock.published.year, parts["text"]
    if parts["way"] in _TABLE["ahead"]["words"]:
        return Period(label, date(year + 1, 1, 1), date(year + count, 12, 31))
    return Period(label, date(year - count + 1, 1, 1), date(year, 12, 31))


def build_anchored(parts: Parts, clock: Clock) -> Period | None:
    """An end of the year that was named last: 年底."""
    if not clock.anchor:
        return None
    point, edge = _Point(clock.anchor), parts["edge"] or ""
    label = point.name.removesuffix(edge[0]) + edge
    return Period(_LABELS["upto"].format(label), None, _edge_date(point, edge))


def build_lately(parts: Parts, clock: Clock) -> Period | None:
    """A time shortly before the publication: its year."""
    year = _whole_year(clock.published.year) if clock.published else None
    return replace(year, label=parts["lately"]) if year else None


def build_fiscal(parts: Parts, _clock: Clock) -> Period:
    """A time of a calendar that is not known: its words alone."""
    return Period(parts["fiscal"])


def build_now(parts: Parts, clock: Clock) -> Period:
    """The point in time of the publication."""
    return Period(parts["now"], None, clock.published)


BUILDERS: Mapping[str, Callable[[Parts, Clock], Period | None]] = {
    "point": build_point,
    "span": build_span,
    "plan": build_plan,
    "relative": build_relative,
    "fiscal": build_fiscal,
    "now": build_now,
    "anchored": build_anchored,
    "lately": build_lately,
}


def _read_point(parts: Parts, place: str, clock: Clock) -> _Point | None:
    found = {name: parts.get(name + place) for name in _PART_NAMES} if place else parts
    first, last, label = _read_months(found)
    told_when_over = any(found.get(name) for name in _UNTIL_NOW)
    year = _read_year(found, last if clock.coming or told_when_over else first, clock)
    if not year or not 1 <= first <= last <= 12:
        return None
    return _with_days(_Point(year, first, last, None, label), found)


def _with_days(point: _Point, found: Parts) -> _Point | None:
    """Return a month as the day or the days of it that are told, None where it has no such day."""
    if not found.get("day"):
        return point
    first = int(found["day"] or 0)
    last = int(found.get("to_day") or first)
    if not 1 <= first <= last <= monthrange(point.year, point.first)[1]:
        return None
    days = _LABELS["day"].format(first) if first == last else _LABELS["days"].format(first, last)
    return point._replace(day=first, until=last, label=point.label + days)


def _read_year(found: Parts, month: int, clock: Clock) -> int | None:
    if year := found.get("year"):
        return int(year)
    if relative := found.get("relative"):
        return clock.year_of(relative)
    return clock.year_of_month(month)


def _read_months(found: Parts) -> tuple[int, int, str]:
    """Return the first and the last month of the part of a year, and its label."""
    for name, read in _MONTHS.items():
        if text := found.get(name):
            return read(text, found)
    return 1, 12, ""


def _part(text: str, _found: Parts) -> tuple[int, int, str]:
    first, last = _TABLE["parts"][text]
    return first, last, "" if (first, last) == (1, 12) else text


def _quarters(text: str, _found: Parts) -> tuple[int, int, str]:
    count = int(parse_number(text))
    return 1, 3 * count, _LABELS["quarters"].format(_ORDINALS[count - 1])


def _quarter(text: str, _found: Parts) -> tuple[int, int, str]:
    number = int(parse_number(text))
    return 3 * number - 2, 3 * number, _LABELS["quarter"].format(_ORDINALS[number - 1])


def _first_months(text: str, _found: Parts) -> tuple[int, int, str]:
    last = int(parse_number(text))
    return 1, last, _LABELS["months"].format(1, last)


def _months(text: str, found: Parts) -> tuple[int, int, str]:
    first, last = int(text), int(found.get("to_month") or 0)
    return first, last, _LABELS["months"].format(first, last)


def _month(text: str, _found: Parts) -> tuple[int, int, str]:
    month = int(parse_number(text))
    return month, month, _LABELS["month"].format(month)


_MONTHS: Mapping[str, Callable[[str, Parts], tuple[int, int, str]]] = {
    "part": _part,
    "first_quarters": _quarters,
    "quarter": _quarter,
    "q": _quarter,
    "first_months": _first_months,
    "from_month": _months,
    "month": _month,
}
_UNTIL_NOW = ("first_quarters", "first_months", "from_month")
_PART_NAMES = (*_MONTHS, "year", "relative", "to_month", "day", "to_day")


def _edge_date(point: _Point, edge: str) -> date:
    side = _TABLE["edges"][edge]
    if side == "end":
        return point.end
    if side == "middle":
        return date(point.year, 6, 30)
    return point.start + timedelta(days=(_BEGIN_DAY if point.label else 31) - 1)
