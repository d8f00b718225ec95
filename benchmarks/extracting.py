"""A process that extracts the metrics of so many articles and keeps none: how much memory does it take?

python -m benchmarks.extracting CORPUS.jsonl COUNT    prints how many metrics were found
"""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

from benchmarks.corpus import read_corpus
from benchmarks.extraction import article_of
from knowledge.metrics import extract_metrics


def main() -> None:
    """Read, extract, forget."""
    documents = islice(read_corpus(Path(sys.argv[1])), int(sys.argv[2]))
    print(sum(len(extract_metrics(article_of(document))) for document in documents))


if __name__ == "__main__":
    main()
