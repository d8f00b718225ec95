"""Ranking metrics for a question: what is named weighs most, then whose, when and what kind of figure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.metrics.subject import find_mentions
from knowledge.metrics.tables import load_table
from knowledge.metrics.wording import in_one_wording, split_units, units_of
from knowledge.model import Kind, Metric, MetricHit, Period

_WEIGHTS = (1.0, 0.9, 0.55, 0.3)
"""What a word weighs that is found in the indicator, the subject, the sentence, the article's title."""

_ENOUGH = 0.55
"""Share of the question's words, by weight, that a metric must have for it to be an answer."""
_COMMON = 0.4
_NAMES_REMEMBERED = 1 << 10
_NEAR_YEARS = 1
"""Years by which a figure without a time may be older than its issue, or older than the year asked for."""
_MISSED_PERIOD = -0.6
_OTHER_YEAR = 0.1
_FORESEEN = 0.3
_PLACES = frozenset({"world", "country", "place"})
_OLD, _MOST_YEARS = -0.025, 3  # for each year that a figure is older than its issue
_ABOUT = -0.02  # of two figures an exact one comes before 超过
_UNASKED_KINDS = {Kind.LEVEL: 0.15, Kind.SHARE: 0.05}


@dataclass(frozen=True, slots=True)
class Question:
    """What a query asks for. `terms` are its content words as typed, `named` they and of whom they are asked,
    `words` in one wording, `units` those as `wording` cuts them.

    `dated`: its time has a year in digits. `whole`: all until now is asked for, or (False) only what is
    new. `base_units` are those that the figure may have where the words tell it (多少公里), else empty;
    `measures` the quantities that the words name (产量, 收入). `asks_figure`: a figure is the answer where
    one fits, `names_figure`: the words name one, not only whose it is, `asks_plainly`: nothing else is one.
    """

    text: str
    terms: tuple[str, ...]
    named: str
    words: tuple[str, ...]
    units: tuple[str, ...]
    subjects: tuple[str, ...]
    period: Period | None
    kind: Kind | None
    base_units: frozenset[str]
    wants_forecast: bool
    measures: frozenset[str]
    asks_plainly: bool
    asks_figure: bool
    names_figure: bool = False
    whole: bool | None = None
    dated: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A metric, its parts in one wording, the weightiest first, and which units of the question they have."""

    metric: Metric
    parts: tuple[str, ...]
    units: frozenset[str]

    def weight_of(self, unit: str) -> float:
        """Return the weight of the best part that has the unit, 0 where none has it."""
        for weight, text in zip(_WEIGHTS, self.parts, strict=True):
            if unit in text:
                return weight
        return 0.0


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for: units with a pattern where they are Latin, and where each stands in its word.

    Of a word its telling characters are kept, a 1 for each, and a 0 for one that says little (of 企业).
    """

    units: Mapping[str, re.Pattern[str] | None]
    words: tuple[tuple[bytes, tuple[tuple[str, int], ...]], ...]


def rank_metrics(question: Question, candidates: Iterable[Metric]) -> tuple[MetricHit, ...]:
    """Return the metrics that answer a question, best first, none that does not fit."""
    if not question.units and not question.subjects:
        return ()
    wanted = _wanted(question)
    about = [
        _read(metric, wanted)
        for metric in candidates
        if _is_about(question, metric) and _may_be_of(question, metric) and _measures(question, metric)
    ]
    rarity = _rarity(question, about)
    covered = {units: _covered(wanted, units) for units in {candidate.units for candidate in about}}
    fitting = [candidate for candidate in about if covered[candidate.units] >= _ENOUGH]
    hits = [MetricHit(candidate.metric, _score(question, candidate, rarity)) for candidate in fitting]
    return _own_first(question, sorted(hits, key=lambda hit: -hit.score))


def _own_first(question: Question, hits: list[MetricHit]) -> tuple[MetricHit, ...]:
    """Put the figures of others last, and leave them out where there are only such.

    中芯国际净利润 is not that of 中微公司.
    """
    told = [(_is_of_other(question, hit.metric.subject), hit) for hit in hits]
    own = [hit for is_other, hit in told if not is_other]
    return (*own, *(hit for is_other, hit in told if is_other)) if own else ()


def _is_of_other(question: Question, subject: str) -> bool:
    """Tell whether a subject is another place or company of the kind of those that were asked for."""
    if not question.subjects or any(_same_name(name, subject) for name in question.subjects):
        return False
    kind = _kind_of_owner(subject)
    return bool(kind) and all(_kind_of_owner(name) == kind for name in question.subjects)


@lru_cache(_NAMES_REMEMBERED)
def _kind_of_owner(name: str) -> str:
    """Return province, place, country or company, "" for what is no such name."""
    if name in load_table("regions")["provinces"]:
        return "province"
    level = next((mention.level for mention in find_mentions(name) if mention.name == name), "")
    return level if level in {"place", "country", "company"} else ""


def _is_owner(subject: str) -> bool:
    """Tell whether a figure is of a place or company by name, but for the whole country."""
    return bool(_kind_of_owner(subject)) and subject not in load_table("questions")["places"]["home"]


def is_same_part(asked: Period, told: Period) -> bool:
    """Tell whether two periods are the same part of different years, as 一季度 may be of an older issue."""
    if not asked.start or not asked.end or not told.start or not told.end:
        return False
    ends = (asked.start.month, asked.end.month), (told.start.month, told.end.month)
    return ends[0] == ends[1] and told.start.year == told.end.year


def is_named(question: Question, metric: Metric) -> bool:
    """Tell whether a figure is of one who was asked for, and its name has any of what was."""
    if question.subjects and not any(_same_name(name, metric.subject) for name in question.subjects):
        return False
    return not units_of(metric.indicator).isdisjoint(question.units)


def _wanted(question: Question) -> _Wanted:
    """Work out once what every candidate is searched for; a Latin unit counts only as a whole word."""
    whole = r"(?<![a-z0-9+.]){}(?![a-z0-9+.])"
    words = tuple(
        (_telling(word), tuple((unit, word.find(unit)) for unit in split_units(word)))
        for word in question.words
    )
    units = dict.fromkeys((*question.units, *(unit for _, placed in words for unit, _ in placed)))
    return _Wanted({u: re.compile(whole.format(re.escape(u))) if u.isascii() else None for u in units}, words)


def _read(metric: Metric, wanted: _Wanted) -> _Candidate:
    printed = (metric.indicator, metric.subject, metric.sentence, metric.citation.title)
    parts = tuple(map(in_one_wording, printed))
    text = "\n".join(parts)
    found = [
        unit for unit, whole in wanted.units.items() if unit in text and (not whole or whole.search(text))
    ]
    return _Candidate(metric, parts, frozenset(found))


def _is_about(question: Question, metric: Metric) -> bool:
    """Tell whether one of the places or companies that were asked for is near the figure at all.

    The title may name them, where the figure is not of another one.
    """
    if not question.subjects:
        return True
    if any(_same_name(name, metric.subject) for name in question.subjects):
        return True
    places = metric.sentence if _is_owner(metric.subject) else f"{metric.sentence}\n{metric.citation.title}"
    return any(_short(name) in places for name in question.subjects)


def _may_be_of(question: Question, metric: Metric) -> bool:
    """Tell whether a figure may be of the year that was written; one without a time is of its issue's."""
    asked, told = question.period, metric.period
    if not question.dated or not asked or not asked.end:
        return True
    last = told.end or metric.citation.issue.published
    if not last:
        return True
    first = (told.start or last).year - (0 if told.end else _NEAR_YEARS)
    return first <= asked.end.year and (asked.start or asked.end).year <= last.year + _NEAR_YEARS


def _measures(question: Question, metric: Metric) -> bool:
    """Tell whether a figure is of the quantity asked for; its name may leave that to unit and sentence."""
    if not question.measures:
        return True
    if told := measures_in(in_one_wording(metric.indicator)):
        return not told.isdisjoint(question.measures)
    around = measures_in(in_one_wording(metric.sentence))
    return metric.quantity.base_unit in question.base_units or not around.isdisjoint(question.measures)


@lru_cache(_NAMES_REMEMBERED)
def measures_in(text: str) -> frozenset[str]:
    """Return the quantities that a text in one wording names: what can be measured of the same thing."""
    table = load_table("questions")["measures"]
    return frozenset(name for name, words in table.items() if any(word in text for word in words))


def _same_name(asked: str, subject: str) -> bool:
    """Tell whether a subject has the name that was asked for, or is that without its ending.

    A place is not the company that begins with its name: 中国 is not 中国移动.
    """
    if not subject:
        return False
    return _short(asked) in subject or (subject in asked and (subject == asked or not _is_place(subject)))


@lru_cache(_NAMES_REMEMBERED)
def _is_place(name: str) -> bool:
    return any(mention.name == name and mention.level in _PLACES for mention in find_mentions(name))


@lru_cache(_NAMES_REMEMBERED)
def _short(name: str) -> str:
    """Return a place without its rank, as it stands in running text: 河北省 is 河北."""
    for ending in load_table("questions")["places"]["endings"]:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def _rarity(question: Question, candidates: list[_Candidate]) -> dict[str, float]:
    """Return the weight of each unit of the question that is known: a rare one tells more."""
    counts = Counter(
        unit for candidate in candidates for unit in candidate.units.intersection(question.units)
    )
    common = load_table("questions")["common"]["words"]
    rare = {unit: math.log(1 + (len(candidates) + 1) / (count + 0.5)) for unit, count in counts.items()}
    return {unit: weight * (_COMMON if unit in common else 1) for unit, weight in rare.items()}


def _score(question: Question, candidate: _Candidate, rarity: Mapping[str, float]) -> float:
    metric = candidate.metric
    return (
        _coverage(question, candidate, rarity)
        + 0.25 * _closeness(question, candidate)
        + _subject_score(question, metric)
        + _period_score(question, metric)
        + _outlook_score(question, metric)
        + _kind_score(question, metric)
        + _unit_score(question, metric)
        + _amount_score(question, metric)
    )


def _coverage(question: Question, candidate: _Candidate, rarity: Mapping[str, float]) -> float:
    """Return how much of what was asked the metric has, by where it has it."""
    if not question.units:
        return 0.0
    best = (weight * candidate.weight_of(unit) for unit, weight in rarity.items() if unit in candidate.units)
    return sum(best) / (sum(rarity.values()) or 1)


def _covered(wanted: _Wanted, known: frozenset[str]) -> float:
    """Return the share of the telling characters of the words that are part of a known unit.

    By characters, since a pair across two words (居出 of 智能家居出货量) is nowhere, yet both are covered.
    """
    total = covered = 0
    for telling, placed in wanted.words:
        left = bytearray(telling)
        for unit, at in placed:
            if unit in known:
                left[at : at + len(unit)] = bytes(len(unit))
        total, covered = total + sum(telling), covered + sum(telling) - sum(left)
    return covered / total if total else 1.0


def _telling(word: str) -> bytes:
    flags = bytearray(b"\x01" * len(word))
    for common in load_table("questions")["common"]["words"]:
        at = word.find(common)
        if at >= 0:
            flags[at : at + len(common)] = bytes(len(common))
    return bytes(flags)


def _closeness(question: Question, candidate: _Candidate) -> float:
    """Return how much of the indicator was asked for: the shortest name that fits is the best."""
    units = units_of(candidate.metric.indicator)
    return len(units.intersection(question.units)) / len(units) if units else 0.0


def _subject_score(question: Question, metric: Metric) -> float:
    if question.subjects:
        return 0.6 if any(_same_name(name, metric.subject) for name in question.subjects) else 0.0
    return 0.2 if metric.subject in load_table("questions")["places"]["home"] else 0.0


def _period_score(question: Question, metric: Metric) -> float:
    if not question.period:
        return _latest(metric) - 0.15 * (metric.forecast and not question.wants_forecast)
    asked, told = question.period, metric.period
    if not told.end or not asked.end:
        return -0.1
    if (asked.start, asked.end) == (told.start, told.end):
        return 0.5
    if _overlaps(asked, told):
        return 0.25 if asked.end.year == told.end.year else 0.05
    return _MISSED_PERIOD if question.dated or not is_same_part(asked, told) else _OTHER_YEAR


def _latest(metric: Metric) -> float:
    """Prefer the newest fact a little; one without a period is as new as its issue."""
    end = metric.period.end or metric.citation.issue.published
    exact = _ABOUT if metric.approx else 0.0
    if not end or metric.forecast:
        return exact
    new = min(0.1, max(0.0, (end.year - 2000) / 300))
    return exact + new + _OLD * min(_years_before_issue(metric), _MOST_YEARS)


def _years_before_issue(metric: Metric) -> int:
    end, published = metric.period.end, metric.citation.issue.published
    return max(0, published.year - end.year) if end and published else 0


def _overlaps(asked: Period, told: Period) -> bool:
    return (told.start or date.min) <= (asked.end or date.max) and (asked.start or asked.end or date.min) <= (
        told.end or date.max
    )


def _outlook_score(question: Question, metric: Metric) -> float:
    return _FORESEEN if question.wants_forecast and metric.forecast else 0.0


def _kind_score(question: Question, metric: Metric) -> float:
    if question.kind:
        return 0.5 if metric.kind is question.kind else -0.3
    return _UNASKED_KINDS.get(metric.kind, -0.1)


def _amount_score(question: Question, metric: Metric) -> float:
    """Prefer all until a point in time where that is asked for, what a span of time added where that is."""
    if question.whole is None or not metric.period.end:
        return 0.0
    return 0.2 if question.whole is (metric.period.start is None) else 0.0


def _unit_score(question: Question, metric: Metric) -> float:
    if not question.base_units or not metric.quantity.base_unit:
        return 0.0
    return 0.35 if metric.quantity.base_unit in question.base_units else -0.5
