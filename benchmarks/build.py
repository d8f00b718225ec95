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


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Build 10,000, 100,000 and (not quick) 1,000,000 documents; two cores where there are two."""
    yield from _segmenters(work)
    for size in (MEDIUM,) if quick else (MEDIUM, LARGE, HUGE):
        for cores in (1, 2)[: os.cpu_count()] if size is not HUGE else (0,):
            yield _row(work, size, cores)


def _row(work: Workspace, size: Size, cores: int) -> Row:
    corpus = work.corpus(size)
    folder = work.folder / "index-measured"
    shutil.rmtree(folder, ignore_errors=True)
    ended = build(corpus, folder, cores)
    index_mb = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MB
    shutil.rmtree(folder)
    who = f"hangxun build, {cores or 'all'} core{'s' * (cores != 1)}"
    return Row(
        "build", who, _figures(ended, size, _text_mb(work, size)) | {"index MB": index_mb}, size.documents
    )


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
