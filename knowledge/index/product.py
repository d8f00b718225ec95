"""The readers and the metric rules of the product, imported where a build needs them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from knowledge.index.extracting import find_metrics
from knowledge.index.inputs import Inputs, Readings, Request, read_request
from knowledge.index.workers import Workers
from knowledge.search.wordlists import hash_wordlists, load_wordlists


def product_inputs(words: Path | None = None, workers: Workers | None = None) -> Inputs:
    """Return what the product reads with, and an admin's own tables of words; `workers` may have started."""
    from knowledge.ingest import find_sources, is_read_safely

    return Inputs(
        find_sources,
        read_request,
        find_metrics,
        partial(load_wordlists, words),
        hash_wordlists(words),
        is_read_safely,
        _read_ahead,
        workers or Workers(),
    )


def _read_ahead(requests: Iterable[Request]) -> Readings:
    """Read in processes of their own, where there is anything to read."""
    from knowledge.index.reading import Readers

    return Readers().ahead(requests)
