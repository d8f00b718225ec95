"""How rare words are in one index: the measure of how much a word says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from knowledge.index.engine import TextIndex
from knowledge.search.tokens import is_han, runs

TEXTS_REMEMBERED = 1 << 12


class Statistics:
    """Counts in how many articles a piece of text may stand, from the tokens of the text index."""

    def __init__(self, articles: TextIndex) -> None:
        self._articles = articles
        self._remembered = lru_cache(TEXTS_REMEMBERED)(self._frequency)

    def frequency(self, text: str) -> int:
        """Return an upper bound of the number of articles that have the folded text."""
        return self._remembered(text)

    def _frequency(self, text: str) -> int:
        return min((self._articles.frequency("text", token) for token in pairs_and_words(text)), default=0)

    def has_more(self, token: str, articles: int) -> bool:
        """Tell whether more articles than this have a token."""
        return self._articles.frequency("text", token) > articles

    def rarity(self, frequency: int) -> float:
        """Return how much a word of this frequency says: 0 for one that is everywhere."""
        return math.log((self._articles.documents + 1) / (frequency + 1)) + 0.1

    def idf(self, token: str) -> float:
        """Return the inverse document frequency of a token as BM25 has it."""
        frequency = self._articles.frequency("text", token)
        return math.log(1 + (self._articles.documents - frequency + 0.5) / (frequency + 0.5))

    def knows_sound(self, syllables: Sequence[str]) -> bool:
        """Tell whether any article may have characters that sound like this, two syllables or more."""
        pairs = map("_".join, pairwise(syllables))
        return len(syllables) > 1 and all(self._articles.frequency("sound", pair) > 0 for pair in pairs)

    def knows_pair(self, pair: str) -> bool:
        """Tell whether any article has these two characters beside each other."""
        return self._articles.frequency("text", pair) > 0


def pairs_and_words(text: str) -> Iterator[str]:
    """Yield tokens that every article with the folded text has: character pairs and whole latin words."""
    for _, run in runs(text):
        if is_han(run) and len(run) > 1:
            yield from map("".join, pairwise(run))
        else:
            yield run
