from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.library import Library

CHIPS = "晶圆厂宣布扩产，光刻机交货期拉长，晶圆代工价格上调。"
TEXTS = {
    "fab": ("晶圆代工扩产", CHIPS + "业内说产能仍然偏紧。"),
    "copy": ("晶圆代工扩产", CHIPS + "业内说产能仍然偏紧！"),
    "machine": ("晶圆代工等光刻机", "光刻机厂商的订单排到后年，晶圆厂只能等待，产能偏紧。"),
    "farm": ("大棚里的草莓熟了", "农户用上水肥一体化设备，草莓比去年早熟十天。"),
    "berry": ("草莓冷链提速", "草莓从大棚到超市只要一天，农户的收入增加。"),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("related")
    rows = ({"id": key, "title": title, "text": text} for key, (title, text) in TEXTS.items())
    source = folder / "texts.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build_index([source], folder / "index")
    opened = open_library(folder / "index")
    yield opened
    opened.close()


def related(library: Library, article_id: str, limit: int = 5) -> list[str]:
    return [citation.article_id for citation in library.related(article_id, limit)]


def test_articles_with_the_same_subject_are_related_but_no_copies(library: Library) -> None:
    assert related(library, "fab") == ["machine"]
    assert related(library, "berry") == ["farm"]


def test_of_copies_of_each_other_one_is_enough(library: Library) -> None:
    assert len(set(related(library, "machine")) & {"fab", "copy"}) == 1


def test_no_more_than_asked_for_and_none_for_an_unknown_article(library: Library) -> None:
    assert related(library, "berry", 0) == []
    assert related(library, "nothing") == []
