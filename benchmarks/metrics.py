"""How fast figures are found in texts, and how fast a question for one is answered."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.corpus import LARGE, MEDIUM, Size
from benchmarks.extraction import run_extraction
from benchmarks.peers import Asked, tantivy_bm25, words_of
from benchmarks.queries import figure_questions
from benchmarks.report import Row
from benchmarks.timing import Contestant, interleaved, summary
from benchmarks.workspace import Workspace
from knowledge.index.opening import open_index

QUESTIONS, QUICK_QUESTIONS = 400, 60


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure extraction over generated and real articles, then questions."""
    yield from run_extraction(work, quick=quick)
    for size in (MEDIUM, LARGE):
        yield from _questions(work, size, QUICK_QUESTIONS if quick else QUESTIONS)


def _questions(work: Workspace, size: Size, count: int) -> Iterator[Row]:
    """Measure questions for figures beside bare retrieval of figures by the same words."""
    texts = [question.text for question in figure_questions(work.some_documents(size, count), count)]
    index = open_index(work.index(size))
    cut = index.analyzer().segmenter.cut_for_search
    asked = Asked(texts, [words_of(text, cut) for text in texts])
    with work.library(size) as library:
        ours = Contestant("hangxun, a question for a figure", lambda number: library.answer(texts[number]))
        times = interleaved([ours, tantivy_bm25(index.metrics, asked)], len(texts))
    for name, each in times.items():
        yield Row("metric questions", name, summary(each.values()) | {"queries": len(each)}, size.documents)
