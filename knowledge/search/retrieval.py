"""From a reading to the clauses that retrieve candidates.

The typed text is one bag of tokens; other forms of its parts add theirs at a discount. How the query sounds
counts only where the index does not know how it is written: characters that never stand together, and latin
runs that spell Chinese. Measured on eight public sets (MRR@10 with, without): homophones 0.779, 0.732; pinyin
0.775, 0.560; clean queries 0.789, 0.785.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise

from knowledge.index.engine import Clause
from knowledge.search.analysis import Analyzer
from knowledge.search.query import Reading, Way
from knowledge.search.statistics import Statistics
from knowledge.search.tokens import initial_tokens, is_han, runs

OTHER_FORM_WEIGHT = 0.8
ALSO_FORM_WEIGHT = 0.3
SOUND_WEIGHT = 0.8
TITLE_WEIGHT = 0.5
HEADS_WEIGHT = 0.3
MOST_TOKENS = 160
MOST_SOUNDS = 64
LONGEST_TEXT = 512
COMMON, COMMON_CHARACTER = 20_000, 5_000
"""A token in more articles says little beside rarer ones, yet its list is the longest to go through."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for; `ideal` is the BM25 score of a text of average length with each typed token once."""

    clauses: list[Clause]
    ideal: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Turns readings into clauses for one index."""

    analyzer: Analyzer
    statistics: Statistics

    def sought(self, reading: Reading) -> Sought:
        """Return what to look for, the typed tokens first."""
        typed = self._telling(reading.text)
        ideal = sum(n * self.statistics.idf(token) for token, n in typed.items()) or 1.0
        return Sought(self._clauses(reading, self._text_weights(reading, typed)), ideal)

    def _clauses(self, reading: Reading, weights: Mapping[str, float]) -> list[Clause]:
        texts = [Clause("text", token, weight) for token, weight in weights.items()]
        longer = {token: weight for token, weight in weights.items() if len(token) > 1} or weights
        titles = [Clause("title", token, weight * TITLE_WEIGHT) for token, weight in longer.items()]
        heads = [Clause("heads", token, weight * HEADS_WEIGHT) for token, weight in longer.items()]
        sounds = islice(self._sound_clauses(reading), MOST_SOUNDS)
        initials = islice(_initial_clauses(reading), MOST_SOUNDS)
        return [*texts, *titles, *heads, *sounds, *initials]

    def _text_weights(self, reading: Reading, typed: Mapping[str, int]) -> dict[str, float]:
        weights = {token: float(count) for token, count in typed.items()}
        for part in reading.parts:
            discount = OTHER_FORM_WEIGHT if self.statistics.frequency(part.typed) == 0 else ALSO_FORM_WEIGHT
            for form in part.forms:
                if form.way in {Way.NAME, Way.REPAIR}:
                    for token, count in self._telling(form.text).items():
                        weights[token] = max(weights.get(token, 0.0), count * discount)
        return dict(list(weights.items())[:MOST_TOKENS])

    def _telling(self, text: str) -> dict[str, int]:
        """Return the most frequent tokens of a text with their counts, without common ones beside others."""
        counts = dict(Counter(self.analyzer.query_tokens(text[:LONGEST_TEXT])).most_common(MOST_TOKENS))
        return {token: n for token, n in counts.items() if not self._is_common(token)} or counts

    def _is_common(self, token: str) -> bool:
        most = COMMON_CHARACTER if len(token) == 1 else COMMON
        return self.statistics.has_more(token, most)

    def _sound_clauses(self, reading: Reading) -> Iterator[Clause]:
        for sequence in self._sounding(reading.text[:LONGEST_TEXT]):
            for (first, one), (second, other) in pairwise(sequence):
                if not (first and second and self.statistics.knows_pair(first + second)):
                    yield Clause("sound", f"{one}_{other}", SOUND_WEIGHT)

    def _sounding(self, text: str) -> Iterator[list[tuple[str, str]]]:
        """Yield sequences of characters with their syllables; a spelled syllable has no character."""
        sequence: list[tuple[str, str]] = []
        for _, run in runs(text):
            if is_han(run):
                sequence += zip(run, self.analyzer.syllables(run), strict=True)
            elif spelled := self.analyzer.readings.spell(run):
                sequence += [("", syllable) for syllable in spelled]
            else:
                yield sequence
                sequence = []
        yield sequence


def _initial_clauses(reading: Reading) -> Iterator[Clause]:
    for part in reading.parts:
        for form in part.forms:
            if form.way is Way.INITIALS:
                yield from (Clause("initials", token) for token in initial_tokens(list(form.text)))
