"""Figures: finding them in articles and answering questions about them.

article -> extract_metrics -> Metric; query -> question.read_question -> question.rank_metrics -> MetricHit.
What a figure looks like is data in `knowledge/data/metrics`: numerals, units, time words, the words around
names, places and companies, and the patterns with their examples.
"""

from __future__ import annotations

from knowledge.metrics.explain import explain_figures
from knowledge.metrics.extract import extract_metrics

__all__ = ["explain_figures", "extract_metrics"]
