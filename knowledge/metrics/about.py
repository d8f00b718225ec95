"""What an article is about: the words of its title that its body repeats most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from knowledge.metrics.tables import load_table

_SHORTEST = 2
_LONGEST = 8
_OFTEN = 3
_LONGEST_TITLE = 100
_REMEMBERED = 2  # all figures of an article ask for it
_RUN = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9+]+")


@lru_cache(_REMEMBERED)
def topic_of_article(title: str, paragraphs: tuple[str, ...]) -> str:
    """Return the words of a title that stand often in the body, long ones before short ones; "" for none."""
    body = "\n".join(paragraphs)
    head, colon, _ = title.partition("：")
    if colon and len(head) <= _LONGEST and body.count(head) >= _OFTEN:
        return head
    best, most = "", 0
    for words, count in _repeated(title[:_LONGEST_TITLE], body):
        if count * (len(words) - 1) > most and not _no_topic().search(words):
            best, most = words, count * (len(words) - 1)
    return best


def _repeated(title: str, body: str) -> Iterator[tuple[str, int]]:
    """Yield the parts of a title that stand often in the body; no longer one does where a part does not."""
    for run in _RUN.findall(title):
        for start in range(len(run)):
            for end in range(start + _SHORTEST, min(start + _LONGEST, len(run)) + 1):
                if (count := body.count(run[start:end])) < _OFTEN:
                    break
                yield run[start:end], count


@cache
def _no_topic() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["topic"]["none"])
