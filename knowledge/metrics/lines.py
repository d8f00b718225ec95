"""The sentences of an article before their figures are read: as printed, folded, with the names in them.

Names are looked for in all sentences at once, since one long scan costs a fraction of a thousand short ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from knowledge.metrics.sentence import fold_sentence, split_sentences
from knowledge.metrics.subject import Mention, find_mentions

_BETWEEN = "\n"  # nothing that is looked for reaches over it


@dataclass(frozen=True, slots=True)
class Line:
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
    text = fold_sentence(printed)
    return Line(printed, text, find_mentions(text))


def read_lines(paragraphs: Iterable[str]) -> tuple[tuple[Line, ...], ...]:
    """Return the sentences of each paragraph."""
    printed = [tuple(split_sentences(paragraph)) for paragraph in paragraphs]
    lines = _with_names([sentence for sentences in printed for sentence in sentences])
    return tuple(tuple(islice(lines, len(sentences))) for sentences in printed)


def _with_names(printed: Sequence[str]) -> Iterator[Line]:
    texts = [fold_sentence(sentence) for sentence in printed]
    mentions = find_mentions(_BETWEEN.join(texts))
    at, offset = 0, 0
    for sentence, text in zip(printed, texts, strict=True):
        first, end = at, offset + len(text)
        while at < len(mentions) and mentions[at].start < end:
            at += 1
        yield Line(sentence, text, mentions[first:at], offset)
        offset = end + len(_BETWEEN)
