"""How long a question for a figure takes among 10,000, 100,000 and 1,000,000 of them, and what they cost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import children
from benchmarks.million import FIGURES, figure_documents, figure_questions
from benchmarks.peers import Asked, tantivy_bm25, words_of
from benchmarks.report import Row
from benchmarks.timing import Contestant, beside, interleaved, summary
from benchmarks.workspace import Workspace
from knowledge.index import open_library
from knowledge.index.opening import open_index

SIZES = (10_000, 100_000, 1_000_000)
QUESTIONS, QUICK_QUESTIONS = 700, 70
MOST_FIGURES = 400
"""As many as the commands read for a table."""

RUNS = 3
ANSWER, TABLE, BARE = "hangxun, an answer", f"hangxun, {MOST_FIGURES} figures", "tantivy, BM25 alone"


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure at each size; quick: not at the largest."""
    for size in SIZES[:-1] if quick else SIZES:
        index = figures_index(work, size)
        questions = figure_questions(QUICK_QUESTIONS if quick else QUESTIONS)
        yield from _speed(index, questions, size)
        yield from _cost(work, index, questions, size)


def figures_index(work: Workspace, figures: int) -> Path:
    """Return an index of about so many figures, built where it is not there."""
    corpus = work.written(f"figures-{figures}", lambda: figure_documents(figures // FIGURES))
    return work.indexed(corpus, work.folder / f"index-figures-{figures}")


def _speed(index: Path, questions: Sequence[str], size: int) -> Iterator[Row]:
    opened, library = open_index(index), open_library(index)
    cut = opened.analyzer().segmenter.cut_for_search
    bare = tantivy_bm25(opened.metrics, Asked(questions, [words_of(text, cut) for text in questions]))
    contestants = [
        Contestant(ANSWER, lambda number: library.answer(questions[number])),
        Contestant(TABLE, lambda number: library.figures(questions[number], limit=MOST_FIGURES)),
        bare,
    ]
    times = interleaved(contestants, len(questions))
    for name, each in times.items():
        more = {"beside tantivy": beside(each, times[bare.name]), "questions": len(each)}
        yield Row("questions for figures", name, summary(each.values()) | more, size)
    library.close()
    opened.close()


def _cost(work: Workspace, index: Path, questions: Sequence[str], size: int) -> Iterator[Row]:
    """Measure a process that opens the figures alone, and one that opens the whole library."""
    asked = work.folder / "questions.json"
    asked.write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")
    for who in ("figures", "hangxun"):
        outputs = [
            children.run(["-m", "benchmarks.resident", who, str(index), str(asked)]).output
            for _ in range(RUNS)
        ]
        runs = sorted(map(json.loads, outputs), key=lambda figures: float(figures["first answer ms"]))
        yield Row("cost of figures", who, runs[RUNS // 2], size)
