"""How long a query takes, by the number of documents, beside bare engines that get the same words."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.corpus import HUGE, LARGE, MEDIUM, SMALL, Size
from benchmarks.peers import (
    TANTIVY,
    Asked,
    bm25s_numpy,
    rapidfuzz_titles,
    sqlite_fts5,
    tantivy_bm25,
    words_of,
)
from benchmarks.queries import Query, hostile_queries, make_queries
from benchmarks.report import Row
from benchmarks.timing import Contestant, beside, interleaved, summary, timed
from benchmarks.workspace import Workspace
from knowledge.index.opening import open_index
from knowledge.library import Library

QUERIES, QUICK_QUERIES = 1_000, 180
OURS = "hangxun"
HOSTILE_TIMES = 5


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure at 40, 10,000, 100,000 and (not quick) 1,000,000 documents."""
    for size in (SMALL, MEDIUM, LARGE, *(() if quick else (HUGE,))):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as fresh:
            yield from fresh.submit(_measured, work, size, QUICK_QUERIES if quick else QUERIES).result()


def _measured(work: Workspace, size: Size, count: int) -> list[Row]:
    """Measure one size in a process of its own, as a bot has one library: no size burdens the next."""
    return list(measure(work, size, count))


def measure(work: Workspace, size: Size, count: int) -> Iterator[Row]:
    """Measure one size: all queries, each kind of query, the worst queries."""
    documents = work.some_documents(size, count)
    queries = make_queries(documents, count)
    with work.library(size) as library:
        beside_us, others = _contestants(work, size, library, queries)
        # Those that read whole tables come after: they would empty the caches between two of our queries.
        times = interleaved(beside_us, len(queries)) | interleaved(others, len(queries))
        for name, each in times.items():
            multiple = beside(each, times[TANTIVY])
            figures = summary(each.values()) | {"beside tantivy": multiple, "queries": len(each)}
            yield Row("search", name, figures, size.documents)
        yield from _kinds(times[OURS], queries, size)
        yield from _worst(library, hostile_queries(documents), size)


def _contestants(
    work: Workspace, size: Size, library: Library, queries: list[Query]
) -> tuple[list[Contestant], list[Contestant]]:
    """Return ourselves and the engine that we stand on, and the other peers."""
    index = open_index(work.index(size))
    cut = index.analyzer().segmenter.cut_for_search
    texts = [query.text for query in queries]
    asked = Asked(texts, [words_of(text, cut) for text in texts])
    corpus = work.corpus(size)
    ours = Contestant(OURS, lambda query: library.answer(texts[query]))
    return [ours, tantivy_bm25(index.articles, asked)], [
        sqlite_fts5(corpus, cut, asked),
        bm25s_numpy(corpus, cut, asked),
        rapidfuzz_titles(corpus, asked),
    ]


def _kinds(times: Mapping[int, float], queries: list[Query], size: Size) -> Iterator[Row]:
    for kind in dict.fromkeys(query.kind for query in queries):
        own = [time for query, time in times.items() if queries[query].kind == kind]
        if own:
            yield Row("search by kind", kind, summary(own) | {"queries": len(own)}, size.documents)


def _worst(library: Library, queries: list[Query], size: Size) -> Iterator[Row]:
    for query in queries:
        times = [timed(library.answer, query.text) for _ in range(HOSTILE_TIMES)]
        figures = {"median ms": statistics.median(times), "worst ms": max(times)}
        yield Row("worst queries", query.kind, figures, size.documents)
