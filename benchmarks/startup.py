"""How long a whole process takes: a question, the first answer of a batch, the bot in the terminal."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks import children
from benchmarks.report import Row
from benchmarks.workspace import Workspace

RUNS, QUICK_RUNS = 15, 1
QUESTION = "5G基站有多少"
PEER = "python: import jieba; jieba.initialize()"
LOAD_JIEBA = "import logging, jieba; jieba.setLogLevel(logging.ERROR); jieba.initialize()"


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure processes over the sample digests, turn by turn."""
    index = work.sample_index()
    batch = json.dumps({"id": "1", "q": QUESTION}, ensure_ascii=False)
    processes: dict[str, Callable[[], float]] = {
        "hangxun ask": lambda: _whole(["-m", "bot", "ask", QUESTION], index),
        "hangxun ask --batch, first answer": lambda: _first_line(
            ["-m", "bot", "ask", "--batch"], batch, index
        ),
        "hangxun chat, ready": lambda: _first_line(["-m", "bot", "chat"], "", index),
        "hangxun chat, first answer and end": lambda: _whole(["-m", "bot", "chat"], index, f"{QUESTION}\n"),
        PEER: lambda: _whole(["-c", LOAD_JIEBA], index),
        "python: pass": lambda: _whole(["-c", "pass"], index),
    }
    times: dict[str, list[float]] = {name: [] for name in processes}
    for _ in range(1 + (QUICK_RUNS if quick else RUNS)):
        for name, measure in processes.items():
            times[name].append(measure())
    for name, (_, *each) in times.items():  # the first of each warms the caches of the disk
        beside = statistics.median(each) / statistics.median(times[PEER][1:])
        yield Row("startup", name, {**_figures(each), "beside jieba": beside, "runs": len(each)})


def _figures(seconds: Sequence[float]) -> dict[str, float]:
    return {
        "median ms": statistics.median(seconds) * 1000,
        "least ms": min(seconds) * 1000,
        "most ms": max(seconds) * 1000,
    }


def _whole(arguments: Sequence[str], index: Path, typed: str = "") -> float:
    return children.run(arguments, typed=typed, index=index).seconds


def _first_line(arguments: Sequence[str], typed: str, index: Path) -> float:
    """Return the seconds to the first line that the process prints, its input still open."""
    started = time.perf_counter()
    with children.start(arguments, index=index) as child:
        if typed:
            children.type_line(child, typed)
        children.read_line(child)
        seconds = time.perf_counter() - started
        children.end(child)
    return seconds
