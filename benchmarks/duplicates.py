"""How well the same news is recognised under another title, beside rapidfuzz over titles, and how fast."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter

from rapidfuzz import fuzz

from benchmarks.corpus import MEDIUM
from benchmarks.report import Row
from benchmarks.stories import Pair, made_pairs
from benchmarks.workspace import Workspace
from knowledge.duplicates import is_same_news, same_news, story_of
from knowledge.index import open_library
from knowledge.model import Article, Block, BlockKind, Issue

SEEDS, QUICK_SEEDS = 10, 2
STORIES, QUICK_STORIES = 10_000, 1_000
A_DAY = 200
TITLES_ALIKE = 60


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure precision and recall over made pairs, then the speed over generated news of many days."""
    library = open_library(work.sample_index())
    articles = list(library.all_articles())
    library.close()
    pairs = [p for seed in range(QUICK_SEEDS if quick else SEEDS) for p in made_pairs(articles, seed)]
    yield _judged("hangxun, spots and figures", pairs, _ours)
    yield _judged("rapidfuzz, titles alone", pairs, _titles)
    yield _speed(work, QUICK_STORIES if quick else STORIES)


def _ours(one: Article, other: Article) -> bool:
    return is_same_news(story_of(one), story_of(other))


def _titles(one: Article, other: Article) -> bool:
    return fuzz.partial_ratio(one.title, other.title) >= TITLES_ALIKE


def _judged(name: str, pairs: Sequence[Pair], judge: Callable[[Article, Article], bool]) -> Row:
    said = Counter((pair.same, judge(pair.one, pair.other)) for pair in pairs)
    right, missed, wrong = said[True, True], said[True, False], said[False, True]
    figures = {
        "precision": right / max(1, right + wrong),
        "recall": right / max(1, right + missed),
        "pairs": len(pairs),
    }
    return Row("same news", name, figures)


def _speed(work: Workspace, count: int) -> Row:
    issue = Issue("news", "news", None)
    articles = [
        Article(
            f"{number}",
            document.title,
            "",
            None,
            issue,
            tuple(Block(BlockKind.PARAGRAPH, text) for text in document.text.splitlines()),
            date(2024, 1, 1) + timedelta(days=number // A_DAY),
        )
        for number, document in enumerate(work.some_documents(MEDIUM, count))
    ]
    told_again = [replace(article, id=f"{article.id} again") for article in articles[::10]]
    began = time.perf_counter()
    by_date = sorted([*articles, *told_again], key=attrgetter("published"))
    found = same_news(map(story_of, by_date))
    seconds = time.perf_counter() - began
    stories = len(articles) + len(told_again)
    figures = {"stories/s": stories / seconds, "stories": stories, "told again": len(told_again)}
    return Row("same news, speed", "hangxun, many days of news", figures | {"found": len(found)})
