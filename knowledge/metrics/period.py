"""Time expressions: finding them in a text and resolving them against the publication date.

text -> find_times -> TimeMention(span, Period). Rules and words are `data/metrics/periods.toml`; the
arithmetic of dates is `knowledge.metrics.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from knowledge.metrics.dates import BUILDERS, Clock, in_year_of, up_to_named
from knowledge.metrics.tables import either, load_table
from knowledge.model import Period

_LONG = 360  # days: whoever names a whole year in a title speaks of other years as well
_REMEMBERED = 1 << 10  # the same few times are told again and again
_PLACE = re.compile(r"\{([a-z]+)\}")


class TimeMention(NamedTuple):
    """A time expression and where it stands. `compared`: something is only compared with that time.

    `aside`: only its own clause speaks of it.
    """

    start: int
    end: int
    period: Period
    compared: bool = False
    aside: bool = False


def find_times(text: str, published: date | None, said: int | None = None) -> tuple[TimeMention, ...]:
    """Return the time expressions of a text in order; relative ones need `published` to get dates.

    `said` is the year of the time that was told before the text.
    """
    if not _mark_pattern().search(text):
        return ()
    times = list(_scan(text, Clock(published, None, said)))
    for n in range(len(times) - 1):
        period = up_to_named(times[n].period, times[n + 1].period)
        if period is not times[n].period:
            times[n] = times[n]._replace(period=period)
    return tuple(times)


def is_beside(text: str, time: TimeMention) -> bool:
    """Tell a time that is only set beside the one spoken of: 上年, or what something is foreseen for."""
    preceding = load_table("periods")["preceding_years"]
    foreseen = text.startswith(_coming(), time.end) or text.endswith(_coming(), 0, time.start)
    return foreseen or text[time.start : time.end] in preceding


def is_part_of_last(sentence: str) -> bool:
    """Tell a sentence on a part of what was told last: 其中."""
    return sentence.startswith(tuple(load_table("periods")["beside"]["parts"]))


def goes_on(paragraph: str) -> bool:
    """Tell whether a paragraph begins as one that goes on with the time of the one before: 分地区看."""
    return bool(_carried_pattern().match(paragraph))


def is_report(title: str) -> bool:
    """Tell an article on one report of a company, whose paragraphs all go on with its time."""
    return any(word in title for word in load_table("periods")["carried"]["reports"])


def period_of_title(title: str, published: date | None) -> Period:
    """Return the part of a year that the title of an article on it names: 前11个月软件业运行平稳."""
    times = [time.period for time in find_times(title, published) if not time.compared]
    if len(times) != 1 or not published:
        return Period()
    start, end = times[0].start, times[0].end
    over = start and end and end < published
    return times[0] if over and start and end and (end - start).days < _LONG else Period()


def _scan(text: str, clock: Clock) -> Iterator[TimeMention]:
    after, before = _compared()
    spoken_of: Period | None = None
    for match in _time_pattern().finditer(text):
        coming = text.endswith(_coming(), 0, match.start())
        now = clock._replace(coming=True) if coming else clock
        start, end = match.span()
        led_to = text.endswith(before, 0, start)
        again = not led_to and bool(_again_pattern().match(text, end))
        compared = led_to or (text.startswith(after, end) and not again)
        period, told = _resolve(match.lastgroup or "", match[0], match.groups(), now)
        clock = clock if compared else told
        if period:
            period = in_year_of(period, spoken_of) if again and spoken_of else period
            spoken_of = spoken_of if compared or again else period
            yield TimeMention(start, end, period, compared, again)


@lru_cache(_REMEMBERED)
def _resolve(
    rule: str, text: str, found: tuple[str | None, ...], clock: Clock
) -> tuple[Period | None, Clock]:
    """Return the period that a rule makes of what its groups found, and the clock for what follows."""
    names, first, build = _rules()[rule]
    parts = {name: part for name, part in zip(names, found[first:], strict=False) if part}
    period = BUILDERS[build]({**parts, "text": text}, clock)
    if not period:
        return None, clock._replace(coming=False)
    year = int(parts.get("year") or 0) or clock.year
    return period, Clock(clock.published, year, period.end.year if period.end else clock.said)


@cache
def _carried_pattern() -> re.Pattern[str]:
    return re.compile(load_table("periods")["carried"]["pattern"])


@cache
def _again_pattern() -> re.Pattern[str]:
    return re.compile(load_table("periods")["again"]["pattern"])


@cache
def _coming() -> tuple[str, ...]:
    return tuple(load_table("periods")["coming"]["words"])


@cache
def _compared() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands after, and before, a time that something is only compared with."""
    words = load_table("periods")["compared"]
    return tuple(words["after"]), tuple(words["before"])


@cache
def _rules() -> dict[str, tuple[tuple[str, ...], int, str]]:
    """Name of the outer group of a rule -> its parts, the place of the first of their groups, its builder."""
    groups = tuple(_time_pattern().groupindex)  # in the order of the groups
    return {
        f"rule{n}": (
            tuple(group.removeprefix(f"r{n}_") for group in groups if group.startswith(f"r{n}_")),
            groups.index(f"rule{n}") + 1,
            rule["build"],
        )
        for n, rule in enumerate(load_table("periods")["rule"])
    }


@cache
def _mark_pattern() -> re.Pattern[str]:
    """Return a pattern for what every time expression has one of, quicker to look for."""
    table = load_table("periods")
    return re.compile(either((*table["marks"]["any"], *table["now"]["words"], *table["lately"]["words"])))


@cache
def _time_pattern() -> re.Pattern[str]:
    rules = load_table("periods")["rule"]
    bodies = [f"(?P<rule{n}>{_expand(rule['pattern'], f'r{n}_')})" for n, rule in enumerate(rules)]
    return re.compile(_fragments()["first"] + "(?:" + "|".join(bodies) + ")")


def _expand(pattern: str, prefix: str) -> str:
    """Fill the fragments into a rule and make the names of its groups its own."""
    fragments = _fragments()
    point = _fill(fragments["point"], _fill_all(fragments, ("year", "part")))
    places = {"a": "1" if "{b}" in pattern else "", "b": "2"}
    points = {name: _rename(point, "", place) for name, place in places.items()}
    return _rename(_fill(pattern, {**fragments, **points}), prefix, "")


def _fill_all(fragments: Mapping[str, str], names: tuple[str, ...]) -> Mapping[str, str]:
    return {name: _fill(fragments[name], fragments) for name in names}


def _fill(pattern: str, values: Mapping[str, str]) -> str:
    """Replace {name} by its value; the braces of the regular expressions themselves stay."""
    return _PLACE.sub(lambda match: values[match[1]], pattern)


def _rename(pattern: str, prefix: str, suffix: str) -> str:
    """Give the groups of a pattern, and the conditions on them, longer names."""
    return re.sub(r"\(\?(P<|\()(\w+)(?=[>)])", rf"(?\g<1>{prefix}\g<2>{suffix}", pattern)


def _fragments() -> dict[str, str]:
    table = load_table("periods")
    return {
        **table["fragments"],
        "relative": either((*table["relative_years"], *table["anchored_years"], *table["preceding_years"])),
        "lately": either(table["lately"]["words"]),
        "parts": either(table["parts"]),
        "now": either(table["now"]["words"]),
    }
