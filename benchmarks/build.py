"""How fast an index is built, on one core and on two, beside segmenters alone on the same text."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from benchmarks.children import Ended
from benchmarks.corpus import HUGE, LARGE, MEDIUM, Size, read_corpus
from benchmarks.report import Row
from benchmarks.workspace import Workspace, build

PEER_CHARACTERS = 1_000_000
MB = 1_000_000
CHUNKS = 3
_CORES = {0: "all cores", 1: "1 core", 2: "2 cores"}


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Build 10,000 documents on one and on two cores, 100,000 and 1,000,000 (not quick) on all.

    The other benchmarks find these indexes again.
    """
    yield from _segmenters(work)
    for size, cores in ((MEDIUM, 1), (MEDIUM, 2), *(() if quick else ((LARGE, 0), (HUGE, 0)))):
        if cores <= (os.cpu_count() or 1):
            yield _row(work, size, cores)


def _row(work: Workspace, size: Size, cores: int) -> Row:
    folder = work.index_folder(size)
    shutil.rmtree(folder, ignore_errors=True)
    ended = build(work.corpus(size), folder, cores)
    index_mb = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MB
    figures = _figures(ended, size, _text_mb(work, size)) | {"index MB": index_mb}
    return Row("build", f"hangxun build, {_CORES[cores]}", figures, size.documents)


def _figures(ended: Ended, size: Size, text_mb: float) -> dict[str, float]:
    metrics = json.loads(ended.output.splitlines()[-1])["metrics"]
    return {
        "seconds": ended.seconds,
        "documents/s": size.documents / ended.seconds,
        "MB/s": text_mb / ended.seconds,
        "peak RSS MiB": ended.peak_mib,
        "metrics": metrics,
    }


def _text_mb(work: Workspace, size: Size) -> float:
    """Return the megabytes of the texts themselves, in UTF-8."""
    documents = read_corpus(work.corpus(size))
    return sum(len(f"{document.title}{document.text}".encode()) for document in documents) / MB


def _segmenters(work: Workspace) -> Iterator[Row]:
    """Measure segmenters on the same texts, turn by turn, and tell the best of each."""
    import jieba
    import rjieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    rjieba.cut("载入词典")
    texts = [document.text for document in islice(read_corpus(work.corpus(MEDIUM)), PEER_CHARACTERS // 240)]
    chunks = [texts[n::CHUNKS] for n in range(CHUNKS)]
    cutters: dict[str, Callable[[str], object]] = {
        "jieba.cut alone": jieba.lcut,
        "rjieba.cut_for_search alone": rjieba.cut_for_search,
    }
    speeds: dict[str, list[float]] = {name: [] for name in cutters}
    for chunk, (name, cut) in chain.from_iterable(((c, pair) for pair in cutters.items()) for c in chunks):
        speeds[name].append(_speed(chunk, cut))
    for name, each in speeds.items():
        yield Row("segmenters on the same text", name, {"MB/s": sorted(each)[CHUNKS // 2]})


def _speed(texts: Sequence[str], cut: Callable[[str], object]) -> float:
    started = time.perf_counter()
    for text in texts:
        cut(text)
    return sum(len(text.encode()) for text in texts) / MB / (time.perf_counter() - started)
