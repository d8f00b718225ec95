"""The words of an index, with how many articles have each: what a mistyped or spelled word is read as."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from knowledge.pinyin import Readings
from knowledge.search.tokens import han_runs, is_han

LONGEST_WORD = 8
MOST_COUNTED = 1_500_000
MOST_KEPT = 300_000
_LATIN = re.compile(r"[a-z][a-z0-9]{2,31}")


class Vocabulary:
    """Counts the words of articles within bounded memory: past the bound the words seen once are dropped."""

    def __init__(self) -> None:
        self._articles: Counter[str] = Counter()

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one article."""
        self._articles.update(set(words))
        if len(self._articles) > MOST_COUNTED:
            self._articles = Counter({word: n for word, n in self._articles.items() if n > 1})

    def most_common(self) -> list[tuple[str, int]]:
        """Return the words that are kept with their number of articles, most frequent first."""
        ranked = sorted(self._articles.items(), key=lambda pair: (-pair[1], pair[0]))
        return ranked[:MOST_KEPT]


def words_of(cut: Iterable[str]) -> Iterator[str]:
    """Yield the words of a cut text that a query may be repaired to."""
    for word in cut:
        if (is_han(word) and 2 <= len(word) <= LONGEST_WORD) or _LATIN.fullmatch(word):
            yield word


def phrases_of(cut: Iterable[str]) -> Iterator[str]:
    """Yield the names that stand in a cut title without being words: two or three words together."""
    words = list(cut)
    triples = zip(words, words[1:], words[2:], strict=False)
    for phrase in (*map("".join, pairwise(words)), *map("".join, triples)):
        if is_han(phrase) and 2 < len(phrase) <= LONGEST_WORD:
            yield phrase


def word_keys(word: str) -> list[str]:
    """Return the tokens by which a word is found when some of it is wrong: characters and pairs."""
    if is_han(word):
        return [*word, *map("".join, pairwise(word))]
    return list(map("".join, pairwise(f"^{word}$")))


def spelled(word: str, readings: Readings) -> tuple[str, str]:
    """Return how a word sounds and its initials: 半导体 -> bandaoti, bdt; latin words have neither."""
    if not han_runs(word):
        return "", ""
    syllables = readings.sound([word])
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)
