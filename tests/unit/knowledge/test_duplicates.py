"""The same news is recognised whatever its title; what only looks alike is not."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from benchmarks.stories import made_pairs
from knowledge.duplicates import WINDOW, is_same_news, same_news, story_of
from knowledge.ingest import read_source
from knowledge.model import Article, Block, BlockKind, Issue

DAY = date(2024, 4, 1)
WRITTEN = Path(__file__).parents[2] / "data/duplicates/written.toml"
SAMPLE = Path(__file__).parents[3] / "knowledge/data/sample"


def _article(name: str, title: str, text: str, published: date | None = DAY) -> Article:
    issue = Issue("feed", "feed", None)
    return Article(name, title, "", None, issue, (Block(BlockKind.PARAGRAPH, text),), published)


def _written() -> list[Any]:
    pairs = tomllib.loads(WRITTEN.read_text("utf-8"))["pair"]
    return [pytest.param(pair, id=f"{pair['one'][0]} / {pair['two'][0]}") for pair in pairs]


@pytest.fixture(scope="module")
def sample() -> list[Article]:
    return [
        article
        for path in sorted(SAMPLE.glob("*.txt"))
        for article in read_source(path, name=path.name).articles
    ]


@pytest.mark.parametrize("pair", _written())
def test_news_written_twice_is_recognised_and_lookalikes_are_not(pair: dict[str, Any]) -> None:
    one, two = _article("one", *pair["one"]), _article("two", *pair["two"])
    assert is_same_news(story_of(one), story_of(two)) is pair["same"]


def test_nearly_all_rewritten_stories_are_found_and_hardly_a_lookalike(sample: list[Article]) -> None:
    said = Counter(
        (pair.same, is_same_news(story_of(pair.one), story_of(pair.other))) for pair in made_pairs(sample)
    )
    found, missed, wrong = said[True, True], said[True, False], said[False, True]
    assert found / (found + missed) >= 0.97
    assert found / (found + wrong) >= 0.95


def test_no_two_articles_of_the_sample_digests_are_taken_for_the_same(sample: list[Article]) -> None:
    stories = [story_of(article) for article in sample]
    assert not [(one.id, two.id) for one, two in combinations(stories, 2) if is_same_news(one, two)]


def test_every_retelling_points_to_the_first(sample: list[Article]) -> None:
    article = replace(sample[0], published=DAY)
    copies = [replace(article, id=f"copy-{n}", published=DAY + timedelta(days=n)) for n in (1, 2)]
    assert same_news(map(story_of, [article, *copies])) == {
        "copy-1": article.id,
        "copy-2": article.id,
    }


def test_the_same_words_much_later_are_news_again(sample: list[Article]) -> None:
    article = replace(sample[0], published=DAY)
    again = replace(article, id="again", published=DAY + WINDOW + timedelta(days=1))
    assert same_news([story_of(article), story_of(again)]) == {}


def test_a_story_is_found_among_many_others(sample: list[Article]) -> None:
    pairs = [pair for pair in made_pairs(sample) if pair.how == "retold"]
    together = {pair.other.id: pair.one.id for pair in pairs}
    articles = [article for pair in pairs for article in (pair.one, pair.other)]
    stories = sorted(map(story_of, articles), key=lambda story: story.published or DAY)
    joined = {frozenset(pair) for pair in same_news(stories).items()}
    assert sum(frozenset(pair) in joined for pair in together.items()) >= 0.95 * len(together)


def test_articles_with_hardly_any_text_are_never_the_same() -> None:
    one, two = _article("one", "快讯", "今日要闻。"), _article("two", "快讯", "今日要闻。")
    assert not is_same_news(story_of(one), story_of(two))
