"""An article beside its folded text: finding in the one, showing the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from knowledge.model import Article, BlockKind, Highlighted
from knowledge.search.snippet import Range, original_ranges, sentence_around

SENTENCE_ENDS = re.compile(r"[。！？!?；;\n]")
Marks: TypeAlias = dict[int, list[Range]]
"""Marked ranges of an article as it is written, by line, in the order of the lines."""


@dataclass(frozen=True, slots=True)
class FoldedArticle:
    """An article and its folded text: the title is line 0, block n line n; `starts` is where each begins."""

    article: Article
    text: str
    starts: tuple[int, ...]

    @property
    def title_end(self) -> int:
        """Where the title ends in the folded text."""
        return self.starts[1] if len(self.starts) > 1 else len(self.text) + 1

    def line_of(self, place: int) -> int:
        """Return the line that a place of the folded text is in."""
        return bisect_right(self.starts, place) - 1

    def in_heading(self, place: int) -> bool:
        """Tell whether a place is in the title or a subheading."""
        line = self.line_of(place)
        return line == 0 or self.article.blocks[line - 1].kind is BlockKind.HEADING

    def marks(self, ranges: Iterable[Range]) -> Marks:
        """Return ranges of the folded text by line, as ranges of what the article has there."""
        lines: dict[int, list[Range]] = {}
        for start, end in ranges:
            line = self.line_of(start)
            first = self.starts[line]
            if end <= first + self._length(line):
                lines.setdefault(line, []).append((start - first, end - first))
        return {
            line: original_ranges(self._line(line), self._length(line), own) for line, own in lines.items()
        }

    def written(self, marks: Marks) -> tuple[str, ...]:
        """Return the marked texts as the article writes them, each once."""
        lines = ((self._line(line), ranges) for line, ranges in marks.items())
        return tuple(dict.fromkeys(text[start:end] for text, ranges in lines for start, end in ranges))

    def snippet(self, marks: Marks, line: int | None) -> Highlighted:
        """Return the best sentence of a block, of the first where none is named, with its marks."""
        if not self.article.blocks:
            return Highlighted("")
        shown = line or self._first_paragraph()
        return sentence_around(self._line(shown), marks.get(shown, []))

    def _first_paragraph(self) -> int:
        kinds = [block.kind for block in self.article.blocks]
        return 1 + (kinds.index(BlockKind.PARAGRAPH) if BlockKind.PARAGRAPH in kinds else 0)

    def _line(self, line: int) -> str:
        return self.article.blocks[line - 1].text if line else self.article.title

    def _length(self, line: int) -> int:
        """Return how many characters the folded line has."""
        after = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)
        return after - self.starts[line]


def folded_article(article: Article, text: str) -> FoldedArticle:
    """Put an article beside its folded text."""
    lengths = (len(line) + 1 for line in text.split("\n")[:-1])
    return FoldedArticle(article, text, tuple(accumulate(lengths, initial=0)))
