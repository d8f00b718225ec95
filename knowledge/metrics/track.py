"""A track: all that is printed of one figure, and what of it is news to somebody who follows it.

    question -> figures that fit, best first -> track_of -> Track -> values_since, crossing_since -> News

Facts and forecasts are two lanes. What restates an earlier figure is not in a track: the same number for the
same time, a rounder one (129万 for 129.1万), or a vaguer one (超过115万).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from knowledge.metrics.numerals import shift
from knowledge.metrics.question import Question, read_question
from knowledge.metrics.statements import is_same_time, measure_of, owner_of, size_of
from knowledge.metrics.tables import load_table
from knowledge.metrics.threshold import Bound, Threshold, is_count
from knowledge.metrics.wording import split_units, unify, units_of
from knowledge.model import Kind, Metric, MetricHit
from knowledge.normalize import fold

_NEAR_THE_BEST = 0.35
"""A figure that fits the question worse by more is of something else that is called alike."""
_ABOUT = Decimal("0.05")
_DAYS_APART = 5


@dataclass(frozen=True, slots=True)
class Track:
    """The figure that fits best, and the distinct facts and forecasts of it in the order of their time."""

    best: Metric
    facts: tuple[Metric, ...]
    forecasts: tuple[Metric, ...] = ()

    @property
    def latest(self) -> Metric:
        """The newest fact; the newest forecast where nothing else is printed."""
        return (self.facts or self.forecasts)[-1]


class Change(StrEnum):
    """Why a figure is news."""

    NEW = "new"
    REVISED = "revised"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class News:
    """A figure that is news, and the one it is held against: the one before it, or the one it revises."""

    metric: Metric
    change: Change
    before: Metric | None = None


def track_of(question: str, hits: Iterable[MetricHit], threshold: Threshold | None = None) -> Track | None:
    """Return the track of the figure that fits a question best, None where none is printed.

    With a threshold, of the best that can be held to it. `hits` are best first.
    """
    asked = read_question(question, published=None)
    fitting = [hit for hit in hits if threshold is None or threshold.applies_to(hit.metric)]
    best = next((hit for hit in fitting if _answers(asked, hit.metric)), None)
    if best is None:
        return None
    near = (hit.metric for hit in fitting if hit.score >= best.score - _NEAR_THE_BEST)
    same = [metric for metric in near if is_same_figure(metric, best.metric)]
    facts = _lane(metric for metric in same if not metric.forecast)
    return Track(best.metric, facts, _lane(metric for metric in same if metric.forecast))


def is_same_figure(one: Metric, other: Metric) -> bool:
    """Tell whether two figures are of one thing of one subject, at whatever time."""
    return _line(one) == _line(other)


def values_since(track: Track, since: date | None) -> tuple[News, ...]:
    """Return the values printed since then: first for their time, or a revision of it; newest time first."""
    news = (
        _value_news(lane, metric)
        for lane in (track.facts, track.forecasts)
        for metric in reversed(lane)
        if is_since(metric, since)
    )
    return tuple(news)


def crossing_since(track: Track, threshold: Threshold, since: date | None) -> News | None:
    """Return the fact that crossed a threshold, if printed since then and nothing has gone back after it.

    It crosses where the newest fact meets the threshold and the newest one known before did not, or none
    was known. Forecasts never cross.
    """
    newest: Metric | None = None
    crossing: News | None = None
    for _, printed in groupby(sorted(track.facts, key=_published), key=_published):
        before = newest
        newest = max((*((before,) if before else ()), *printed), key=_order)
        if not threshold.is_met_by(newest):
            crossing = None
        elif before is None or not threshold.is_met_by(before):
            crossing = News(newest, Change.CROSSED, before)
    return crossing if crossing and is_since(crossing.metric, since) else None


def is_since(metric: Metric, since: date | None) -> bool:
    """Tell whether a figure was printed at that date or later; any date will do for None."""
    return since is None or _published(metric) >= since


def statement_key(metric: Metric) -> str:
    """Return what a figure states, as 12 hex digits: the same whoever prints it again, in any sentence."""
    value = metric.quantity.base_value
    ends = value if isinstance(value, tuple) else (value,)
    numbers = "-".join(f"{end.normalize():f}" for end in ends)
    whose = (owner_of(metric), unify(fold(metric.indicator)), metric.kind, str(metric.forecast))
    seed = "|".join((*whose, str(metric.period.end), numbers, metric.quantity.base_unit))
    return hashlib.sha256(seed.encode()).hexdigest()[:12]


def _answers(asked: Question, metric: Metric) -> bool:
    """Tell whether a figure is what is followed: of whom was asked, and nothing that was named is missing."""
    if asked.subjects and not any(_is_of(name, metric) for name in asked.subjects):
        return False
    printed = (metric.indicator, metric.subject, metric.sentence, metric.citation.title)
    known = frozenset[str]().union(*map(units_of, printed))
    return all(_is_told(word, known) for word in asked.words)


def _is_of(name: str, metric: Metric) -> bool:
    owner = owner_of(metric)
    return name in owner or owner in name


def _is_told(word: str, known: frozenset[str]) -> bool:
    """Tell whether all of a word is known but what any figure has: 规模, 数量, 总数."""
    left = list(word)
    for unit in split_units(word):
        if unit in known:
            at = word.find(unit)
            left[at : at + len(unit)] = [""] * len(unit)
    rest = "".join(left)
    return not rest or rest in load_table("questions")["quantities"]["words"]


def _line(metric: Metric) -> object:
    measure = measure_of(metric, frozenset())
    unit = "" if is_count(measure.base_unit) else measure.base_unit
    return owner_of(metric), measure.more, measure.kind, unit


def _lane(metrics: Iterable[Metric]) -> tuple[Metric, ...]:
    """Return the distinct ones in the order of their time; of two that say the same the first printed."""
    lane: list[Metric] = []
    for metric in sorted(metrics, key=lambda metric: (_published(metric), metric.approx is not None)):
        if not any(_restates(metric, earlier) for earlier in lane):
            lane.append(metric)
    return tuple(sorted(lane, key=_order))


def _restates(metric: Metric, earlier: Metric) -> bool:
    if metric.period.end in {None, earlier.period.end} and _same_number(metric, earlier):
        return True
    is_vaguer = metric.approx is not None and earlier.approx is None
    return is_vaguer and is_same_time(metric, earlier) and _agrees(metric, earlier)


def _same_number(one: Metric, other: Metric) -> bool:
    """Tell whether two figures are one number, perhaps printed rounder in one of the two."""
    if one.quantity.base_value == other.quantity.base_value:
        return True
    return _rounds_to(one, other) or _rounds_to(other, one)


def _rounds_to(exact: Metric, round_one: Metric) -> bool:
    """Tell whether the first, with as many digits as the second prints, is the second: 129.1万 and 129万."""
    number, base = round_one.quantity.value, round_one.quantity.base_value
    full = exact.quantity.base_value
    if isinstance(number, tuple) or isinstance(base, tuple) or isinstance(full, tuple) or not number:
        return False
    scaled = shift(full, number.adjusted() - base.adjusted())
    return scaled.adjusted() <= number.adjusted() + 1 and scaled.quantize(number) == number


def _agrees(vague: Metric, exact: Metric) -> bool:
    """Tell whether 超过, 不足 or 约 of a number is true of an exact one."""
    for bound in (Bound.OVER, Bound.UNDER):
        if Threshold(bound, size_of(vague)).is_met_by(vague):
            return Threshold(bound, size_of(vague)).is_met_by(exact)
    return abs(size_of(exact) - size_of(vague)) <= abs(size_of(exact)) * _ABOUT


def _value_news(lane: Sequence[Metric], metric: Metric) -> News:
    end = metric.period.end
    printed_before = [other for other in lane if _published(other) < _published(metric)]
    revised = [other for other in printed_before if end and other.period.end == end]
    if revised:
        return News(metric, Change.REVISED, max(revised, key=_published))
    earlier = [other for other in lane if time_of(other) < time_of(metric) and _is_comparable(other, metric)]
    return News(metric, Change.NEW, earlier[-1] if earlier else None)


def _is_comparable(one: Metric, other: Metric) -> bool:
    """Tell whether two values may stand side by side: the output of a month says nothing beside a year's."""
    if one.kind is not Kind.LEVEL:
        return True
    first, second = one.period.start, other.period.start
    if first is None or second is None or first == second:
        return first == second
    return abs(_days(one) - _days(other)) <= _DAYS_APART


def _days(metric: Metric) -> int:
    period = metric.period
    return (period.end - period.start).days if period.start and period.end else 0


def _order(metric: Metric) -> tuple[date, date]:
    return time_of(metric), _published(metric)


def time_of(metric: Metric) -> date:
    """Return the end of the time that a figure tells, else the date when it was printed."""
    return metric.period.end or _published(metric)


def _published(metric: Metric) -> date:
    return metric.citation.issue.published or date.min
