"""How fast figures are found in texts, plain and compiled, beside jieba and JioNLP, and in how much memory.

Each text is read once by each contestant, chunk by chunk in turn, on one core; the median of the chunks is
told, by the clock and by the time that the processor worked for it, since others use the machine too. MB are
bytes of UTF-8.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from benchmarks import children
from benchmarks.compiled_peer import found_hash
from benchmarks.corpus import MEDIUM, Document, read_corpus
from benchmarks.environment import compiled_package, python_with
from benchmarks.report import Row
from benchmarks.workspace import Workspace
from bot.cli.build import COLLECTED_AFTER
from knowledge.errors import SourceError
from knowledge.index import open_library
from knowledge.ingest import read_source
from knowledge.metrics import extract_metrics
from knowledge.model import Article, Block, BlockKind, Issue

DOCUMENTS, QUICK_DOCUMENTS = 3_000, 300
TIMES_ARTICLES = (100, 1_000, 10_000)
CHUNKS = 5
WARMING = 500
MB = 1_000_000
PEER = "jionlp==1.5.31"
PEER_NAME = "JioNLP, times and money alone"
COMPILED = "hangxun, all metrics, compiled as in the image"
_JIONLP = Path(__file__).with_name("jionlp_peer.py")
_COMPILED = Path(__file__).with_name("compiled_peer.py")


class Spent(NamedTuple):
    """Seconds by the clock, and those that the processor worked."""

    clock: float
    core: float


def article_of(document: Document) -> Article:
    """Return a generated document as an article."""
    issue = Issue("generated", "generated", document.published)
    blocks = (Block(BlockKind.PARAGRAPH, document.text, None),)
    return Article(document.id, document.title, document.section, None, issue, blocks, document.published)


def run_extraction(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure speed over generated news, the sample digests and the texts of --words; then memory."""
    documents = work.some_documents(MEDIUM, QUICK_DOCUMENTS if quick else DOCUMENTS)
    library = open_library(work.sample_index())
    texts = {
        "generated news": [article_of(document) for document in documents],
        "sample digests": list(library.all_articles()),
        **{folder.name: list(_articles_of(folder)) for folder in work.words},
    }
    library.close()
    for what, articles in texts.items():
        if articles:
            yield from _speeds(work, what, articles)
    for count in TIMES_ARTICLES[: 2 if quick else 3]:
        arguments = ["-m", "benchmarks.extracting", str(work.corpus(MEDIUM)), str(count)]
        ended = children.run(arguments)
        found = {"peak MiB": ended.peak_mib, "metrics": int(ended.output)}
        yield Row("extraction memory", "hangxun, all metrics", found, count)


def _articles_of(folder: Path) -> Iterator[Article]:
    for path in sorted(folder.glob("*.txt")):
        try:
            yield from read_source(path, name=path.name).articles
        except SourceError:
            continue  # no digest


def _speeds(work: Workspace, what: str, articles: Sequence[Article]) -> Iterator[Row]:
    chunks = [articles[chunk::CHUNKS] for chunk in range(CHUNKS)]
    sizes = [_megabytes(chunk) for chunk in chunks]
    warming = [article_of(document) for document in islice(read_corpus(work.corpus(MEDIUM)), WARMING)]
    read = [*chunks, warming]
    with ExitStack() as stack:
        ways: dict[str, Callable[[int], Spent]] = {
            "hangxun, all metrics": lambda chunk: _seconds(extract_metrics, read[chunk]),
            "jieba.cut alone": _jieba(read),
        }
        skipped: dict[str, str] = {}
        for name, begin in {COMPILED: _compiled, PEER_NAME: _jionlp}.items():
            try:
                ways[name] = begin(work, read, stack)
            except RuntimeError as error:
                skipped[name] = str(error)
        times: dict[str, list[Spent]] = {name: [] for name in ways}
        for way in ways.values():
            way(CHUNKS)  # what is loaded and compiled once in a process is told by the start
        gc.set_threshold(COLLECTED_AFTER)  # as in a build
        gc.collect()
        gc.freeze()  # what the contestants hold is not gone through again while one of them is timed
        for chunk in range(CHUNKS):
            for name, way in ways.items():
                times[name].append(way(chunk))
    found = sum(len(extract_metrics(article)) for article in articles)
    density = {"articles": len(articles), "metrics a KB": found / sum(sizes) / 1000}
    for name, spent in times.items():
        clock, core = (_median(sizes, seconds) for seconds in zip(*spent, strict=True))
        figures = {"MB/s": clock, "MB/s of a core": core, **density}
        yield Row("extraction", f"{what}: {name}", figures)
    for name, reason in skipped.items():
        yield Row("extraction", f"{what}: {name}", {"MB/s": f"skipped: {reason}"})


def _megabytes(articles: Sequence[Article]) -> float:
    return sum(len(block.text.encode()) for article in articles for block in article.blocks) / MB


def _median(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    return statistics.median(size / each if size else 0.0 for size, each in zip(sizes, seconds, strict=True))


def _seconds(way: Callable[[Article], object], articles: Sequence[Article]) -> Spent:
    clock, core = time.perf_counter(), time.process_time()
    for article in articles:
        way(article)
    return Spent(time.perf_counter() - clock, time.process_time() - core)


def _jieba(chunks: Sequence[Sequence[Article]]) -> Callable[[int], Spent]:
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    return lambda chunk: _seconds(lambda a: [jieba.lcut(b.text) for b in a.blocks], chunks[chunk])


def _jionlp(work: Workspace, chunks: Sequence[Sequence[Article]], stack: ExitStack) -> Callable[[int], Spent]:
    """Start JioNLP beside us. Raises RuntimeError where it cannot be installed."""
    python = python_with(PEER, work.folder / "peer-jionlp")
    texts = work.folder / "peer-texts.json"
    listed = [[block.text for article in chunk for block in article.blocks] for chunk in chunks]
    texts.write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
    ask = _started([str(python), str(_JIONLP), str(texts)], stack)
    return lambda chunk: Spent(*map(float, ask(chunk)))


def _compiled(
    work: Workspace, chunks: Sequence[Sequence[Article]], stack: ExitStack
) -> Callable[[int], Spent]:
    """Start our compiled package beside us. Raises RuntimeError where it cannot be made, or finds others."""
    package = compiled_package(work.folder / "compiled")
    articles = work.folder / "peer-articles.json"
    articles.write_bytes(TypeAdapter(list[list[Article]]).dump_json([list(chunk) for chunk in chunks]))
    ask = _started(
        [sys.executable, str(_COMPILED), str(articles), str(COLLECTED_AFTER)],
        stack,
        {"PYTHONPATH": str(package)},
    )

    def seconds(chunk: int) -> Spent:
        clock, core, found = ask(chunk)
        if found != found_hash(map(extract_metrics, chunks[chunk])):
            raise RuntimeError("the compiled package finds other figures")
        return Spent(float(clock), float(core))

    return seconds


def _started(
    command: Sequence[str], stack: ExitStack, variables: Mapping[str, str] | None = None
) -> Callable[[int], Sequence[str]]:
    """Start a program that answers the number of a chunk with a line; return what asks it."""
    child = stack.enter_context(
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **(variables or {})},
        )
    )
    stack.callback(children.end, child)

    def ask(chunk: int) -> Sequence[str]:
        children.type_line(child, str(chunk))
        return children.read_line(child).split()

    return ask
