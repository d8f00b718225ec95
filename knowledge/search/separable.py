"""Verbs and their objects with a particle between them, put together: 上成市, 上过市, 上了市 are 上市."""

from __future__ import annotations

import re
from collections.abc import Callable


def join_separated(
    text: str, parted: re.Pattern[str], is_written: Callable[[str], bool], is_word: Callable[[str], bool]
) -> str:
    """Return a folded text with words that a particle parts joined, where no article writes them so.

    `parted` finds the verb, the particle, the object and what follows. An object that goes on as another word
    is none: 涨了价格 stays.
    """

    def join(match: re.Match[str]) -> str:
        verb, particle, thing, after = match.groups()
        if is_written(particle + thing) or (after and is_written(thing + after)):
            return match[0]
        return verb + thing if is_word(verb + thing) else match[0]

    return parted.sub(join, text)
