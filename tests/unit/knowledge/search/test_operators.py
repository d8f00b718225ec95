"""What operators choose, and what is understood of a query, on a library of two issues."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.library import Library
from knowledge.model import Aspect

# id, issue, section, title, text
ARTICLES = [
    ("h1", "2023-04", "产业环境", "河北数字经济再上台阶",
     "2022年，河北省数字经济规模达到1.5万亿元，建成 5G 基站9.4万个。"),
    ("h2", "2023-04", "海外借鉴", "日本芯片补贴落地", "日本为芯片工厂提供补贴，换取十年供货。"),
    ("h3", "2023-05", "产业环境", "芯片产业链扩产", "国内芯片企业扩产，数字经济拉动需求，河北也有项目。"),
    ("h4", "2023-05", "技术情报", "量子芯片新进展", "研究团队制成量子芯片。腾讯参与了测试。"),
    ("h5", "2023-05", "技术情报", "青海数字经济规模扩大", "2021年，青海省数字经济规模达到740亿元。"),
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("operators")
    keys = ("id", "issue", "section", "title", "text")
    rows = (dict(zip(keys, row, strict=True)) | {"published": f"{row[1]}-15"} for row in ARTICLES)
    source = folder / "two.jsonl"
    source.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build_index([source], folder / "index")
    opened = open_library(folder / "index")
    yield opened
    opened.close()


def found(library: Library, query: str) -> list[str]:
    return [hit.article.id for hit in library.answer(query).hits]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("“芯片工厂”", {"h2"}),
        ("「5G基站」", {"h1"}),
        ("“芯片企业” 扩产", {"h3"}),
        ("“芯片银行”", set()),
        ("芯片 -日本", {"h3", "h4"}),
        ("芯片 －量子 NOT 日本", {"h3"}),
        ("栏目:技术情报", {"h4", "h5"}),
        ("栏目:海外 芯片", {"h2"}),
        ("section:产业环境 2023-05", {"h3"}),
        ("期:2023-04", {"h1", "h2"}),
        ("芯片 期:2023-04", {"h2"}),
        ("2023年5月 芯片", {"h3", "h4"}),
        ("数字经济 地区:青海", {"h5"}),
        ("地区:河北省", {"h1", "h3"}),
        ("栏目:没有这个栏目 量子芯片", {"h4"}),
    ],
)
def test_operators_choose_articles(library: Library, query: str, ids: set[str]) -> None:
    answers = found(library, query)
    assert answers[:1] == ["h4"] if "没有" in query else set(answers) == ids


def test_the_newest_articles_come_first_where_there_are_no_words(library: Library) -> None:
    assert found(library, "栏目:产业环境") == ["h3", "h1"]


def test_a_month_without_an_answer_leaves_nothing_out(library: Library) -> None:
    assert found(library, "腾讯 2023-04") == ["h4"]
    assert found(library, "青海 数字经济 2019-01")[0] == "h5"


def test_figures_obey_the_operators_too(library: Library) -> None:
    everywhere = library.answer("数字经济规模")
    assert {hit.metric.citation.article_id for hit in everywhere.metrics} == {"h1", "h5"}
    narrowed = library.answer("数字经济规模 期:2023-05")
    assert {hit.metric.citation.article_id for hit in narrowed.metrics} == {"h5"}


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("河北 数字经济 2022", [(Aspect.REGION, "河北省"), (Aspect.PERIOD, "2022年")]),
        ("hebei 数字经济", [(Aspect.REGION, "河北省")]),
        ("鹅厂 芯片", [(Aspect.COMPANY, "腾讯")]),
        ("海外借鉴 芯片", [(Aspect.SECTION, "海外借鉴")]),
        ("“数字经济” -青海", [(Aspect.PHRASE, "数字经济"), (Aspect.WITHOUT, "青海")]),
        ("期:2023-05 芯片", [(Aspect.ISSUE, "2023年5月")]),
        ("芯片", []),
    ],
)
def test_what_is_understood_is_told(
    library: Library, query: str, understood: list[tuple[Aspect, str]]
) -> None:
    answer = library.answer(query)
    assert [(one.aspect, one.value) for one in answer.understood] == understood


def test_what_is_named_favours_and_leaves_nothing_out(library: Library) -> None:
    assert set(found(library, "海外借鉴 芯片")) == {"h2", "h3", "h4"}
    assert found(library, "技术情报 芯片")[0] == "h4"


def test_the_name_of_a_section_alone_lists_it(library: Library) -> None:
    assert found(library, "技术情报") == ["h4", "h5"]


def test_a_corrected_query_tells_how_to_search_what_was_typed(library: Library) -> None:
    answer = library.answer("量子心片 栏目:技术情报")
    assert answer.hits[0].article.id == "h4"
    assert answer.as_typed == "“量子心片” 栏目:技术情报"
    assert not library.answer(answer.as_typed).hits


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("“芯片 补贴款”", "芯片 补贴款"),
        ("腾讯 期:2023-04", "腾讯"),
        ("芯片 火星基地 -芯片", "芯片"),
        ("火星基地", None),
    ],
)
def test_a_query_that_found_nothing_gets_queries_that_find_something(
    library: Library, query: str, suggested: str | None
) -> None:
    answer = library.answer(query)
    assert not answer.hits
    assert next(iter(answer.did_you_mean), None) == suggested
    assert all(library.answer(near).hits for near in answer.did_you_mean)


def test_explain_prints_operators_names_and_what_each_part_added(library: Library) -> None:
    lines = library.explain("量子心片 腾讯 栏目:技术情报").splitlines()
    assert "read   量子芯片 腾讯    as typed: “量子心片” 腾讯 栏目:技术情报" in lines
    assert "needs  section 技术情报" in lines
    assert "names  company 腾讯" in lines
    assert any("量子" in line and "腾讯" in line and line.count("%") >= 2 for line in lines)
