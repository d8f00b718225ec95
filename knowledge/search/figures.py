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
from knowledge.search.analysis import Analyzer

MOST_CANDIDATES = 40
MOST_UNASKED = 3
MOST_TOKENS = 16
LONGEST_QUESTION = 256
COMMON = 5_000
"""A word in more figures than this says little beside rarer ones."""


@dataclass(frozen=True)
class FigureSearch:
    """Searches the figures of one index."""

    catalog: Catalog
    metrics: TextIndex
    analyzer: Analyzer

    def find(self, query: str, most: int | None = None) -> tuple[bool, tuple[MetricHit, ...]]:
        """Tell whether a query asks for a figure, and return the figures that fit, best first.

        Of the candidates by their text, the `most` likely are looked at; where that is left open, fewer for
        a query that asks for no figure.
        """
        question = read_question(query[:LONGEST_QUESTION], published=self._newest)
        limit = most or (MOST_CANDIDATES if question.asks_figure else MOST_UNASKED)
        found = self.metrics.search(self._clauses(fold(" ".join((*question.terms, question.text)))), limit)
        candidates = self.catalog.metrics(number for number, _ in found)
        return question.asks_figure, rank_metrics(question, candidates.values())

    def _clauses(self, text: str) -> list[Clause]:
        """Return the rarest tokens of a text to look for."""
        tokens = {token: self.metrics.frequency("text", token) for token in self.analyzer.query_tokens(text)}
        known = sorted((token for token, figures in tokens.items() if figures), key=lambda t: tokens[t])
        rare = [token for token in known if tokens[token] <= COMMON]
        return [Clause("text", token) for token in (rare or known)[:MOST_TOKENS]]

    @cached_property
    def _newest(self) -> date | None:
        """The date against which 今年 and 目前 are read: that of the newest issue."""
        return next((issue.published for issue in self.catalog.issues()), None)
