"""A question for a figure, read as subject, indicator, period and kind.

query -> read_question -> Question -> rank_metrics -> MetricHit, best first.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from knowledge.metrics.english import in_chinese
from knowledge.metrics.period import TimeMention, find_times
from knowledge.metrics.ranking import Question, measures_in, rank_metrics
from knowledge.metrics.subject import Mention, find_mentions
from knowledge.metrics.tables import either, load_table
from knowledge.metrics.wording import split_units, unify
from knowledge.model import Kind, Period
from knowledge.normalize import fold

__all__ = ["Question", "rank_metrics", "read_question"]

_LONGEST = 4096
_GAP = " "


def read_question(query: str, *, published: date | None) -> Question:
    """Read a query of any form; relative times are those of the newest issue, published then."""
    text = _with_year_words(in_chinese(fold(query[:_LONGEST])))
    rest, period = _take_period(text, published)
    mentions = _subjects(find_mentions(rest))
    kind = _kind(rest)
    content = _content(_without(rest, mentions), kind)
    asks_plainly = bool(_question_words().search(rest))
    names_figure = asks_plainly or (not _asks_why().search(rest) and bool(kind or _names_quantity(content)))
    words = tuple(unify(content).split())
    return Question(
        text=text,
        terms=tuple(content.split()),
        named=_GAP.join((content, *(rest[mention.start : mention.end] for mention in mentions))),
        words=words,
        units=split_units(_GAP.join(words)),
        subjects=tuple(dict.fromkeys(mention.name for mention in mentions)),
        period=period,
        kind=kind,
        base_units=frozenset() if kind else _base_units(rest),
        wants_forecast=bool(_kind_words("forecast").search(rest)),
        whole=_whole(rest),
        dated=bool(period and _dated().search(text)),
        measures=measures_in(unify(content)),
        asks_plainly=asks_plainly,
        asks_figure=names_figure or _may_ask_figure(rest, content, narrowed=bool(mentions or period)),
        names_figure=names_figure,
    )


def _with_year_words(text: str) -> str:
    """Return the text with every bare year (2020) written as a year."""
    table = load_table("questions")["years"]
    return re.sub(table["bare"], table["written"], text)


def _take_period(text: str, published: date | None) -> tuple[str, Period | None]:
    """Return the text without its times, and the last of them."""
    times = asked_times(text, published)
    for time in reversed(times):
        text = text[: time.start] + _GAP + text[time.end :]
    return text, times[-1].period if times else None


def asked_times(text: str, published: date | None) -> tuple[TimeMention, ...]:
    """Return the times of a folded question; 上半年 of no certain year is one that is over."""
    times = find_times(text, published)
    if not published or names_year(text) or _kind_words("forecast").search(text):
        return times
    to_come = any(time.period.end and time.period.start and time.period.end > published for time in times)
    return find_times(text, published.replace(year=published.year - 1, day=1)) if to_come else times


def names_year(text: str) -> bool:
    """Tell whether a folded question says of which year: 2023年, 去年."""
    text = _with_year_words(text)
    return bool(_dated().search(text) or _relative_year().search(text))


def _without(text: str, mentions: list[Mention]) -> str:
    for mention in reversed(mentions):
        text = text[: mention.start] + _GAP + text[mention.end :]
    return text


def _subjects(mentions: tuple[Mention, ...]) -> list[Mention]:
    """Return who is asked about; beside a place, 全国 and 全球 are only what it is compared with."""
    named = [mention for mention in mentions if mention.name]
    return [mention for mention in named if mention.name not in _wide()] or named


def _content(text: str, kind: Kind | None) -> str:
    """Return the words of a query that name what is asked for."""
    if kind and kind is not Kind.SHARE:
        text = _kind_words(kind).sub(_GAP, text)
    return _GAP.join(word for word in _asking().sub(_GAP, text).split() if len(word) > 1)


def _kind(text: str) -> Kind | None:
    """Return the kind that the words ask for, the most telling first."""
    text = _terms().sub(_GAP, text)
    for kind in (Kind.CAGR, Kind.RANK, Kind.OTHER, Kind.SHARE, Kind.GROWTH):
        if _kind_words(kind).search(text):
            return kind
    return None


def _base_units(text: str) -> frozenset[str]:
    units = load_table("questions")["units"]
    return frozenset(unit for word, names in units.items() if word in text for unit in names)


def _whole(text: str) -> bool | None:
    """Tell whether all until now is asked for, or only what is new; None where neither is said."""
    words = load_table("questions")["amounts"]
    if any(word in text for word in words["new"]):
        return False
    return True if any(word in text for word in words["whole"]) else None


def _names_quantity(content: str) -> bool:
    return any(word.endswith(_quantities()) for word in content.split())


def _may_ask_figure(text: str, content: str, *, narrowed: bool) -> bool:
    """Something of somebody or of some time may ask for a figure."""
    return narrowed and bool(content) and not _asks_otherwise().search(text)


@cache
def _kind_words(kind: str) -> re.Pattern[str]:
    return re.compile(either(load_table("questions")["kinds"][kind]))


@cache
def _terms() -> re.Pattern[str]:
    return re.compile(either(load_table("questions")["terms"]["words"]))


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(load_table("questions")["years"]["dated"])


@cache
def _relative_year() -> re.Pattern[str]:
    table = load_table("periods")
    return re.compile(either((*table["relative_years"], *table["preceding_years"], *table["now"]["words"])))


@cache
def _wide() -> frozenset[str]:
    places = load_table("questions")["places"]
    return frozenset((*places["home"], *places["world"]))


@cache
def _quantities() -> tuple[str, ...]:
    return tuple(load_table("questions")["quantities"]["words"])


@cache
def _question_words() -> re.Pattern[str]:
    return re.compile(either(load_table("questions")["asking"]["words"]))


@cache
def _asks_why() -> re.Pattern[str]:
    return re.compile(either(load_table("questions")["asking"]["why"]))


@cache
def _asks_otherwise() -> re.Pattern[str]:
    return re.compile(either(load_table("questions")["asking"]["else"]))


@cache
def _asking() -> re.Pattern[str]:
    table = load_table("questions")
    words = (*table["asking"]["words"], *table["ignored"]["words"])
    return re.compile(either(words, table["ignored"]["guards"]))
