"""Questions for a ranking, read: who is ranked by which indicator, and how many of them.

The words that tell it are `data/metrics/comparing.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from knowledge.metrics.english import in_chinese
from knowledge.metrics.subject import find_mentions
from knowledge.metrics.tables import either, load_table
from knowledge.model import Metric
from knowledge.normalize import fold

_LONGEST = 4096
_GAP = " "


@dataclass(frozen=True, slots=True)
class RankQuestion:
    """The indicator that is ranked, and which subjects: province, place for any place, country, company.

    Where `level` is "" nobody said: places, or companies where no places are counted. `top` is how many are
    wanted, 0 for all.
    """

    indicator: str
    level: str
    top: int = 0

    def in_words(self) -> str:
        """Return the question as it can be asked again."""
        asked = _table()["again"].get(self.level, "")
        return f"{asked}{self.indicator}{_table()['first'].format(self.top) if self.top else ''}"


def read_ranking(text: str) -> RankQuestion | None:
    """Read 哪个省5G基站最多 or 数字经济规模前三的省份; None for words that ask for no ranking."""
    line = _line(text)
    return _read(line) if _asks_for_most(line) else None


def read_each(text: str) -> RankQuestion | None:
    """Read what is asked of each province or the like, 各省数字经济规模; None for any other words."""
    line = _line(text)
    asks = _pattern("asks").search(line)
    return _read(line) if asks and _pattern("each").match(asks[0]) else None


def read_ranked(text: str) -> RankQuestion:
    """Read what is ranked: an indicator, perhaps in the words of a question."""
    return _read(_line(text))


def is_ranked(metric: Metric, level: str) -> bool:
    """Tell whether a figure is of a subject of this level."""
    regions = load_table("regions")
    if level == "province":
        return metric.subject in regions["provinces"]
    mentions = find_mentions(metric.subject)
    whole = len(mentions) == 1 and mentions[0].name == metric.subject
    if level == "company":
        return bool(metric.subject) and not any(m.level in {"place", "country", "world"} for m in mentions)
    return whole and mentions[0].level == level and metric.subject not in regions["groups"]


def _line(text: str) -> str:
    return in_chinese(fold(text[:_LONGEST]))


def _read(line: str) -> RankQuestion:
    asked, first = _pattern("asks").search(line), _pattern("top").search(line)
    those = _those().search(line) or _pattern("behind").search(line)
    rest = line[: those.start()] + _GAP + line[those.end() :] if those else line
    rest = _pattern("asks").sub(_GAP, rest)
    for name in ("top", "most", "more", "than") if asked else ("top", "most"):
        rest = _pattern(name).sub(_GAP, rest)
    what = (those and those["those"]) or (asked and asked[0]) or ""
    top = (first and first["top"]) or (those and those.groupdict().get("few")) or "0"
    return RankQuestion(_named(rest), _level(what), _number(top))


def _asks_for_most(line: str) -> bool:
    """Tell whether the words ask who has the most, or the first few."""
    if _those().search(line):
        return True
    asks = _pattern("asks").search(line)
    return bool(asks and any(_pattern(name).search(line) for name in ("most", "more", "top")))


def _named(text: str) -> str:
    """Return the words that name what is ranked."""
    text = re.sub(either(_table()["ignored"]), _GAP, text)
    return _GAP.join(_pattern("scopes").sub(_GAP, text).split())


def _level(what: str) -> str:
    levels = _table()["levels"].items()
    return next((level for level, words in levels if any(word in what for word in words)), "")


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    return next(n for n, names in enumerate(_table()["numbers"], 1) if written in names)


def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = load_table("comparing")["ranking"]
    return table


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_table()[name])


@cache
def _those() -> re.Pattern[str]:
    """Return a pattern for the most, or the first, of those who are ranked, named behind it."""
    first = f"(?:{_table()['most']}|{_table()['top']})"
    return re.compile(first + _table()["those"])
