"""Finding thousands of words in a text.

As one regular expression they would be tried one after the other wherever one may begin, and take 30 ms to
compile. Here an expression for two characters finds where one may begin, and a table by these two what does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.metrics.tables import any_of

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds words of two characters or more: at a place the longest, none that overlaps the one before."""

    words: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]
    begins: re.Pattern[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> Finder:
        """Make a finder of these words. Raises ValueError for one that is too short."""
        known = frozenset(words)
        if any(len(word) < _PAIR for word in known):
            raise ValueError("a word of one character")
        lengths: dict[str, set[int]] = {}
        for word in known:
            lengths.setdefault(word[:_PAIR], set()).add(len(word))
        first, second = (any_of(pair[place] for pair in lengths) for place in range(_PAIR))
        longest_first = {pair: tuple(sorted(each, reverse=True)) for pair, each in lengths.items()}
        return cls(known, longest_first, re.compile(f"{first}(?={second})"))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each word in a text, in order."""
        known, stop = self.lengths, 0
        for start in [match.start() for match in self.begins.finditer(text)]:
            if text[start : start + _PAIR] not in known or start < stop:
                continue
            if length := self.length_at(text, start):
                stop = start + length
                yield start, stop

    def length_at(self, text: str, start: int) -> int:
        """Return how long the word at a place is, 0 where none begins."""
        for length in self.lengths.get(text[start : start + _PAIR], ()):
            if (word := text[start : start + length]) in self.words:
                return len(word)
        return 0
