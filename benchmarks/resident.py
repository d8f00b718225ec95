"""A process of its own for the memory benchmark: python -m benchmarks.resident PROGRAM INDEX QUERIES."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

IMPORTS = {
    "hangxun": ("knowledge.index.opening", "knowledge.library", "rjieba", "opencc"),
    "figures": ("knowledge.index.opening", "knowledge.search.figures"),
    "tantivy": ("knowledge.index.opening",),
    "jieba": ("jieba",),
}
"""What each program imports before the clock starts."""


def hangxun(index: Path) -> Callable[[str], object]:
    """Open the whole library."""
    from knowledge.index import open_library

    return open_library(index).answer


def figures(index: Path) -> Callable[[str], object]:
    """Verify and open the figures alone."""
    from knowledge.index.catalog import Catalog
    from knowledge.index.engine import TextIndex
    from knowledge.index.layout import read_pointer
    from knowledge.index.manifest import read_manifest, verify_files
    from knowledge.search.figures import FigureSearch

    version = index / read_pointer(index).version
    manifest = read_manifest(version)
    own = tuple(record for record in manifest.files if record.path.startswith(("metrics/", "library.")))
    verify_files(version, replace(manifest, files=own))
    return FigureSearch(Catalog(version), TextIndex(version / "metrics")).find


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


def memory() -> dict[str, float]:
    """Return the MiB that this process holds now, and how many of them are no mapped files."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    kib = {name: int(value) for name, value in re.findall(r"^(\w+):\s+([0-9]+) kB$", status, re.MULTILINE)}
    return {"RSS MiB": kib["VmRSS"] / 1024, "of that own": kib["RssAnon"] / 1024}


def main(program: str, index: str, queries: str) -> None:
    """Open, answer all queries, and print the figures as JSON."""
    asked = json.loads(Path(queries).read_text(encoding="utf-8"))
    programs = {"hangxun": hangxun, "figures": figures, "tantivy": tantivy, "jieba": jieba}
    for module in IMPORTS[program]:
        import_module(module)
    imported = memory()["RSS MiB"]
    started = time.perf_counter()
    answer = programs[program](Path(index))
    opening = (time.perf_counter() - started) * 1000
    answer(asked[0])
    first = (time.perf_counter() - started) * 1000
    opened = memory()["RSS MiB"]
    for query in asked:
        answer(query)
    held = {
        "imports MiB": imported,
        "first answer MiB": opened,
        "over imports MiB": memory()["RSS MiB"] - imported,
    }
    found = {"open ms": opening, "first answer ms": first, **held}
    print(json.dumps(found | {f"{len(asked):,} queries: {name}": mib for name, mib in memory().items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
