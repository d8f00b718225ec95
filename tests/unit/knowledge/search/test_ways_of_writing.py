"""However a query is typed, the right article comes first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.library import Library

WAYS = {
    "脑机接口走出实验室": [
        "脑机接口", "脑机接口 康复", "腦機介面", "腦機接口", "naojijiekou", "naoji jiekou", "njjk",
        "brain computer interface", "what is new about the brain computer interface",
        "脑机借口", "脑基接口", "脑机接接口", "ＢＣＩ", "意念打字是怎么做到的", "请问脑机接口进展到哪了",
    ],
    "半导体产业迎来扩产潮": [
        "半导体扩产", "半導體產業", "bandaoti", "bdt 扩产", "半倒体扩产", "semiconductor 扩产",
        "芯片扩产", "IC 扩产",
    ],
    "数据中心节能改造提速": [
        "数据中心节能", "數據中心節能", "shuju中心 节能", "数剧中心 液冷", "data center 液冷",
        "IDC 节能", "数据中心怎么省电",
    ],
    "山海省数字经济规模突破两万亿元": [
        "山海省 5G基站", "山海省 5g 基占", "shanhaisheng shuzi jingji", "山海省数字经济有多大",
        "5G base stations 山海省", "山海省 5gjizhan", "shanhaisheng5g",
    ],
    "内蒙古启动大型算力枢纽": [
        "内蒙 算力", "inner mongolia computing power", "內蒙古算力樞紐", "neimenggu suanli",
    ],
    "瀚澜控股收购芯源微被问询": [
        "瀚澜控股", "hlkg", "瀚蓝控股 收购", "hanlan konggu", "瀚澜控股为什么被问询",
    ],
    "腾讯发布新一代云服务器": ["鹅厂 服务器", "tencent server", "腾迅服务器", "騰訊雲伺服器"],
    "重庆打造区块链应用高地": [
        "山城 区块链", "chongqing blockchain", "重慶 區塊鏈", "qukuailian", "重庆有多少区块链项目",
    ],
    "量子计算机求解新纪录": [
        "量子计算机", "quantum computer", "liangzi jisuanji", "量子電腦", "量子计算机比超算快多少",
    ],
    "东瀛拟补贴晶圆代工": ["日本 晶圆代工", "japan foundry", "日本补贴"],
}  # fmt: skip


@contextmanager
def library_of(folder: Path, title: str, text: str) -> Iterator[Library]:
    """Give the library of one article."""
    source = folder / "digest.jsonl"
    source.write_text(json.dumps({"id": "a", "title": title, "text": text}), encoding="utf-8")
    build_index([source], folder / "index")
    with closing(open_library(folder / "index")) as library:
        yield library


@pytest.mark.parametrize(
    ("title", "query"), [(title, query) for title, ways in WAYS.items() for query in ways]
)
def test_the_right_article_comes_first(library: Library, title: str, query: str) -> None:
    answer = library.answer(query)
    assert [hit.article.title for hit in answer.hits[:1]] == [title]


@pytest.mark.parametrize(
    "query",
    [
        "特斯拉销量", "志愿军", "服务员", "公告栏", "红烧肉的做法", "明天天气怎么样",
        "asml光刻机出货量", "世界杯决赛比分",
        "北京到上海的高铁票",
        "zzzzqqq", "How to bake bread", "😀😀", "。。。", "", "   ", "的", "怎么样", "\ud800", "\x00\x01",
    ],
)  # fmt: skip
def test_what_no_article_answers_finds_nothing(library: Library, query: str) -> None:
    answer = library.answer(query)
    assert (answer.hits, answer.total, answer.metrics) == ((), 0, ())


def test_a_repaired_query_says_what_was_searched(library: Library) -> None:
    assert library.answer("bandaoti").read_as == "半导体"
    assert library.answer("数剧中心 液冷").read_as == "数据中心 液冷"
    assert library.answer("数据中心 液冷").read_as is None


def test_a_company_that_nobody_writes_about_is_not_read_as_a_word_that_sounds_like_it(tmp_path: Path) -> None:
    text = "专家谈未来的发展，未来十年的产业规模会翻一番。"
    with library_of(tmp_path, "未来产业展望", text) as library:
        assert library.answer("胃来产业").read_as == "未来产业"
        assert library.answer("蔚来").hits == ()


def test_two_latin_letters_are_a_name_not_the_initials_of_a_word(library: Library) -> None:
    assert library.answer("njjk").read_as == "脑机接口"
    assert library.answer("yl 机架").read_as is None


def test_to_leave_out_a_word_beside_a_known_one_is_no_repair(tmp_path: Path) -> None:
    text = "山海省数字经济规模达到2.1万亿元。数字经济规模居全国前列。"
    with library_of(tmp_path, "山海省经济", text) as library:
        answer = library.answer("山海省2020年数字经济规模是多少")
        assert (answer.total, answer.read_as) == (1, None)


def test_today_says_nothing_about_a_subject_even_where_it_touches_the_word(tmp_path: Path) -> None:
    text = "产业链的今天和明天都看人才。今天的订单排到了年底。"
    with library_of(tmp_path, "产业链观察", text) as library:
        assert library.answer("今天订单").total == 1
        assert library.answer("今天天气怎么样").hits == ()


GOLDEN = (
    "云计算迎来黄金十年。专家说，今后十年是云计算的黄金时代，各地的数据中心会多起来，企业上云会快起来，"
    "而服务的价格会慢慢降下来，中小企业最先受益。也有人提醒，盲目扩张会带来新的浪费，园区之间应当分工，"
    "把电力留给最需要的地方；人才的培养也要跟上，不能只靠高薪去挖别人的人。"
)


@pytest.mark.parametrize(
    ("query", "total"), [("黄金人口", 0), ("黄金十年", 1), ("黄金时代的价格", 1), ("黄金", 1)]
)
def test_a_figure_is_not_answered_with_an_article_on_half_of_the_words(
    tmp_path: Path, query: str, total: int
) -> None:
    with library_of(tmp_path, "黄金十年", GOLDEN) as library:
        assert library.answer(query).total == total


def test_the_year_before_a_word_is_no_part_of_it(tmp_path: Path) -> None:
    with library_of(tmp_path, "年报", "2023年，公司净利润三亿元。利润主要来自海外。") as library:
        assert library.answer("2023年利润").read_as is None


def test_a_name_in_latin_letters_is_mended_with_the_words_beside_it(tmp_path: Path) -> None:
    with library_of(tmp_path, "河北数字经济", "2022年，河北省数字经济规模达到1.5万亿元。") as library:
        answer = library.answer("hebei shuzijingji")
        assert answer.read_as == "河北 数字经济"
        assert [hit.metric.subject for hit in answer.metrics] == ["河北省"]


def test_a_query_near_a_known_word_that_finds_nothing_suggests_it(library: Library) -> None:
    answer = library.answer("志愿军 历史")
    assert not answer.hits
    assert "志愿者" in answer.did_you_mean


def test_the_snippet_is_the_best_sentence_with_the_words_marked(library: Library) -> None:
    snippet = library.answer("液冷 机架").hits[0].snippet
    assert snippet.value == "液冷技术逐渐普及，机架利用率明显上升。"
    assert [snippet.value[start:end] for start, end in snippet.spans] == ["液冷", "机架"]


@pytest.mark.parametrize("query", ["yeleng", "液冷", "夜冷", "ＹＥＬＥＮＧ"])
def test_words_are_marked_as_the_article_writes_them(library: Library, query: str) -> None:
    hit = library.answer(query).hits[0]
    assert "液冷" in [hit.snippet.value[start:end] for start, end in hit.snippet.spans]
    assert "液冷" in hit.words


def test_a_question_for_a_figure_gets_it_first(library: Library) -> None:
    answer = library.answer("山海省5G基站有多少")
    assert answer.wants_figure
    assert str(answer.metrics[0].metric.quantity.value) == "8.6"


def test_a_question_for_a_figure_that_nobody_printed_says_so(library: Library) -> None:
    answer = library.answer("液冷机架的价格是多少")
    assert (answer.wants_figure, answer.metrics) == (True, ())
    assert answer.hits


def test_pages_follow_each_other_without_gap_or_repeat(library: Library) -> None:
    whole = [hit.article.id for hit in library.answer("芯片 企业", limit=10).hits]
    pages = [
        hit.article.id
        for offset in range(len(whole))
        for hit in library.answer("芯片 企业", limit=1, offset=offset).hits
    ]
    assert pages == whole
    assert library.answer("芯片 企业").total == len(whole) > 1
    assert library.answer("芯片 企业", offset=99).hits == ()


def test_explaining_names_the_forms_and_the_scores(library: Library) -> None:
    text = library.explain("bandaoti 扩产")
    assert "半导体 (repair)" in text
    assert "半导体产业迎来扩产潮" in text
    assert "bm25" in text


@pytest.mark.parametrize(
    ("query", "read_as"),
    [
        ("naoji jiekou", "脑机接口"),
        ("yeleng 机架", "液冷 机架"),
        ("semicondutor", "semiconductor"),
        ("qukuailian怎么样了", "区块链"),
        ("5g基占 山海省", "5g基站 山海省"),
    ],
)
def test_only_what_was_mistyped_or_spelled_is_read_differently(
    library: Library, query: str, read_as: str
) -> None:
    answer = library.answer(query)
    assert answer.read_as == read_as
    assert answer.hits


def test_a_figure_of_somebody_that_is_not_printed_is_missed(tmp_path: Path) -> None:
    text = "腾讯发布新一代云服务器，推理性能提高一倍。公司没有公布净利润。"
    with library_of(tmp_path, "腾讯发布新一代云服务器", text) as library:
        assert library.answer("腾讯净利润").wants_figure
        assert not library.answer("腾讯云服务器").wants_figure
