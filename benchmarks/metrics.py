"""How fast figures are found in texts, beside jieba alone, and how fast a question for one is answered."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from importlib import import_module

from benchmarks.corpus import LARGE, MEDIUM, Document, Size
from benchmarks.peers import Asked, is_installed, tantivy_bm25, words_of
from benchmarks.queries import figure_questions
from benchmarks.report import Row
from benchmarks.timing import Contestant, interleaved, summary
from benchmarks.workspace import Workspace
from knowledge.index import open_library
from knowledge.index.opening import open_index
from knowledge.metrics import extract_metrics
from knowledge.model import Article, Block, BlockKind, Issue

DOCUMENTS, QUICK_DOCUMENTS = 3_000, 300
QUESTIONS, QUICK_QUESTIONS = 400, 60
CHUNKS = 5
MB = 1_000_000


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure extraction over generated and real articles, then questions."""
    documents = work.some_documents(MEDIUM, QUICK_DOCUMENTS if quick else DOCUMENTS)
    yield from _extraction("generated news", [_article(document) for document in documents])
    library = open_library(work.sample_index())
    yield from _extraction("sample digests", list(library.all_articles()) * (1 if quick else 5))
    library.close()
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


def _extraction(what: str, articles: Sequence[Article]) -> Iterator[Row]:
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    extract_metrics(articles[0])
    ways: dict[str, Callable[[Article], object]] = {
        "hangxun, all metrics": extract_metrics,
        "jieba.cut alone": lambda article: [jieba.lcut(block.text) for block in article.blocks],
    }
    if is_installed("jionlp"):
        ways["JioNLP, times and money alone"] = _jionlp()
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    for chunk in range(CHUNKS):
        for name, way in ways.items():
            speeds[name].append(_speed(articles[chunk::CHUNKS], way))
    found = sum(len(extract_metrics(article)) for article in articles)
    for name, each in speeds.items():
        figures = {"MB/s": sorted(each)[CHUNKS // 2], "articles": len(articles), "metrics": found}
        yield Row("extraction", f"{what}: {name}", figures)


def _jionlp() -> Callable[[Article], object]:
    """Return JioNLP's extraction of times and amounts of money, a part of what a metric is."""
    logging.disable(logging.ERROR)  # it logs what it cannot read
    with redirect_stdout(None):  # and greets
        extract = import_module("jionlp").ner
    return lambda article: [
        (extract.extract_time(block.text), extract.extract_money(block.text)) for block in article.blocks
    ]


def _speed(articles: Sequence[Article], way: Callable[[Article], object]) -> float:
    started = time.perf_counter()
    for article in articles:
        way(article)
    seconds = time.perf_counter() - started
    return sum(len(block.text.encode()) for article in articles for block in article.blocks) / MB / seconds


def _article(document: Document) -> Article:
    issue = Issue("generated", "generated", document.published)
    blocks = (Block(BlockKind.PARAGRAPH, document.text, None),)
    return Article(document.id, document.title, document.section, None, issue, blocks, document.published)
