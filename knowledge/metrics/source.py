"""Who states a figure: 据IDC数据, 赛迪顾问预计. Kept apart from whose figure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge.metrics.indicator import is_quantity
from knowledge.metrics.tables import WordSet, anywhere, either, load_table

_LONGEST = 16


@dataclass(frozen=True, slots=True)
class SourceMention:
    """The words that name a source; `name` is None for 数据显示, which names nobody."""

    start: int
    end: int
    name: str | None


def find_source(text: str) -> SourceMention | None:
    """Return the first source that a sentence names."""
    match = _source_pattern().search(text) if _verb_pattern().search(text) else None
    if not match:
        return None
    name = _trim(match["name"])
    if is_quantity(name):
        return None
    return SourceMention(match.start(), match.end(), name if 2 <= len(name) <= _LONGEST else None)


def _trim(name: str) -> str:
    name = name.partition(load_table("indicators")["sources"]["issued"])[0]
    while length := _heads().length_at_end(name):
        name = name[:-length]
    return name.strip(" “”《》，")


@cache
def _heads() -> WordSet:
    return WordSet.of(load_table("indicators")["sources"]["heads"])


@cache
def _verb_pattern() -> re.Pattern[str]:
    """Return a pattern for what every source stands before, quicker to look for."""
    return re.compile(anywhere(load_table("indicators")["sources"]["verbs"]))


@cache
def _source_pattern() -> re.Pattern[str]:
    table = load_table("indicators")["sources"]
    intro, verbs = either(table["intro"]), either(table["verbs"])
    return re.compile(rf"(?:^|[，。；“：]){intro}?(?P<name>[^，。；“”：\d]{{0,40}}?){verbs}{table['whole']}")
