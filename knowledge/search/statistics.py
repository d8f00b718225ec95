"""How rare words are in one index: the measure of how much a word says."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from knowledge.index.engine import TextIndex
from knowledge.search.tokens import is_han, runs


class Statistics:
    """Counts in how many articles a piece of text may stand, from the tokens of the text index."""

    def __init__(self, articles: TextIndex) -> None:
        self._articles = articles

    def frequency(self, text: str) -> int:
        """Return an upper bound of the number of articles that have the folded text."""
        return min((self._articles.frequency("text", token) for token in pairs_and_words(text)), default=0)

    def rarity(self, frequency: int) -> float:
        """Return how much a word of this frequency says: 0 for one that is everywhere."""
        return math.log((self._articles.documents + 1) / (frequency + 1)) + 0.1

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
