from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import date

import pytest

from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.library import Library
from knowledge.model import Counts

JANUARY = {"issue": "2022-01", "published": "2022-01-05"}
FEBRUARY = {"issue": "2022-02", "published": "2022-02-07"}
OLD = [
    {"id": "o1", "title": "芯片产能吃紧", "text": "晶圆厂满载。芯片价格上涨8%。", **JANUARY},
    {"id": "o2", "title": "宽带提速", "text": "千兆宽带用户达3000万户。", **JANUARY},
]
WHERE = {"section": "产业环境", "url": "https://example.org/n1"}
NEW = [{"id": "n1", "title": "芯片价格回落", "text": "芯片库存上升。", **WHERE, **FEBRUARY}]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library")
    for name, rows in (("old.jsonl", OLD), ("new.jsonl", NEW)):
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / "sources" / name).parent.mkdir(exist_ok=True)
        (folder / "sources" / name).write_text(text, encoding="utf-8")
    build_index([folder / "sources"], folder / "index")
    opened = open_library(folder / "index")
    yield opened
    opened.close()


def test_issues_come_newest_first_and_contents_in_their_order(library: Library) -> None:
    assert [issue.id for issue in library.issues()] == ["2022-02", "2022-01"]
    assert [citation.article_id for citation in library.contents("2022-01")] == ["o1", "o2"]
    assert library.contents("unknown") == ()


def test_an_article_is_given_whole_or_not_at_all(library: Library) -> None:
    article = library.article("n1")
    assert article is not None
    assert (article.section, article.url, article.paragraphs) == (
        "产业环境",
        "https://example.org/n1",
        ("芯片库存上升。",),
    )
    assert library.article("unknown") is None
    assert library.article("' OR 1=1 --") is None


def test_figures_belong_to_their_article(library: Library) -> None:
    assert {metric.citation.title for metric in library.metrics("o2")} == {"宽带提速"}
    assert library.metrics("unknown") == ()
    assert {metric.citation.article_id for metric in library.all_metrics()} == {"o1", "o2"}


def test_the_counts_are_those_of_what_can_be_read(library: Library) -> None:
    articles, metrics = list(library.all_articles()), list(library.all_metrics())
    assert library.counts == Counts(2, len(articles), len(metrics))
    assert [article.id for article in articles] == ["n1", "o1", "o2"]
    assert library.built_at.tzinfo is not None
    assert len(library.content_hash) == 64


def test_articles_about_a_topic_come_newest_first(library: Library) -> None:
    matches = library.about(library.topic("IC"))
    assert [match.citation.article_id for match in matches] == ["n1", "o1"]
    assert matches[1].words == ("芯片", "晶圆")
    lead = matches[1].lead
    assert [lead.value[start:end] for start, end in lead.spans] == ["晶圆"]


def test_articles_about_a_topic_can_be_only_the_recent_ones(library: Library) -> None:
    recent = library.about(library.topic("芯片"), since=date(2022, 2, 1))
    assert [match.citation.article_id for match in recent] == ["n1"]
    assert library.about(library.topic("芯片"), since=date(2030, 1, 1)) == ()


def test_threads_share_a_library(library: Library) -> None:
    seen: set[tuple[str, int]] = set()

    def ask() -> None:
        for _ in range(40):
            seen.add((library.answer("宽带").hits[0].article.id, len(library.metrics("o2"))))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {("o2", 1)}
