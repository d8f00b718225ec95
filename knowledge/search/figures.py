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

MOST_CANDIDATES = 60
MOST_TOKENS = 120


@dataclass(frozen=True)
class FigureSearch:
    """Searches the figures of one index."""

    catalog: Catalog
    metrics: TextIndex
    analyzer: Analyzer

    def find(self, query: str, most: int = MOST_CANDIDATES) -> tuple[bool, tuple[MetricHit, ...]]:
        """Tell whether a query asks for a figure, and return the figures that fit, best first.

        Of the candidates by their text, the `most` likely are looked at.
        """
        question = read_question(query, published=self._newest)
        text = fold(" ".join((*question.terms, query)))
        tokens = dict.fromkeys(self.analyzer.tokens(text))
        clauses = [Clause("text", token) for token in list(tokens)[:MOST_TOKENS]]
        candidates = self.catalog.metrics(n for n, _ in self.metrics.search(clauses, most))
        return question.asks_figure, rank_metrics(question, candidates.values())

    @cached_property
    def _newest(self) -> date | None:
        """The date against which 今年 and 目前 are read: that of the newest issue."""
        return next((issue.published for issue in self.catalog.issues()), None)
