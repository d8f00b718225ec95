"""Our own extraction as the image has it, compiled, in a process of its own.

    python compiled_peer.py ARTICLES.json COUNT

The compiled package is in PYTHONPATH. The file holds lists of articles; each number read on standard input is
one of them, and the seconds that it takes are printed, by the clock and of the processor, and a hash of the
metrics that were found. Python collects its garbage after COUNT objects.

It imports nothing of the benchmarks, which lie beside the package that is not compiled.
"""

from __future__ import annotations

import gc
import hashlib
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from pydantic import TypeAdapter

from knowledge.metrics import extract, extract_metrics
from knowledge.model import Article, Metric


def main() -> None:
    """Answer until the input ends."""
    if not extract.__file__.endswith((".so", ".pyd")):
        raise SystemExit(f"{extract.__file__} is not compiled")
    chunks = TypeAdapter(list[list[Article]]).validate_json(Path(sys.argv[1]).read_bytes())
    gc.set_threshold(int(sys.argv[2]))
    for line in sys.stdin:
        gc.collect()
        gc.freeze()
        clock, core = time.perf_counter(), time.process_time()
        for article in chunks[int(line)]:
            extract_metrics(article)
        spent = time.perf_counter() - clock, time.process_time() - core
        print(*spent, found_hash(map(extract_metrics, chunks[int(line)])), flush=True)


def found_hash(found: Iterable[Iterable[Metric]]) -> str:
    """Return a hash of the metrics of some articles."""
    return hashlib.sha256("\n".join(repr(tuple(metrics)) for metrics in found).encode()).hexdigest()


if __name__ == "__main__":
    main()
