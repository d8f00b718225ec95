"""A process of its own for the memory benchmark: python -m benchmarks.resident PROGRAM INDEX QUERIES."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

IMPORTS = {
    "hangxun": ("knowledge.index.opening", "knowledge.library", "rjieba", "opencc"),
    "tantivy": ("knowledge.index.opening",),
    "jieba": ("jieba",),
}
"""What each program imports before the clock starts."""


def hangxun(index: Path) -> Callable[[str], object]:
    """Open the whole library."""
    from knowledge.index import open_library

    return open_library(index).answer


def tantivy(index: Path) -> Callable[[str], object]:
    """Open the text index alone; queries are cut at white space only."""
    from knowledge.index.engine import Clause
    from knowledge.index.opening import open_index

    articles = open_index(index).articles
    return lambda query: articles.search([Clause("text", word) for word in query.split()], 10)


def jieba(_: Path) -> Callable[[str], object]:
    """Load the dictionary of jieba, and cut."""
    import jieba as package

    package.setLogLevel("ERROR")
    cut: Callable[[str], object] = package.lcut
    return cut


def resident_mib() -> float:
    """Return the memory that this process holds now."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def main(program: str, index: str, queries: str) -> None:
    """Open, answer all queries, and print the figures as JSON."""
    asked = json.loads(Path(queries).read_text(encoding="utf-8"))
    programs = {"hangxun": hangxun, "tantivy": tantivy, "jieba": jieba}
    for module in IMPORTS[program]:
        import_module(module)
    imported = resident_mib()
    started = time.perf_counter()
    answer = programs[program](Path(index))
    answer(asked[0])
    first = (time.perf_counter() - started) * 1000
    opened = resident_mib()
    for query in asked:
        answer(query)
    figures = {
        "first answer ms": first,
        "RSS after imports MiB": imported,
        "RSS after the first MiB": opened,
        f"RSS after {len(asked):,} MiB": resident_mib(),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
