"""What an article is about: the words of its title that its body repeats most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from knowledge.metrics.tables import load_table

_SHORTEST = 2
_LONGEST = 8
_OFTEN = 3
_LONGEST_TITLE = 100
_RUN = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9+]+")


def topic_of_article(title: str, paragraphs: tuple[str, ...]) -> str:
    """Return the words of a title that stand often in the body, long ones before short ones; "" for none."""
    body = "\n".join(paragraphs)
    head, colon, _ = title.partition("：")
    if colon and len(head) <= _LONGEST and body.count(head) >= _OFTEN:
        return head
    best, most = "", 0
    for words in dict.fromkeys(_candidates(title[:_LONGEST_TITLE])):
        count = body.count(words)
        if count >= _OFTEN and count * (len(words) - 1) > most:
            best, most = words, count * (len(words) - 1)
    return best


def _candidates(title: str) -> Iterator[str]:
    for run in _RUN.findall(title):
        for start in range(len(run)):
            for end in range(start + _SHORTEST, min(start + _LONGEST, len(run)) + 1):
                if not _no_topic().search(run[start:end]):
                    yield run[start:end]


@cache
def _no_topic() -> re.Pattern[str]:
    return re.compile(load_table("indicators")["topic"]["none"])
