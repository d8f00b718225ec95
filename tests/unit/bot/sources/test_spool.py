"""What feeds brought: kept by month, replaced when it changed, its old figures findable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.sources.spool import Item, Spool
from knowledge.ingest import find_sources, read_source
from knowledge.model import Article

TODAY = date(2026, 11, 23)
ITEM = Item(
    "guid-1", "海州港吞吐量增长", "海州港三季度吞吐量8640万吨。", date(2026, 10, 12), "https://a.example/1"
)


def _articles(folder: Path) -> list[Article]:
    sources = (read_source(path, name=name) for path, name in find_sources([folder]))
    return [article for source in sources for article in source.articles]


def test_an_item_becomes_an_article_of_its_month_with_its_link(tmp_path: Path) -> None:
    assert Spool(tmp_path).merge(7, "港口快讯", [ITEM], TODAY) == 1
    (article,) = _articles(tmp_path)
    assert (article.title, article.published, article.url) == (ITEM.title, ITEM.published, ITEM.url)
    assert article.issue.title == "港口快讯 2026-10"
    assert article.paragraphs == (ITEM.text,)


def test_the_same_items_again_change_nothing_on_disk(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.merge(7, "港口快讯", [ITEM], TODAY)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.jsonl")}
    assert spool.merge(7, "港口快讯", [ITEM], date(2026, 11, 24)) == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.jsonl")} == before


def test_an_item_that_left_the_feed_stays(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.merge(7, "港口快讯", [ITEM], TODAY)
    spool.merge(7, "港口快讯", [replace(ITEM, key="guid-2", title="新航线开通")], TODAY)
    assert {article.title for article in _articles(tmp_path)} == {ITEM.title, "新航线开通"}


def test_a_changed_item_keeps_its_id_and_its_earlier_figures(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.merge(7, "港口快讯", [ITEM], TODAY)
    (before,) = _articles(tmp_path)
    assert spool.merge(7, "港口快讯", [replace(ITEM, text="海州港三季度吞吐量8655万吨。")], TODAY) == 1
    texts = {article.id: article.paragraphs[0] for article in _articles(tmp_path)}
    assert texts.pop(before.id) == "海州港三季度吞吐量8655万吨。"
    assert list(texts.values()) == [ITEM.text]


def test_a_changed_word_makes_no_second_article(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.merge(7, "港口快讯", [ITEM], TODAY)
    spool.merge(7, "港口快讯", [replace(ITEM, text="海州港第三季度的吞吐量是8640万吨。")], TODAY)
    assert [article.paragraphs[0] for article in _articles(tmp_path)] == [
        "海州港第三季度的吞吐量是8640万吨。"
    ]


def test_an_item_without_a_date_has_that_of_the_day_it_was_first_seen(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    undated = replace(ITEM, published=None)
    spool.merge(7, "港口快讯", [undated], TODAY)
    assert spool.merge(7, "港口快讯", [undated], date(2027, 1, 1)) == 0
    assert [article.published for article in _articles(tmp_path)] == [TODAY]


def test_two_sources_with_the_same_item_ids_keep_theirs_apart_and_one_can_go(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.merge(1, "甲", [ITEM], TODAY)
    spool.merge(2, "乙", [replace(ITEM, title="另一篇")], TODAY)
    assert len(_articles(tmp_path)) == 2
    spool.drop(1)
    assert [article.title for article in _articles(tmp_path)] == ["另一篇"]
    spool.drop(1)
