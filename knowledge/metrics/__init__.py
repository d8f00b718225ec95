"""Figures: finding them in articles and answering questions about them."""

from __future__ import annotations

from knowledge.metrics.extract import extract_metrics

__all__ = ["extract_metrics"]
