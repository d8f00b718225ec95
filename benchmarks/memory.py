"""How much memory a process holds that has answered 1,000 queries, and how soon it answers the first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks import children
from benchmarks.corpus import HUGE, LARGE, MEDIUM, Size
from benchmarks.queries import make_queries
from benchmarks.report import Row
from benchmarks.workspace import Workspace

QUERIES = 1_000
RUNS = 3


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure at 10,000, 100,000 and (not quick) 1,000,000 documents."""
    for size in (MEDIUM, LARGE, *(() if quick else (HUGE,))):
        yield from _measure(work, size)


def _measure(work: Workspace, size: Size) -> Iterator[Row]:
    queries = [query.text for query in make_queries(work.some_documents(size, QUERIES), QUERIES)]
    asked = work.folder / "queries.json"
    asked.write_text(json.dumps(queries, ensure_ascii=False), encoding="utf-8")
    for who, program in (
        ("hangxun", "hangxun"),
        ("tantivy alone", "tantivy"),
        ("jieba loaded, no index", "jieba"),
    ):
        runs = [_resident(program, work.index(size), asked) for _ in range(RUNS)]
        median = sorted(runs, key=lambda figures: figures["first answer ms"])[RUNS // 2]
        yield Row("memory", who, median, size.documents)


def _resident(program: str, index: Path, asked: Path) -> dict[str, float]:
    ended = children.run(["-m", "benchmarks.resident", program, str(index), str(asked)])
    return dict(json.loads(ended.output))
