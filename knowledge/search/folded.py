"""An article beside its folded text: finding in the one, showing the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.model import Article, BlockKind, Highlighted
from knowledge.search.snippet import Range, original_ranges, sentence_around

SENTENCE_ENDS = re.compile(r"[。！？!?；;\n]")


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

    def sentences(self, places: Iterable[int]) -> int:
        """Return in how many different sentences the places are."""
        ends = [match.start() for match in SENTENCE_ENDS.finditer(self.text)]
        return len({bisect_right(ends, place) for place in places})

    def written(self, ranges: Iterable[Range]) -> tuple[str, ...]:
        """Return the texts at these ranges of the folded text as the article writes them, each once."""
        words: dict[str, None] = {}
        for line, marks in self._by_line(ranges).items():
            text = self._line(line)
            words.update((text[start:end], None) for start, end in original_ranges(text, marks))
        return tuple(words)

    def snippet(self, ranges: Sequence[Range], around: int | None) -> Highlighted:
        """Return the best sentence of the block at a place, or of the first, with the ranges marked."""
        if not self.article.blocks:
            return Highlighted("")
        line = max(1, self.line_of(around)) if around is not None else self._first_paragraph()
        text = self._line(line)
        return sentence_around(text, original_ranges(text, self._by_line(ranges).get(line, [])))

    def _first_paragraph(self) -> int:
        kinds = [block.kind for block in self.article.blocks]
        return 1 + (kinds.index(BlockKind.PARAGRAPH) if BlockKind.PARAGRAPH in kinds else 0)

    def _line(self, line: int) -> str:
        return self.article.blocks[line - 1].text if line else self.article.title

    def _by_line(self, ranges: Iterable[Range]) -> dict[int, list[Range]]:
        lines: dict[int, list[Range]] = {}
        for start, end in ranges:
            line = self.line_of(start)
            if self.line_of(max(start, end - 1)) == line:
                lines.setdefault(line, []).append((start - self.starts[line], end - self.starts[line]))
        return lines


def folded_article(article: Article, text: str) -> FoldedArticle:
    """Put an article beside its folded text."""
    breaks = (match.end() for match in re.finditer("\n", text))
    return FoldedArticle(article, text, (0, *breaks))
