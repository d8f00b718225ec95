"""Figures for a question: candidates by BM25 over what they say, ranked by the metric rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.index.catalog import Catalog
from knowledge.index.engine import Clause, TextIndex
from knowledge.metrics.question import rank_metrics, read_question
from knowledge.model import MetricHit
from knowledge.normalize import fold
from knowledge.search.tokens import grams

MOST_CANDIDATES = 40
MOST_UNASKED = 3
MOST_TOKENS, FEW_TOKENS = 16, 4
"""How many of the rarest tokens are looked for: of a question for a figure, and of any other query."""

LONGEST_QUESTION = 256
COMMON = 5_000
"""A word in more figures than this says little beside rarer ones."""


@dataclass(frozen=True)
class FigureSearch:
    """Searches the figures of one index."""

    catalog: Catalog
    metrics: TextIndex

    def find(self, query: str, most: int | None = None) -> tuple[bool, tuple[MetricHit, ...]]:
        """Tell whether a query asks for a figure, and return the figures that fit, best first.

        Of the candidates by their text, the `most` likely are looked at; where that is left open, fewer for
        a query that asks for no figure.
        """
        question = read_question(query[:LONGEST_QUESTION], published=self._newest)
        limit = most or (MOST_CANDIDATES if question.asks_figure else MOST_UNASKED)
        tokens = self._telling(fold(" ".join((*question.terms, question.text))))
        if not question.asks_figure:
            tokens = ([token for token in tokens if len(token) > 1] or tokens)[:FEW_TOKENS]
        found = self.metrics.search([Clause("text", token) for token in tokens], limit)
        candidates = self.catalog.metrics(number for number, _ in found)
        return question.asks_figure, rank_metrics(question, candidates.values())

    def _telling(self, text: str) -> list[str]:
        """Return the rarest tokens of a text."""
        tokens = {token: self.metrics.frequency("text", token) for token in grams(text)}
        known = sorted((token for token, figures in tokens.items() if figures), key=lambda t: tokens[t])
        rare = [token for token in known if tokens[token] <= COMMON]
        return (rare or known)[:MOST_TOKENS]

    @cached_property
    def _newest(self) -> date | None:
        """The date against which 今年 and 目前 are read: that of the newest issue."""
        return next((issue.published for issue in self.catalog.issues()), None)
