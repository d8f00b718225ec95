"""The sentences of an article before their figures are read: as printed, folded, with the names in them.

Names are looked for in all sentences at once, since one long scan costs a fraction of a thousand short ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.metrics.sentence import fold_sentence, split_sentences
from knowledge.metrics.subject import Mention, find_mentions

_BETWEEN = "\n"  # nothing that is looked for reaches over it


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as `printed`, its folded `text`, and the names in that."""

    printed: str
    text: str
    mentions: tuple[Mention, ...]


def read_line(printed: str) -> Line:
    """Return one sentence with its names."""
    text = fold_sentence(printed)
    return Line(printed, text, find_mentions(text))


def read_lines(paragraphs: Iterable[str]) -> tuple[tuple[Line, ...], ...]:
    """Return the sentences of each paragraph."""
    printed = [tuple(split_sentences(paragraph)) for paragraph in paragraphs]
    texts = [fold_sentence(sentence) for sentences in printed for sentence in sentences]
    lines = zip((s for sentences in printed for s in sentences), texts, _mentions_of_each(texts), strict=True)
    return tuple(tuple(Line(*next(lines)) for _ in sentences) for sentences in printed)


def _mentions_of_each(texts: Sequence[str]) -> Iterator[tuple[Mention, ...]]:
    mentions = find_mentions(_BETWEEN.join(texts))
    at, offset = 0, 0
    for text in texts:
        first, end = at, offset + len(text)
        while at < len(mentions) and mentions[at].start < end:
            at += 1
        yield tuple(mention.moved(-offset) for mention in mentions[first:at]) if at > first else ()
        offset = end + len(_BETWEEN)
