"""Who states a figure: 据IDC数据, 赛迪顾问预计. Kept apart from whose figure it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge.metrics.tables import either, load_table

_LONGEST = 16


@dataclass(frozen=True, slots=True)
class SourceMention:
    """The words that name a source; `name` is None for 数据显示, which names nobody."""

    start: int
    end: int
    name: str | None


def find_source(text: str) -> SourceMention | None:
    """Return the first source that a sentence names."""
    match = _pattern().search(text)
    if not match:
        return None
    name = _trim(match["name"])
    return SourceMention(match.start(), match.end(), name if 2 <= len(name) <= _LONGEST else None)


def _trim(name: str) -> str:
    heads = tuple(load_table("indicators")["sources"]["heads"])
    previous = None
    while name != previous:
        previous = name
        for head in heads:
            name = name.removesuffix(head)
    return name.strip(" “”《》,，")


@cache
def _pattern() -> re.Pattern[str]:
    table = load_table("indicators")["sources"]
    return re.compile(
        rf"(?:^|[，。；“：])(?:根据|依据|按照|据|记者从|从)?(?P<name>[^，。；“”：\d]{{0,40}}?)(?:{either(table['verbs'])})"
    )
