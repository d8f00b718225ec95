"""The sentences of an article before their figures are read: as printed, folded, with the names in them.

All sentences are folded, and names looked for in them, at once: one long scan costs a fraction of a thousand
short ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from knowledge.metrics.figures import fold_width
from knowledge.metrics.sentence import split_sentences, without_layout
from knowledge.metrics.subject import Mention, find_mentions

_BETWEEN = "\n"  # nothing that is looked for reaches over it


class Line(NamedTuple):
    """A sentence as `printed`, its folded `text`, and the names in it as they were `found`.

    `offset` is where the text begins in the one that the names were found in.
    """

    printed: str
    text: str
    found: tuple[Mention, ...]
    offset: int = 0

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The names at their places in the text."""
        return tuple(mention.moved(-self.offset) for mention in self.found)


def read_line(printed: str) -> Line:
    """Return one sentence with its names."""
    text = without_layout(fold_width(printed))
    return Line(printed, text, find_mentions(text))


def read_lines(paragraphs: Iterable[str]) -> tuple[tuple[Line, ...], ...]:
    """Return the sentences of each paragraph."""
    printed = [split_sentences(paragraph) for paragraph in paragraphs]
    lines = _with_names([sentence for sentences in printed for sentence in sentences])
    return tuple(tuple(islice(lines, len(sentences))) for sentences in printed)


def _with_names(printed: Sequence[str]) -> Iterator[Line]:
    texts = list(_folded(printed))
    mentions = find_mentions(_BETWEEN.join(texts))
    starts = [mention.start for mention in mentions]
    first, offset = 0, 0
    for sentence, text in zip(printed, texts, strict=True):
        end = offset + len(text)
        last = bisect_left(starts, end, first)
        yield Line(sentence, text, mentions[first:last], offset)
        first, offset = last, end + len(_BETWEEN)


def _folded(printed: Sequence[str]) -> Iterator[str]:
    """Fold sentences together; no character moves, so that each is found at its place again."""
    whole, start = fold_width(_BETWEEN.join(printed)), 0
    for sentence in printed:
        end = start + len(sentence)
        yield without_layout(whole[start:end])
        start = end + len(_BETWEEN)
