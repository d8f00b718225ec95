"""Questions all of whose words many figures have: what has all of them is looked at first."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from knowledge.index.build import build_index
from knowledge.index.opening import open_index
from knowledge.search.figures import FigureSearch

PLACES = ("保定", "邢台", "沧州", "承德", "衡水", "唐山", "廊坊", "邯郸")
THINGS = ("水泥", "陶瓷", "玻璃", "石材")
AMOUNTS = (("产量", "万吨"), ("出口额", "万美元"), ("企业数量", "家"))
YEARS = range(2015, 2020)
COMMON = 20
"""Far fewer figures than have any of these words."""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FigureSearch]:
    folder = tmp_path_factory.mktemp("common")
    cells = [
        (place, thing, amount, year)
        for place in PLACES
        for thing in THINGS
        for amount in AMOUNTS
        for year in YEARS
    ]
    rows = [
        {
            "id": f"c{number}",
            "title": f"{place}{thing}",
            "text": f"{year}年，{place}市{thing}{name}达到{number + 11}{unit}。",
            "published": "2020-03-01",
        }
        for number, (place, thing, (name, unit), year) in enumerate(cells)
    ]
    rows.append(
        {"id": "more", "title": "多语种", "text": "多哥建成多功能厅35座。", "published": "2020-03-01"}
    )
    source = folder / "common.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build_index([source], folder / "index")
    index = open_index(folder / "index")
    yield FigureSearch(index.catalog, index.metrics, common=COMMON)
    index.close()


def best(figures: FigureSearch, question: str) -> str:
    asks, hits = figures.find(question)
    assert asks
    return hits[0].metric.sentence if hits else ""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2017年玻璃出口额是多少", ("2017年", "玻璃出口额")),
        ("沧州石材产量有多少", ("沧州市石材产量",)),
        ("2016年衡水陶瓷企业数量", ("2016年", "衡水市陶瓷企业数量")),
        ("唐山出口额", ("唐山市", "出口额")),
    ],
)
def test_the_best_figure_has_all_that_was_named(
    figures: FigureSearch, question: str, told: tuple[str, ...]
) -> None:
    sentence = best(figures, question)
    assert all(words in sentence for words in told), sentence


def test_rare_words_of_the_question_itself_do_not_hide_the_figures(figures: FigureSearch) -> None:
    assert "水泥产量" in best(figures, "水泥产量是多少")


def test_words_that_nobody_prints_together_are_looked_for_apart(figures: FigureSearch) -> None:
    assert "水泥" in best(figures, "水泥的总产量有多少")


def test_the_mended_query_is_taken_only_where_it_fits_better(figures: FigureSearch) -> None:
    typed = figures.find("承德水泥产量有多少")
    assert figures.find("承德水泥产量有多少", "承德水泥产量") == typed
    assert figures.find("承德睡泥产量有多少", "承德水泥产量有多少") == typed
