"""What a word that the index does not know may stand for: by sound, by initials, by a slip of the finger.

Candidates come from the words of the index itself, so that a repair always finds something. The only
importer of rapidfuzz.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from rapidfuzz.distance import OSA

from knowledge.index.catalog import Catalog
from knowledge.index.engine import Clause, TextIndex
from knowledge.index.vocabulary import word_keys
from knowledge.pinyin import Readings

MOST_CANDIDATES = 30
LONGEST_SPELLED_WORD = 8
LONGEST_COMPARED = 32
LEAST_NEARNESS = 0.6
MOST_NEAR = 2


@dataclass(frozen=True, slots=True)
class Repairer:
    """Looks up words of the index by what they sound or look like."""

    catalog: Catalog
    words: TextIndex
    readings: Readings

    def by_sound(self, syllables: Sequence[str], limit: int = 3) -> tuple[str, ...]:
        """Return the words that sound like this, those of the most articles first."""
        return tuple(word for word, _ in self.catalog.words_by("sound", "".join(syllables), limit))

    def by_initials(self, initials: str, limit: int = 3) -> tuple[str, ...]:
        """Return the words with these initials, those of the most articles first."""
        return tuple(word for word, _ in self.catalog.words_by("initials", initials, limit))

    def by_look(self, text: str) -> str | None:
        """Return the word that is one slip away (a character wrong, missing, doubled or swapped)."""
        clauses = [Clause("key", key) for key in dict.fromkeys(word_keys(text))]
        found = self.catalog.words(number for number, _ in self.words.search(clauses, MOST_CANDIDATES))
        near = (
            (OSA.distance(text, word, score_cutoff=1), -articles, word) for word, articles in found.values()
        )
        best = min(near, default=(2, 0, ""))
        return best[2] if best[0] == 1 else None

    def near(self, text: str) -> tuple[str, ...]:
        """Return the words that share most of their characters with this one, the nearest first."""
        clauses = [Clause("key", key) for key in dict.fromkeys(word_keys(text[:LONGEST_COMPARED]))]
        found = self.catalog.words(number for number, _ in self.words.search(clauses, MOST_CANDIDATES))
        scored = (
            (OSA.normalized_similarity(text, word), articles, word) for word, articles in found.values()
        )
        return tuple(w for s, _, w in sorted(scored, reverse=True) if LEAST_NEARNESS <= s < 1)[:MOST_NEAR]

    def spelled_words(self, syllables: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Split syllables into the longest words of the index: each piece with the words that it may be."""
        pieces: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
        start = 0
        while start < len(syllables):
            end, words = self._longest(syllables, start)
            pieces.append((tuple(syllables[start:end]), words))
            start = end
        return pieces

    def _longest(self, syllables: Sequence[str], start: int) -> tuple[int, tuple[str, ...]]:
        longest = min(len(syllables), start + LONGEST_SPELLED_WORD)
        for end in range(longest, start + 1, -1):
            if words := self.by_sound(syllables[start:end]):
                return end, words
        return start + 1, ()


def nearest_name(text: str, names: Iterable[str]) -> str | None:
    """Return the first name that is one slip away, None where there is none."""
    return next((name for name in names if 0 < OSA.distance(text, name, score_cutoff=1) <= 1), None)


def windows(lengths: Sequence[int], start: int, longest: int) -> list[int]:
    """Return the ends of stretches from `start` with 2 to `longest` characters, the longest first."""
    totals = enumerate(accumulate(lengths[start:]), start + 1)
    return [end for end, total in takewhile(lambda pair: pair[1] <= longest, totals) if total >= 2][::-1]
