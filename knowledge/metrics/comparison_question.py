"""Questions for several figures, read: who and when is compared, what is followed over time.

The words that tell them are `data/metrics/comparing.toml`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import product

from knowledge.metrics.comparison import Contestant
from knowledge.metrics.english import in_chinese
from knowledge.metrics.period import find_times
from knowledge.metrics.statements import owner_of, time_key
from knowledge.metrics.subject import find_mentions
from knowledge.metrics.tables import either, load_table
from knowledge.model import Metric, MetricHit, Period
from knowledge.normalize import fold

_LONGEST = 4096
_GAP = " "


@dataclass(frozen=True, slots=True)
class ComparisonQuestion:
    """Who and what times are compared by which indicator, and whether the words say "compare".

    `things` are words that are no known subject: other names, or indicators. A single subject or period
    belongs to the question of every contestant.
    """

    subjects: tuple[str, ...]
    periods: tuple[Period, ...]
    things: tuple[str, ...]
    indicator: str
    says_so: bool

    @property
    def size(self) -> int:
        """How many are compared."""
        return max(1, len(self.subjects) + len(self.things)) * max(1, len(self.periods))


def read_comparison(text: str, published: date | None) -> ComparisonQuestion:
    """Read 河北 青海 数字经济规模 in any order; relative times are those of the newest issue."""
    line = _with_year_words(in_chinese(fold(text[:_LONGEST])))
    times = find_times(line, published)
    rest = _blank(line, ((time.start, time.end) for time in times))
    mentions = [mention for mention in find_mentions(rest) if mention.name]
    rest, which = _without_which(_blank(rest, ((mention.start, mention.end) for mention in mentions)))
    says_so = which or bool(_comparing().search(line))
    rest = _comparing().sub(_GAP, rest)
    words = _words(rest if mentions or not says_so else _pattern("joined").sub(_GAP, rest))
    subjects = dict.fromkeys(part.name for mention in mentions for part in mention.parts())
    things = _things(words, len(subjects), len(times))
    periods = {time_key(time.period): time.period for time in times}
    indicator = _GAP.join(word for word in words if word not in things)
    return ComparisonQuestion(tuple(subjects), tuple(periods.values()), things, indicator, says_so)


def find_contestants(
    question: ComparisonQuestion, find: Callable[[str], Iterable[MetricHit]]
) -> tuple[Contestant, ...]:
    """Return each subject, thing and period that is compared with the figures that are its own."""
    owners = (*question.subjects, *question.things)
    if question.things and len(question.subjects) == 1 and len(question.things) > 1:
        owners = question.things
    contestants = tuple(
        _contestant(question, owner, period, find)
        for owner, period in product(owners or ("",), question.periods or (None,))
    )
    return contestants if question.subjects and not question.things else _of_one_owner(contestants)


def _of_one_owner(contestants: tuple[Contestant, ...]) -> tuple[Contestant, ...]:
    """Keep the figures of the owner whom the most contestants have, and who fits best."""
    scores: defaultdict[str, list[float]] = defaultdict(list)
    for one in contestants:
        for owner, hits in _by_owner(one.hits).items():
            scores[owner].append(max(hit.score for hit in hits))
    best = max(scores, key=lambda owner: (len(scores[owner]), sum(scores[owner])), default="")
    return tuple(replace(one, hits=tuple(_by_owner(one.hits).get(best, ()))) for one in contestants)


def _by_owner(hits: Iterable[MetricHit]) -> dict[str, list[MetricHit]]:
    found: dict[str, list[MetricHit]] = {}
    for hit in hits:
        found.setdefault(owner_of(hit.metric), []).append(hit)
    return found


def read_series(text: str) -> str | None:
    """Return what is followed over time (云计算市场规模 历年), None where the words do not ask for that."""
    line = in_chinese(fold(text[:_LONGEST]))
    rest = _over_time().sub(_GAP, line)
    return _GAP.join(rest.split()) if rest != line else None


def _without_which(text: str) -> tuple[str, bool]:
    """Return a text without its names as without 哪个 ... 多, or 比 ... 多, and whether it asks so."""
    more, asked = _pattern("more"), False
    for name in ("who", "than"):
        if _pattern(name).search(text) and more.search(text):
            text, asked = _pattern(name).sub(_GAP, text), True
    return (more.sub(_GAP, text), True) if asked or _comparing().search(text) else (text, False)


def _contestant(
    question: ComparisonQuestion,
    owner: str,
    period: Period | None,
    find: Callable[[str], Iterable[MetricHit]],
) -> Contestant:
    shared = question.subjects[0] if len(question.subjects) == 1 and owner in question.things else ""
    time = period.label or "" if period else ""
    several = len(question.periods) > 1
    words = _GAP.join(filter(None, (time, shared, owner, question.indicator)))
    hits = tuple(
        hit
        for hit in find(words)
        if _is_own(hit.metric, owner, question) and (period is None or _is_in(hit.metric.period, period))
    )
    return Contestant(
        _GAP.join(filter(None, (owner, time if several else ""))), words, hits, question.indicator
    )


def _is_own(metric: Metric, owner: str, question: ComparisonQuestion) -> bool:
    if owner in question.things:
        return owner in fold(metric.subject + metric.indicator)
    return not owner or owner_of(metric) == owner


def _is_in(told: Period, asked: Period) -> bool:
    """Tell whether a figure is of the period that was asked for, or of a day in it."""
    if not told.end or not asked.end:
        return False
    if told.start is None:
        return (asked.start or asked.end) <= told.end <= asked.end
    return (told.start, told.end) == (asked.start, asked.end)


def _things(words: Sequence[str], subjects: int, periods: int) -> tuple[str, ...]:
    """Return which words are compared, all but the last, where known names and times do not tell."""
    if subjects > 1 or len(words) < (3 if periods > 1 else 2):
        return ()
    if subjects or len(words) > 2:
        return tuple(words[:-1])
    return tuple(words)


def _with_year_words(text: str) -> str:
    table = load_table("questions")["years"]
    return re.sub(table["bare"], table["written"], text)


def _blank(text: str, places: Iterable[tuple[int, int]]) -> str:
    for start, end in sorted(places, reverse=True):
        text = text[:start] + _GAP + text[end:]
    return text


def _words(text: str) -> list[str]:
    """Return the words that name something; what joins words stands alone, or before the first one."""
    joining = frozenset(load_table("comparing")["comparing"]["joining"])
    pieces = re.split(load_table("comparing")["comparing"]["separators"], text)
    return [
        word
        for piece in pieces
        if (word := _pattern("joins").sub("", piece.lstrip("的"))) and word not in joining
    ]


@cache
def _comparing() -> re.Pattern[str]:
    return _phrases(load_table("comparing")["comparing"]["words"])


@cache
def _over_time() -> re.Pattern[str]:
    return _phrases(load_table("comparing")["series"]["words"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load_table("comparing")["comparing"][name])


def _phrases(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of words; Latin ones stand between others."""
    words = tuple(words)
    latin = either(word for word in words if word.isascii())
    other = either(word for word in words if not word.isascii())
    return re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])|{other}")
