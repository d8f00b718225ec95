"""Time expressions: finding them in a text and resolving them against the publication date.

text -> find_times -> TimeMention(span, Period). Rules and words are `data/metrics/periods.toml`; the
arithmetic of the calendar is `knowledge.metrics.calendar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from knowledge.metrics.calendar import BUILDERS, Clock, Parts
from knowledge.metrics.tables import load_table
from knowledge.model import Period

_YEAR = (
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)(?:年度?|(?=[QH全上下第前]|{dash}(?:19|20)\d\d年?))"
    r"|(?P<relative>{relative}))"
)
_PART = (
    r"(?:(?P<part>{parts})|(?<![提目之以])前(?P<first_quarters>[一二三四1-4])个?季度"
    r"|第?(?P<quarter>[一二三四1-4])季度|Q(?P<q>[1-4])|(?<![提目之以])前(?P<first_months>{number})个?月"
    r"|(?<!\d)(?P<from_month>\d{{1,2}})月?{dash}(?P<to_month>\d{{1,2}})月份?"
    r"|(?<!\d)(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?(?:(?P<day>\d{{1,2}})日)?)"
)
_FIRST_CHARACTER = (
    r"(?=[\d自从截到至今去上下前全本当明后“”\"’‘未近过最此目现如迄眼接一二三四五六七八九十第Q])"
)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression and where it stands. `compared`: something is only compared with that time."""

    start: int
    end: int
    period: Period
    compared: bool = False


def find_times(text: str, published: date | None) -> tuple[TimeMention, ...]:
    """Return the time expressions of a text in order; relative ones need `published` to get dates."""
    return tuple(_scan(text, Clock(published)))


def _scan(text: str, clock: Clock) -> Iterator[TimeMention]:
    for match in _time_pattern().finditer(text):
        parts, rule = _matched_parts(match)
        period = BUILDERS[rule](parts, clock)
        if period:
            clock = Clock(clock.published, int(parts.get("year") or 0) or clock.year)
            yield TimeMention(
                match.start(), match.end(), period, _is_compared(text, match.start(), match.end())
            )


def _is_compared(text: str, start: int, end: int) -> bool:
    words = load_table("periods")["compared"]
    return text.startswith(tuple(words["after"]), end) or text.endswith(tuple(words["before"]), 0, start)


def _matched_parts(match: re.Match[str]) -> tuple[Parts, str]:
    """Return what the rule that matched has found, and how it is built."""
    prefix, build = _rules()[match.lastgroup or ""]
    groups: Mapping[str, str | None] = match.groupdict()
    parts = {name.removeprefix(prefix): value for name, value in groups.items() if name.startswith(prefix)}
    return {**parts, "text": match[0]}, build


@cache
def _rules() -> dict[str, tuple[str, str]]:
    """Name of the outer group of a rule -> prefix of the names of its groups, and its builder."""
    rules = load_table("periods")["rule"]
    return {f"rule{n}": (f"r{n}_", rule["build"]) for n, rule in enumerate(rules)}


@cache
def _time_pattern() -> re.Pattern[str]:
    rules = load_table("periods")["rule"]
    bodies = [f"(?P<rule{n}>{_expand(rule['pattern'], f'r{n}_')})" for n, rule in enumerate(rules)]
    return re.compile(_FIRST_CHARACTER + "(?:" + "|".join(bodies) + ")")


def _expand(pattern: str, prefix: str) -> str:
    """Fill the fragments into a rule and make the names of its groups its own."""
    fragments = _fragments()
    points = {"a": _point(fragments, "1" if "{b}" in pattern else ""), "b": _point(fragments, "2")}
    return _rename(pattern.format(**fragments, **points), prefix, "")


def _point(fragments: Mapping[str, str], place: str) -> str:
    """Return the pattern of a year, a part of a year or both; `place` tells the ends of a span apart."""
    year, part = _YEAR.format(**fragments), _PART.format(**fragments)
    return _rename(f"(?P<any>{year})?(?:的?{part}|(?(any)|(?!)))", "", place)


def _rename(pattern: str, prefix: str, suffix: str) -> str:
    """Give the groups of a pattern, and the conditions on them, longer names."""
    return re.sub(r"\(\?(P<|\()(\w+)(?=[>)])", rf"(?\g<1>{prefix}\g<2>{suffix}", pattern)


def _fragments() -> dict[str, str]:
    table = load_table("periods")
    return {
        **table["fragments"],
        "relative": _either(table["relative_years"]),
        "parts": _either(table["parts"]),
        "now": _either(table["now"]["words"]),
    }


def _either(words: Mapping[str, object] | list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
