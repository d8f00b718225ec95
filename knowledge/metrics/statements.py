"""Statements: what several printed figures say of one thing, once again or otherwise.

Two figures are of one measure when their indicators differ in nothing but the words of the question, and
kind and base unit are the same; money is compared in the currency that is printed, never converted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TypeAlias

from knowledge.metrics.english import in_chinese
from knowledge.metrics.tables import WordSet, load_table
from knowledge.metrics.wording import split_units, unify, units_of
from knowledge.model import Kind, Metric, Period
from knowledge.normalize import fold

Time: TypeAlias = tuple[date | None, date]

_SAME_TIME = timedelta(days=92)  # two counts within a quarter can be held against each other
_BESIDE = (Kind.GROWTH, Kind.CAGR, Kind.SHARE, Kind.RANK)


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure can be compared by. `more` is what its indicator says beyond the question."""

    more: frozenset[str]
    kind: Kind
    base_unit: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure, and the other places that print the same."""

    metric: Metric
    also: tuple[Metric, ...] = ()


def measure_of(metric: Metric, asked: frozenset[str]) -> Measure:
    """Return what a figure measures, to somebody who asked with these units of words."""
    name = _thing(metric)
    return Measure(frozenset(split_units(name)) - asked, metric.kind, metric.quantity.base_unit)


def asked_units(question: str) -> frozenset[str]:
    """Return the units of words of a question, Chinese or English, for `measure_of`."""
    chinese = unify(in_chinese(fold(question)))
    return frozenset((*split_units(chinese), *split_units(_bare(chinese))))


def is_about(metric: Metric, words: str) -> bool:
    """Tell whether a figure's name, owner and article's title have all the words.

    Its sentence alone may only mention them beside another thing.
    """
    parts = (metric.indicator, owner_of(metric), metric.citation.title)
    return has_words(" ".join(parts), words)


def has_words(text: str, words: str) -> bool:
    """Tell whether each character of the words is part of a unit that a text has, in whatever wording."""
    known = units_of(text)
    return all(_is_covered(word, known) for word in unify(fold(words)).split())


def size_of(metric: Metric) -> Decimal:
    """Return the base value, the larger end of a range: what figures are sorted by."""
    value = metric.quantity.base_value
    return max(value) if isinstance(value, tuple) else value


def owner_of(metric: Metric) -> str:
    """Return whose figure it is; one that names nobody is of the whole country."""
    return metric.subject or load_table("questions")["places"]["home"][0]


def merge_restated(metrics: Iterable[Metric]) -> tuple[Statement, ...]:
    """Return each fact once, in the order of its first or, better, first exact statement."""
    statements: list[Statement] = []
    for metric in metrics:
        at = next((n for n, stated in enumerate(statements) if _is_restated(stated.metric, metric)), None)
        if at is None:
            statements.append(Statement(metric))
        else:
            statements[at] = _with_statement(statements[at], metric)
    return tuple(statements)


def group_by_thing(metrics: Iterable[Metric]) -> tuple[tuple[Metric, ...], ...]:
    """Return the figures in groups of one thing that is counted, in the order of the first of each."""
    groups: dict[str, list[Metric]] = {}
    for metric in metrics:
        groups.setdefault(_thing(metric), []).append(metric)
    return tuple(tuple(group) for group in groups.values())


def is_same_time(one: Metric, other: Metric) -> bool:
    """Tell whether two statements can be held against each other; one that tells no time can.

    A rough or present count can be held against one of about that day, a year's end against the year.
    """
    first, second = one.period, other.period
    if first.end is None or second.end is None or time_key(first) == time_key(second):
        return True
    if first.start is None and second.start is None:
        return (_is_rough(one) or _is_rough(other)) and abs(first.end - second.end) <= _SAME_TIME
    year_end = (first.end.month, first.end.day) == (12, 31)
    return first.end == second.end and year_end and None in (first.start, second.start)


def time_key(period: Period) -> Time | None:
    """Return what two figures of one period share, None for a figure that tells no time."""
    return (period.start, period.end) if period.end else None


def printed_beside(metric: Metric, same_article: Iterable[Metric]) -> tuple[Metric, ...]:
    """Return the growth, share and rank that an article prints of the same thing at the same time."""
    return tuple(
        other
        for other in same_article
        if other.kind in _BESIDE
        and other.kind is not metric.kind
        and (other.subject, other.period, other.forecast) == (metric.subject, metric.period, metric.forecast)
        and _is_of(other, metric)
    )


def prefer_exact(metrics: Sequence[Metric]) -> tuple[Metric, ...]:
    """Put an exact statement before a rounder one of the same thing that happens to be first."""
    first = metrics[0]
    if not first.approx:
        return tuple(metrics)
    exact = (other for other in metrics if not other.approx and _can_replace(first, other))
    best = next(exact, first)
    return (best, *(metric for metric in metrics if metric is not best))


def _is_covered(word: str, known: frozenset[str]) -> bool:
    covered: set[int] = set()
    for unit in split_units(word):
        if unit in known:
            at = word.find(unit)
            covered.update(range(at, at + len(unit)))
    return len(covered) == len(word)


def _is_of(other: Metric, metric: Metric) -> bool:
    """Tell whether a rate is of this very thing; a rank may leave it to its sentence to name it."""
    if other.kind is Kind.SHARE:
        return _thing(other).startswith(_thing(metric))
    in_sentence = other.kind is Kind.RANK and other.sentence == metric.sentence
    return _thing(other) == _thing(metric) or in_sentence


def _can_replace(first: Metric, other: Metric) -> bool:
    same = (first.kind, first.quantity.base_unit, first.forecast)
    return (
        owner_of(first) == owner_of(other)
        and same == (other.kind, other.quantity.base_unit, other.forecast)
        and _thing(first) == _thing(other)
        and other.period.end is not None
        and is_same_time(first, other)
    )


def _is_restated(one: Metric, other: Metric) -> bool:
    return (
        one.quantity.base_value == other.quantity.base_value
        and (one.kind, one.quantity.base_unit, one.forecast)
        == (other.kind, other.quantity.base_unit, other.forecast)
        and owner_of(one) == owner_of(other)
        and _thing(one) == _thing(other)
        and (one.period.end == other.period.end or None in (one.period.end, other.period.end))
    )


def _is_rough(metric: Metric) -> bool:
    """Tell a round number, or one of "now", from a count of a day."""
    return metric.approx is not None or metric.period.label in load_table("periods")["now"]["words"]


def _with_statement(stated: Statement, metric: Metric) -> Statement:
    """Add a statement; one that is exact, or tells its time, takes the place of one that does not."""
    if _vagueness(metric) < _vagueness(stated.metric):
        return Statement(metric, (stated.metric, *stated.also))
    return replace(stated, also=(*stated.also, metric))


def _vagueness(metric: Metric) -> int:
    return (metric.approx is not None) + 2 * (metric.period.end is None)


def _thing(metric: Metric) -> str:
    """Return what a figure counts, in one wording."""
    return _bare(unify(fold(metric.indicator)))


def _bare(name: str) -> str:
    """Return an indicator without the words that do not make it another thing: 5g基站总数 is 5g基站."""
    leading, trailing = _edges()
    name = name[leading.length_at_start(name) :]
    length = trailing.length_at_end(name)
    return name[:-length] if 0 < length < len(name) else name


@cache
def _edges() -> tuple[WordSet, WordSet]:
    table = load_table("comparing")["indicator"]
    return WordSet.of(table["leading"]), WordSet.of(table["trailing"])
