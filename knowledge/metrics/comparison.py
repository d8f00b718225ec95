"""Comparing figures: of several subjects or periods, or of all regions, aligned by time and sorted.

Candidates are the figures that fit the question of each contestant, best first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TypeAlias

from knowledge.metrics.question import read_question
from knowledge.metrics.statements import (
    Measure,
    Statement,
    Time,
    asked_units,
    has_words,
    is_about,
    measure_of,
    merge_restated,
    prefer_exact,
    size_of,
    time_key,
)
from knowledge.model import Kind, Metric, MetricHit, Period

_Held: TypeAlias = dict[Measure, list[MetricHit]]

_TENTH = Decimal("0.1")
_DIGITS = 60
_RATES = {Kind.GROWTH, Kind.CAGR}  # who has the most is not who grows the most


@dataclass(frozen=True, slots=True)
class Contestant:
    """One of those compared, the question and the indicator asked for, and the figures that are its own."""

    name: str
    question: str
    hits: tuple[MetricHit, ...]
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison; `otherwise` is what else is stated of the same at the same time."""

    name: str
    statement: Statement
    otherwise: tuple[Statement, ...] = ()

    @property
    def metric(self) -> Metric:
        """The figure that is compared."""
        return self.statement.metric


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows, the largest first, and the names for which nothing comparable is printed.

    `near` are figures of those names that are of the same kind and unit, but of another indicator.
    """

    rows: tuple[Row, ...]
    missing: tuple[str, ...] = ()
    near: tuple[Row, ...] = ()

    @property
    def period(self) -> Period | None:
        """The period that all rows share, None where they are of different times or tell none."""
        keys = {time_key(row.metric.period) for row in self.rows}
        return self.rows[0].metric.period if len(keys) == 1 and None not in keys else None

    @property
    def ratio(self) -> Decimal | None:
        """How many times the smallest the largest is, to one decimal; None where that says nothing."""
        return ratio_of(size_of(self.rows[0].metric), size_of(self.rows[-1].metric))


def compare(contestants: Sequence[Contestant]) -> Comparison | None:
    """Compare what all, or most, of the contestants print; None where fewer than two can be compared."""
    held = [_by_measure(one) for one in _about_asked(contestants)]
    measure = _best_measure(contestants, held)
    if measure is None:
        return None
    pairs = tuple(zip(contestants, held, strict=True))
    pools = {one.name: _facts_first(own[measure]) for one, own in pairs if measure in own}
    near = tuple(row for one, own in pairs if one.name not in pools and (row := _nearest(one, own, measure)))
    found = {*pools, *(row.name for row in near)}
    missing = tuple(one.name for one in contestants if one.name not in found)
    return Comparison(_rows(pools), missing, near)


def rank_owners(question: str, hits: Iterable[MetricHit]) -> Comparison | None:
    """Rank the subjects of the figures, each by its latest; None where fewer than two can be ranked."""
    asks_rate = read_question(question, published=None).kind in _RATES
    by_subject: defaultdict[str, list[MetricHit]] = defaultdict(list)
    for hit in hits:
        if hit.metric.kind not in _RATES or asks_rate:
            by_subject[hit.metric.subject].append(hit)
    contestants = [Contestant(name, question, tuple(own), question) for name, own in by_subject.items()]
    ranked = compare(contestants)
    return Comparison(ranked.rows, near=ranked.near) if ranked else None


def shared_indicators(contestants: Sequence[Contestant]) -> tuple[str, ...]:
    """Return the indicators that can be compared, those of the most contestants first."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    names: dict[Measure, str] = {}
    for one in contestants:
        for hit in one.hits:
            measure = measure_of(hit.metric, frozenset())
            if measure.kind is Kind.LEVEL:
                owners[names.setdefault(measure, hit.metric.indicator)].add(one.name)
    shared = [name for name, found in owners.items() if len(found) > 1]
    return tuple(sorted(shared, key=lambda name: -len(owners[name])))


def make_row(name: str, metrics: Sequence[Metric]) -> Row:
    """Return a row of statements of one thing at one time, the first exact one in front."""
    first, *others = merge_restated(prefer_exact(metrics))
    return Row(name, first, tuple(others))


def ratio_of(largest: Decimal, smallest: Decimal) -> Decimal | None:
    """Return a ratio to one decimal, halves rounded up; None where a size is not positive."""
    if smallest <= 0 or largest <= 0:
        return None
    with localcontext(prec=_DIGITS):
        return (largest / smallest).quantize(_TENTH, ROUND_HALF_UP)


def _about_asked(contestants: Sequence[Contestant]) -> Sequence[Contestant]:
    """Keep the figures that are surely about what was asked, if two contestants have any."""
    close = [
        replace(one, hits=tuple(hit for hit in one.hits if is_about(hit.metric, one.indicator)))
        for one in contestants
    ]
    return close if sum(bool(one.hits) for one in close) > 1 else contestants


def _by_measure(contestant: Contestant) -> _Held:
    asked = asked_units(contestant.question)
    held: defaultdict[Measure, list[MetricHit]] = defaultdict(list)
    for hit in contestant.hits:
        held[measure_of(hit.metric, asked)].append(hit)
    return dict(held)


def _best_measure(contestants: Sequence[Contestant], all_held: Sequence[_Held]) -> Measure | None:
    """Return the measure of at least two that is closest to the question: in kind, then in name."""
    scores: defaultdict[Measure, list[float]] = defaultdict(list)
    for held in all_held:
        for measure, hits in held.items():
            scores[measure].append(max(hit.score for hit in hits))
    shared = {measure: found for measure, found in scores.items() if len(found) > 1}
    question = contestants[0].question if contestants else ""
    wanted = read_question(question, published=None).kind or Kind.LEVEL

    def fitness(measure: Measure) -> tuple[bool, int, int, float]:
        found = shared[measure]
        return measure.kind is wanted, -len(measure.more), len(found), sum(found)

    return max(shared, key=fitness, default=None)


def _nearest(contestant: Contestant, held: _Held, measure: Measure) -> Row | None:
    """Return the best figure of the same kind and unit that goes by the asked name and more."""
    hits = [
        hit
        for own, found in held.items()
        if (own.kind, own.base_unit) == (measure.kind, measure.base_unit)
        for hit in found
        if not hit.metric.forecast
    ]
    best = max(hits, key=lambda hit: hit.score, default=None)
    if best is None or not has_words(best.metric.indicator, contestant.indicator):
        return None
    return make_row(contestant.name, [best.metric])


def _rows(pools: Mapping[str, Sequence[Metric]]) -> tuple[Row, ...]:
    """Take the latest period that all tell, else the latest figure of each."""
    times = [{time_key(metric.period) for metric in pool} for pool in pools.values()]
    shared = [key for key in set.intersection(*times) if key]
    latest = max(shared, key=lambda key: (key[1], key[0] or date.max), default=None)
    rows = [make_row(name, _of_time(pool, latest)) for name, pool in pools.items()]
    return tuple(sorted(rows, key=lambda row: _order(row.metric)))


def _of_time(pool: Sequence[Metric], key: Time | None) -> list[Metric]:
    """Return the figures of a period, without one those of the latest, best first."""
    told = [metric for metric in pool if time_key(metric.period)] or pool
    key = key or max((time_key(metric.period) for metric in told), key=_lateness)
    return [metric for metric in told if time_key(metric.period) == key]


def _order(metric: Metric) -> Decimal:
    """Put the largest first, and the first rank."""
    return size_of(metric) if metric.kind is Kind.RANK else -size_of(metric)


def _lateness(key: Time | None) -> date:
    return key[1] if key else date.min


def _facts_first(hits: Iterable[MetricHit]) -> list[Metric]:
    """Return the facts, or the forecasts where nothing else is printed, best first."""
    metrics = [hit.metric for hit in sorted(hits, key=lambda hit: -hit.score)]
    return [metric for metric in metrics if not metric.forecast] or metrics
