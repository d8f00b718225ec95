"""Figures for a question: candidates by BM25 over what they say, ranked by the metric rules."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import NamedTuple

from knowledge.index.catalog import Catalog
from knowledge.index.engine import Clause, TextIndex
from knowledge.metrics.question import Question, rank_metrics, read_question
from knowledge.model import MetricHit
from knowledge.normalize import fold
from knowledge.search.tokens import grams

MOST_CANDIDATES = 40
MOST_UNASKED = 3
MOST_TOKENS, FEW_TOKENS = 16, 4
"""How many of the rarest tokens are looked for: of a question for a figure, and of any other query."""

FEW_COMMON = 8
"""The same where all are common: each has a long list of figures to go through."""

LONGEST_QUESTION = 256
COMMON = 5_000
"""A word in more figures than this says little beside rarer ones."""


class _Sought(NamedTuple):
    """A question and the numbers of the figures that may answer it; equal ones have equal answers."""

    question: Question
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class FigureSearch:
    """Searches the figures of one index."""

    catalog: Catalog
    metrics: TextIndex
    common: int = COMMON

    def find(
        self, typed: str, mended: str | None = None, most: int | None = None
    ) -> tuple[Question, tuple[MetricHit, ...]]:
        """Return what a query asks, but for its very words, and the figures that fit, best first.

        Of the query as it was typed, or as it was mended where that fits better. Of the candidates by their
        text, the `most` likely are looked at; where that is left open, fewer for a query that asks for no
        figure.
        """
        sought = dict.fromkeys(self._seek(query, most) for query in (typed, *((mended,) if mended else ())))
        read = self.catalog.metrics({number for each in sought for number in each.numbers})
        found = (
            (question, rank_metrics(question, [read[number] for number in numbers]))
            for question, numbers in sought
        )
        return max(found, key=lambda answer: answer[1][0].score if answer[1] else -math.inf)

    def _seek(self, query: str, most: int | None) -> _Sought:
        """Return what a query asks, but for its very words, and the figures that may answer."""
        question = read_question(query[:LONGEST_QUESTION], published=self._newest)
        limit = most or (MOST_CANDIDATES if question.asks_figure else MOST_UNASKED)
        numbers = sorted(self._candidates(question, limit))
        return _Sought(replace(question, text="", named=""), tuple(numbers))

    def _candidates(self, question: Question, limit: int) -> list[int]:
        """Return the numbers of the figures that are likely to answer a question."""
        known = self._known(f"{' '.join(question.terms)} {question.text}")
        rare = self._rare(known)
        if not question.asks_figure:
            return self._best(([token for token in rare if len(token) > 1] or rare)[:FEW_TOKENS], limit)
        if all(figures <= self.common for figures in known.values()):
            return self._best(rare[:MOST_TOKENS], limit)
        return self._with_all(question, known, limit)

    def _with_all(self, question: Question, known: Mapping[str, int], limit: int) -> list[int]:
        """Return those with all that a question names, of its years first; then those with some of it.

        That is done where many figures have a word: those with all are found sooner than those with most, and
        by rare words alone they may be missed.
        """
        named = frozenset(grams(fold(question.named)))
        years = frozenset(token for token in known if token.isdecimal())
        some = {token: known[token] for token in known if token in named | years} or known
        found: dict[int, None] = {}
        for tokens, every in ((named | years, True), (named, True), (self._rare(some)[:MOST_TOKENS], False)):
            if len(found) < limit:
                found |= dict.fromkeys(self._best(tokens, limit, every=every))
        return [*found][:limit]

    def _rare(self, known: Mapping[str, int]) -> list[str]:
        """Return the rare ones of tokens, the rarest first, a few of the others where none is rare."""
        return [token for token in known if known[token] <= self.common] or [*known][:FEW_COMMON]

    def _best(self, tokens: Iterable[str], limit: int, *, every: bool = False) -> list[int]:
        clauses = [Clause("text", token) for token in tokens]
        return [number for number, _ in self.metrics.search(clauses, limit, every=every)]

    def _known(self, text: str) -> dict[str, int]:
        """Return how many figures have each token of a text that some have, the rarest first."""
        tokens = {token: self.metrics.frequency("text", token) for token in grams(fold(text))}
        return dict(sorted(((t, n) for t, n in tokens.items() if n), key=lambda known: known[1]))

    @cached_property
    def _newest(self) -> date | None:
        """The date against which 今年 and 目前 are read: that of the newest issue."""
        return next((issue.published for issue in self.catalog.issues()), None)
