from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.comparison_question import find_contestants, read_comparison, read_series
from knowledge.metrics.ranking_question import RankQuestion, is_ranked, read_each, read_ranked, read_ranking
from tests.unit.knowledge.metrics.figures_printed import end_of, hits, printed, year


@pytest.mark.parametrize(
    "text",
    [
        "河北 青海 水产品产量",
        "青海、河北 水产品产量",
        "水产品产量 河北 vs 青海",
        "河北和青海水产品产量对比",
        "河北与青海的水产品产量相比",
        "compare 河北 and 青海 水产品产量",
    ],
)
def test_subjects_and_indicator_are_read_in_any_order(text):
    question = read_comparison(text, None)
    assert set(question.subjects) == {"河北省", "青海省"}
    assert (question.indicator, question.size) == ("水产品产量", 2)


def test_times_are_compared_too():
    question = read_comparison("2020 2022 河北 水产品产量", None)
    assert [period.label for period in question.periods] == ["2020年", "2022年"]
    assert (question.subjects, question.indicator, question.size) == (("河北省",), "水产品产量", 2)


def test_one_time_belongs_to_all():
    question = read_comparison("2020年 河北 青海 水产品产量", None)
    asked: list[str] = []
    find_contestants(question, lambda words: asked.append(words) or ())
    assert asked == ["2020年 河北省 水产品产量", "2020年 青海省 水产品产量"]


@pytest.mark.parametrize(
    ("text", "things", "indicator"),
    [
        ("鲈鱼 鳜鱼 产量", ("鲈鱼", "鳜鱼"), "产量"),
        ("鲈鱼产量 鳜鱼产量", ("鲈鱼产量", "鳜鱼产量"), ""),
        ("广东 鲈鱼 鳜鱼 产量", ("鲈鱼", "鳜鱼"), "产量"),
        ("水产品产量", (), "水产品产量"),
    ],
)
def test_words_that_are_no_known_names_are_compared_where_nothing_else_is(text, things, indicator):
    question = read_comparison(text, None)
    assert (question.things, question.indicator) == (things, indicator)


def test_each_contestant_gets_its_own_figures():
    question = read_comparison("河北 青海 产量", None)
    found = find_contestants(
        question, lambda _: hits(printed("河北省", "产量", "3"), printed("青海省", "产量", "2"))
    )
    assert [(one.name, len(one.hits), one.hits[0].metric.subject) for one in found] == [
        ("河北省", 1, "河北省"),
        ("青海省", 1, "青海省"),
    ]


def test_a_time_has_the_figures_of_it_and_of_days_in_it():
    question = read_comparison("2020年 2021年 产量", None)
    figures = hits(
        printed("", "产量", "3", year(2020)),
        printed("", "产量", "2", end_of(2021, 6, 30)),
        printed("", "产量", "1"),
    )
    found = find_contestants(question, lambda _: figures)
    assert [(one.name, [str(hit.metric.quantity.value) for hit in one.hits]) for one in found] == [
        ("2020年", ["3"]),
        ("2021年", ["2"]),
    ]


def test_times_are_compared_for_one_owner_only():
    question = read_comparison("2020年 2021年 产量", None)
    figures = hits(
        printed("广东省", "产量", "3", year(2020)),
        printed("", "产量", "9", year(2020)),
        printed("中国", "产量", "8", year(2021)),
    )
    found = find_contestants(question, lambda _: figures)
    assert [[str(hit.metric.quantity.value) for hit in one.hits] for one in found] == [["9"], ["8"]]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("河北和青海哪个水产品产量多", "水产品产量"),
        ("河北和青海水产品产量谁大", "水产品产量"),
        ("河北青海哪个省的水产品产量更高一些？", "水产品产量"),
        ("谁的水产品产量多，河北还是青海", "水产品产量"),
        ("水产品产量河北多还是青海多", "水产品产量"),
        ("河北水产品产量比青海多吗", "水产品产量"),
        ("河北水产品产量比青海大多少", "水产品产量"),
        ("河北和青海水产品产量差多少", "水产品产量"),
        ("水产品产量河北是青海的几倍", "水产品产量"),
    ],
)
def test_who_has_more_is_a_comparison(text, indicator):
    question = read_comparison(text, None)
    assert set(question.subjects) == {"河北省", "青海省"}
    assert (question.indicator, question.says_so) == (indicator, True)


@pytest.mark.parametrize("who", ["who", "which", "which province"])
def test_who_has_more_is_asked_in_english(who):
    question = read_comparison(f"{who} has more 5g base stations, hebei or qinghai", None)
    assert (question.subjects, question.indicator, question.says_so) == (("河北省", "青海省"), "5g基站", True)


def test_how_much_of_two_is_no_comparison():
    assert not read_comparison("河北和青海有多少水产品", None).says_so
    assert not read_comparison("河北同比增长多少", None).says_so


@pytest.mark.parametrize(
    ("text", "things", "subjects"),
    [
        ("鲈鱼和鳜鱼哪个产量高", ("鲈鱼", "鳜鱼"), ()),
        ("华为和乙厂谁产量多", ("乙厂",), ("华为",)),
    ],
)
def test_names_that_are_not_known_are_told_apart_by_and(text, things, subjects):
    question = read_comparison(text, None)
    assert (question.things, question.subjects, question.indicator) == (things, subjects, "产量")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("哪个省水产品产量最多", RankQuestion("水产品产量", "province")),
        ("水产品产量最多的省", RankQuestion("水产品产量", "province")),
        ("水产品产量最多的是哪个省？", RankQuestion("水产品产量", "province")),
        ("全国水产品产量最高的省份是哪个", RankQuestion("水产品产量", "province")),
        ("水产品产量全国第一的省", RankQuestion("水产品产量", "province")),
        ("哪个省水产品产量多", RankQuestion("水产品产量", "province")),
        ("哪个省的水产品产量比河北多", RankQuestion("水产品产量", "province")),
        ("哪个省第一季度水产品产量最多", RankQuestion("第一季度水产品产量", "province")),
        ("谁的水产品产量最少", RankQuestion("水产品产量", "")),
        ("哪里水产品产量最高", RankQuestion("水产品产量", "place")),
        ("哪家水产品产量最高", RankQuestion("水产品产量", "company")),
        ("水产品产量前三的省份", RankQuestion("水产品产量", "province", 3)),
        ("水产品产量前十大城市", RankQuestion("水产品产量", "place", 10)),
        ("水产品产量最多的三个省", RankQuestion("水产品产量", "province", 3)),
        ("水产品产量最高的10个城市", RankQuestion("水产品产量", "place", 10)),
        ("水产品产量排名前5的公司", RankQuestion("水产品产量", "company", 5)),
        ("水产品产量前三名", RankQuestion("水产品产量", "", 3)),
        ("前三季度水产品产量", None),
        ("前10月水产品产量", None),
        ("各省水产品产量", None),
        ("哪个省水产品产量有多少", None),
        ("水产品产量哪个省份最高", RankQuestion("水产品产量", "province")),
        ("各地水产品产量排行", RankQuestion("水产品产量", "place")),
        ("哪家公司的水产品产量最大？", RankQuestion("水产品产量", "company")),
        ("哪个国家水产品产量最大", RankQuestion("水产品产量", "country")),
        ("水产品产量最多", None),
        ("哪个省有水产品", None),
    ],
)
def test_a_question_for_the_most_is_a_ranking(text, read):
    assert read_ranking(text) == read


@pytest.mark.parametrize(
    ("text", "level", "top"),
    [
        ("which province has the most 5g base stations", "province", 0),
        ("top 3 provinces by 5g base stations", "province", 3),
    ],
)
def test_a_ranking_is_asked_for_in_english(text, level, top):
    assert read_ranking(text) == RankQuestion("5g基站", level, top)


@pytest.mark.parametrize(("what", "level"), [("公司", "company"), ("省份", "province"), ("城市", "place")])
def test_who_is_ranked_may_stand_behind_the_indicator(what, level):
    assert read_ranked(f"水产品产量 {what}") == RankQuestion("水产品产量", level)


def test_what_each_has_is_a_ranking_where_there_is_one():
    assert read_each("各省水产品产量") == RankQuestion("水产品产量", "province")
    assert read_each("水产品产量") is None


@pytest.mark.parametrize("top", [0, 3, 12])
@pytest.mark.parametrize("level", ["province", "country", "company", "place", ""])
def test_a_ranking_can_be_asked_for_again_in_its_words(level, top):
    question = RankQuestion("水产品产量", level, top)
    assert read_ranked(question.in_words()) == question


@pytest.mark.parametrize(
    ("subject", "levels"),
    [
        ("河北省", {"province", "place"}),
        ("石家庄市", {"place"}),
        ("日本", {"country"}),
        ("华为", {"company"}),
        ("", set()),
    ],
)
def test_a_figure_is_ranked_among_its_like(subject, levels):
    metric = printed(subject, "产量", "1")
    assert {
        level for level in ("province", "place", "country", "company") if is_ranked(metric, level)
    } == levels


def test_words_for_a_course_ask_for_a_series():
    assert read_series("水产品产量 历年") == "水产品产量"
    assert read_series("水产品产量走势") == "水产品产量"
    assert read_series("5g base stations over the years") == "5g基站"
    assert read_series("trend of 5g base stations") == "5g基站"
    assert read_series("水产品产量") is None


@given(st.text(max_size=60))
def test_any_text_is_read(text):
    assert read_comparison(text, None).size >= 1
    read_ranking(text)
    read_each(text)
    read_series(text)
