"""The best sentence of an article for a query, with the matched words marked as the article writes them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from knowledge.model import Highlighted
from knowledge.normalize import fold

LONGEST_SNIPPET = 140
ELLIPSIS = "……"
_REMEMBERED = 1 << 13
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?[”」』\"]?")
Range = tuple[int, int]


def original_ranges(text: str, folded: int, ranges: Iterable[Range]) -> list[Range]:
    """Turn ranges of a folded line into ranges of the text that it was folded from.

    `folded` is the length of the folded line.
    """
    if folded == len(text):
        return [(start, min(end, folded)) for start, end in ranges if start < folded]
    starts = _fold_starts(text)
    return [
        (_source(starts, start), _source(starts, end - 1) + 1) for start, end in ranges if end <= starts[-1]
    ]


def _fold_starts(text: str) -> list[int]:
    """Return where the fold of each character begins in the folded text, and its whole length."""
    starts, place = [], 0
    for character in text:
        starts.append(place)
        place += _fold_length(character)
    return [*starts, place]


@lru_cache(_REMEMBERED)
def _fold_length(character: str) -> int:
    return len(fold(character))


def _source(starts: Sequence[int], place: int) -> int:
    """Return which character's fold covers the place."""
    return max(0, bisect_right(starts, place, hi=len(starts) - 1) - 1)


def mark(text: str, ranges: Iterable[Range]) -> Highlighted:
    """Return the text with ranges of it marked, those that touch or overlap joined."""
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return Highlighted(text, tuple(joined))


def sentence_around(text: str, ranges: Sequence[Range]) -> Highlighted:
    """Return the sentence of a block in which most marked ranges stand, cut to a snippet around them."""
    spans = [match.span() for match in _SENTENCE.finditer(text)] or [(0, len(text))]
    starts = [start for start, _ in spans]
    marks: dict[int, list[Range]] = {}
    for start, end in ranges:
        number = max(0, bisect_right(starts, start) - 1)
        if end <= spans[number][1]:
            marks.setdefault(number, []).append((start, end))
    best = next(iter(marks), 0)
    if len(marks) > 1:
        best = max(marks, key=lambda number: len({text[a:b] for a, b in marks[number]}))
    return _cut(text, spans[best], marks.get(best, []))


def _cut(text: str, sentence: Range, marks: Sequence[Range]) -> Highlighted:
    start, end = sentence
    while start < end and text[start].isspace():
        start += 1
    head = tail = ""
    if end - start > LONGEST_SNIPPET:
        first = marks[0][0] if marks else start
        if first - start > LONGEST_SNIPPET // 2:
            start, head = first - LONGEST_SNIPPET // 4, ELLIPSIS
        if end - start > LONGEST_SNIPPET:
            end, tail = start + LONGEST_SNIPPET, ELLIPSIS
    shift = len(head) - start
    inside = [(a + shift, b + shift) for a, b in marks if start <= a and b <= end]
    return mark(head + text[start:end] + tail, inside)
