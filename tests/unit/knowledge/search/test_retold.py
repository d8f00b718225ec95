"""The same news from several sources is one answer, and the others are named beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.library import Library

ROWS = (
    {
        "id": "first",
        "title": "海州港三季度吞吐量创新高",
        "text": "海州港集团公布，三季度完成货物吞吐量8640万吨，同比增长7.4%，"
        "其中集装箱212万标箱，同比增长9.1%。"
        "集团称，新开通的四条东南亚航线带来了主要增量，内贸煤炭运输则有所回落。",
        "published": "2026-10-12",
    },
    {
        "id": "again",
        "title": "新航线拉动 集装箱量增逾9%",
        "text": "受四条东南亚新航线带动，海州港第三季度集装箱212万标箱，同比增长9.1%。"
        "海州港集团还公布，三季度完成货物吞吐量8640万吨，同比增长7.4%，内贸煤炭运输则有所回落。",
        "published": "2026-10-13",
    },
    {
        "id": "other",
        "title": "海州港发行20亿元债券",
        "text": "海州港集团公告，将发行20亿元公司债券，期限五年，票面利率不超过3.4%，"
        "用于新建两个集装箱泊位。",
        "published": "2026-10-13",
    },
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("retold")
    source = folder / "ports.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    build_index([source], folder / "index")
    opened = open_library(folder / "index")
    yield opened
    opened.close()


def test_the_same_news_is_listed_once_with_the_other_beside_it(library: Library) -> None:
    answer = library.answer("海州港 集装箱")
    listed = {hit.article.id: [other.article_id for other in hit.also] for hit in answer.hits}
    assert answer.total == len(listed)
    assert "other" in listed
    assert listed.get("first") == ["again"] or listed.get("again") == ["first"]


def test_pages_hold_each_news_once(library: Library) -> None:
    pages = [library.answer("海州港", limit=1, offset=offset) for offset in range(3)]
    assert [len(page.hits) for page in pages] == [1, 1, 0]
    assert {page.total for page in pages} == {2}


def test_an_article_that_is_left_out_can_still_be_opened(library: Library) -> None:
    assert {library.article(key) is not None for key in ("first", "again")} == {True}
