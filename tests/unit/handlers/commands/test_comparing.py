from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.reply import File, Picture, Table
from handlers.request import Language
from knowledge.model import Kind, Metric, Period
from tests.fakes.library import ARTICLES, METRICS, FakeLibrary, quantity
from tests.unit.handlers.desk import Desk, button, labels, words

AT_YEAR_END = Period("截至2025年底", None, date(2025, 12, 31))
SHANDONG, GUANGXI = METRICS[7], METRICS[10]


def of(metric: Metric, subject: str, value: str, period: Period = AT_YEAR_END, **changes: object) -> Metric:
    size = quantity(value, "万个", f"{value}0000", "个")
    name = f"{subject}{value}{period.label}{changes}"
    return replace(metric, id=name, subject=subject, quantity=size, period=period, **changes)


def desk(*metrics: Metric, language: Language = Language.ZH) -> Desk:
    return Desk(library=FakeLibrary(printed=metrics), language=language)


def table(reply) -> Table:
    return next(block for block in reply.blocks if isinstance(block, Table))


def pair() -> tuple[Metric, ...]:
    growth = replace(
        of(SHANDONG, "山东省", "1"),
        id="g",
        kind=Kind.GROWTH,
        quantity=quantity("8.5", "%"),
        sentence="同比增长8.5%。",
    )
    share = replace(
        growth, id="s", kind=Kind.SHARE, indicator="充电桩数占全球比重", quantity=quantity("5", "%")
    )
    return of(SHANDONG, "山东省", "60"), growth, share, of(GUANGXI, "广西壮族自治区", "8")


def test_a_comparison_is_a_sorted_table_with_its_ratio():
    reply = desk(*pair()).ask("对比 广西 山东 充电桩数")
    assert words(reply).splitlines()[0] == "充电桩数 · 截至2025年底"
    assert table(reply).columns == ("地区", "数值", "同比", "占全球", "来源")
    assert table(reply).rows == (
        ("山东", "60 万个", "+8.5%", "5%", "第9页"),
        ("广西", "8 万个", "", "", "第12页"),
    )
    assert "山东约为广西的 7.5 倍。" in words(reply)
    assert "出自：港航周报 2026 年第 11 期" in words(reply)


@pytest.mark.parametrize("line", ["山东和广西充电桩数对比", "山东 vs 广西 充电桩数", "vs 山东 广西 充电桩数"])
def test_a_plain_question_is_a_comparison_too(line):
    assert table(desk(*pair()).ask(line)).rows[0][0] == "山东"


def test_figures_of_different_times_each_tell_theirs():
    october = Period("截至2026年10月底", None, date(2026, 10, 31))
    reply = desk(of(SHANDONG, "山东省", "60"), of(GUANGXI, "广西壮族自治区", "8", october)).ask(
        "对比 山东 广西 充电桩"
    )
    assert [row[2] for row in table(reply).rows] == ["截至2025年底", "截至2026年10月底"]
    assert "时间不同：各取最新的一个数字" in words(reply)


def test_bars_of_different_times_tell_them():
    october = Period("截至2026年10月底", None, date(2026, 10, 31))
    at = desk(of(SHANDONG, "山东省", "60"), of(GUANGXI, "广西壮族自治区", "8", october))
    picture = at.ask("对比 山东 广西 充电桩 --chart").blocks[0]
    assert "山东 截至2025年底 60 万个；广西 截至2026年10月底 8 万个" in picture.alt.value


def test_figures_that_tell_no_time_need_no_column_of_times():
    untold = Period()
    reply = desk(of(SHANDONG, "山东省", "60", untold), of(GUANGXI, "广西壮族自治区", "8", untold)).ask(
        "排行 充电桩"
    )
    assert table(reply).columns == ("地区", "数值", "来源")
    assert "时间不同" not in words(reply)


def test_rates_are_held_apart_by_points():
    rates = (
        replace(of(SHANDONG, name, "1"), kind=Kind.GROWTH, quantity=quantity(value, "%"))
        for name, value in (("山东省", "8.5"), ("广西壮族自治区", "-1.25"))
    )
    reply = desk(*rates).ask("对比 山东 广西 充电桩数")
    assert words(reply).splitlines()[0] == "充电桩数增速 · 截至2025年底"
    assert "山东比广西高 9.75 个百分点。" in words(reply)


def test_what_is_of_another_measure_or_missing_is_said_below():
    new = replace(of(GUANGXI, "海南省", "2"), indicator="新建充电桩数")
    reply = desk(*pair(), new).ask("对比 山东 广西 海南 西藏 充电桩")
    assert "口径不同，没有列入：海南 新建充电桩数 2 万个" in words(reply)
    assert "没有找到可以相比的数字：西藏" in words(reply)


def test_another_statement_of_the_same_is_marked_and_told():
    other = replace(
        of(SHANDONG, "山东省", "62"), approx="超过", citation=ARTICLES[0].citation, source="省能源局"
    )
    reply = desk(*pair(), other).ask("对比 山东 广西 充电桩数")
    assert table(reply).rows[0][1] == "60 万个※"
    assert "※ 另有说法：山东 超过 62 万个（省能源局，《充电桩：从城区走向港口》第3页）" in words(reply)


def test_rows_of_several_issues_name_them():
    old = of(SHANDONG, "山东省", "60", citation=ARTICLES[6].citation)
    reply = desk(old, of(GUANGXI, "广西壮族自治区", "8")).ask("对比 山东 广西 充电桩数")
    assert [row[-1] for row in table(reply).rows] == ["2026年10月20日 · 第21页", "2026年11月20日 · 第12页"]


def test_the_next_steps_are_a_chart_files_articles_and_other_regions():
    at = desk(*pair(), of(GUANGXI, "海南省", "3"))
    reply = at.ask("对比 山东 广西 充电桩数")
    assert labels(reply) == (
        "柱状图", "加上海南", "各地排行", "山东 全文", "广西 全文", "导出 CSV", "导出 XLSX"
    )  # fmt: skip
    assert len(table(at.press(reply, "加上海南")).rows) == 3
    assert len(table(at.press(reply, "各地排行")).rows) == 3
    picture = at.press(reply, "柱状图").blocks[0]
    assert isinstance(picture, Picture)
    assert picture.alt.value.startswith("充电桩数 · 截至2025年底：山东 60 万个；广西 8 万个")
    assert table(at.press(at.press(reply, "柱状图"), "看表格")).rows
    file = at.press(reply, "导出 CSV").blocks[0]
    assert isinstance(file, File)
    assert all(value in file.content.decode() for value in ("山东", "60", "8.5", "广西"))
    assert words(at.press(reply, "山东 全文")).startswith("山东：港口里的充电桩")


def test_without_an_indicator_it_is_asked_for():
    more = (replace(of(SHANDONG, name, "3"), indicator="岸电设施数") for name in ("山东省", "广西壮族自治区"))
    at = desk(*pair(), *more)
    reply = at.ask("对比 山东 广西")
    assert words(reply) == "对比哪一个数字？"
    assert labels(reply) == ("充电桩数", "岸电设施数")
    assert table(at.press(reply, "岸电设施数")).rows


@pytest.mark.parametrize(
    "line",
    ["山东和广西哪个充电桩多", "山东广西充电桩数谁大", "广西充电桩比山东多吗", "充电桩数山东多还是广西多"],
)  # fmt: skip
def test_who_of_two_has_more_is_answered_as_the_command_does(line):
    at = desk(*pair())
    assert table(at.ask(line)) == table(at.ask("对比 山东 广西 充电桩数"))


def test_who_of_two_has_more_is_not_guessed_where_only_one_has_a_figure():
    reply = desk(of(SHANDONG, "山东省", "60")).ask("山东和广西哪个充电桩多")
    assert words(reply).startswith("没有可以相比的数字：山东和广西哪个充电桩多。")
    assert "充电桩数 · 山东　60 万个" in words(reply)


def test_companies_are_ranked_where_nobody_says_who_and_no_places_are_counted():
    figures = (replace(of(SHANDONG, name, size), id=name) for name, size in (("华为", "9"), ("小米", "7")))
    reply = desk(*figures).ask("排行 充电桩数")
    assert [row[0] for row in table(reply).rows] == ["华为", "小米"]


def test_the_first_few_are_those_that_were_asked_for():
    at = desk(*pair(), of(GUANGXI, "海南省", "3"))
    reply = at.ask("充电桩数前2的省份")
    assert [row[0] for row in table(reply).rows] == ["山东", "广西"]
    assert "海南" not in at.press(reply, "导出 CSV").blocks[0].content.decode()


def test_what_each_has_is_no_ranking_of_something_else():
    assert "充电桩数" not in words(desk(*pair()).ask("各省充电桩政策")).splitlines()[0]


def test_nothing_comparable_is_said_with_what_there_is():
    dollars = replace(of(GUANGXI, "广西壮族自治区", "8"), indicator="充电桩投资额")
    reply = desk(of(SHANDONG, "山东省", "60"), dollars).ask("对比 山东 广西 充电桩")
    assert words(reply).splitlines()[0].startswith("没有可以相比的数字：山东 广西 充电桩。")
    assert "充电桩数 · 山东　60 万个" in words(reply)
    assert "充电桩投资额 · 广西　8 万个" in words(reply)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("对比 山东 充电桩数", "请写上要对比的两个到八个"),
        ("对比 北京 天津 河北 山西 辽宁 吉林 上海 江苏 浙江 充电桩", "一次最多对比 8 个，这里有 9 个"),
        ("排行 气垫船", "没有两个以上可以排行的“气垫船”"),
        ("走势 气垫船", "没有两个时间以上的“气垫船”"),
    ],
)
def test_what_cannot_be_done_is_said(line, said):
    assert said in words(Desk().ask(line))


@pytest.mark.parametrize(
    "line",
    ["排行 充电桩数", "哪个省充电桩数最多", "各地充电桩数排行", "充电桩数最多的省", "哪省充电桩多",
     "各省充电桩数", "充电桩数前五的省份"],
)  # fmt: skip
def test_a_ranking_has_a_row_for_each_region(line):
    at = desk(*pair(), of(GUANGXI, "海南省", "3"), METRICS[0], METRICS[9])
    reply = at.ask(line)
    assert [row[0] for row in table(reply).rows] == ["山东", "广西", "海南"]
    assert "山东最多，海南最少，前者约为后者的 20.0 倍。" in words(reply)
    assert isinstance(at.press(reply, "柱状图").blocks[0], Picture)
    assert "海南" in at.press(reply, "导出 CSV").blocks[0].content.decode()


def test_ranks_are_listed_from_the_first_and_not_drawn():
    ranks = [
        replace(METRICS[8], id=name, subject=name, quantity=quantity(place, "位"))
        for name, place in (("山东省", "3"), ("海南省", "28"))
    ]
    reply = desk(*ranks).ask("排行 充电桩数")
    assert [row[:2] for row in table(reply).rows] == [("山东", "第 3 位"), ("海南", "第 28 位")]
    assert "柱状图" not in labels(reply)


def course() -> tuple[Metric, ...]:
    year = {n: Period(f"{n}年", date(n, 1, 1), date(n, 12, 31)) for n in (2024, 2025, 2030)}
    return (
        of(METRICS[0], "中国", "3000", year[2030], forecast=True, sentence="规划到2030年建成3000万个。"),
        of(METRICS[0], "中国", "1200", year[2025]),
        of(METRICS[0], "", "800", year[2024]),
    )


@pytest.mark.parametrize("line", ["走势 充电桩数", "充电桩数 历年"])
def test_a_series_goes_from_the_oldest_fact_to_the_last_forecast(line):
    at = desk(*course())
    reply = at.ask(line)
    assert words(reply).splitlines()[0] == "充电桩数 · 中国"
    assert [row[:2] for row in table(reply).rows] == [
        ("2024年", "800 万个"),
        ("2025年", "1200 万个"),
        ("2030年规划", "3000 万个"),
    ]
    assert "2030年规划约为2024年的 3.8 倍。" in words(reply)
    picture = at.press(reply, "走势图").blocks[0]
    assert isinstance(picture, Picture)
    assert "2024年 800 万个" in picture.alt.value
    assert "800" in at.press(reply, "导出 CSV").blocks[0].content.decode()


def test_a_series_in_english_is_no_sentence_of_dates():
    reply = desk(*course(), language=Language.EN).ask("series 充电桩数")
    assert "2024 → 2030, target: about 3.8 times as much." in words(reply)


def test_periods_of_different_lengths_are_not_held_against_each_other():
    quarter = Period("2026年第一季度", date(2026, 1, 1), date(2026, 3, 31))
    reply = desk(*course(), of(METRICS[0], "中国", "300", quarter)).ask("走势 充电桩数")
    assert "各期的时间长短不同" in words(reply)
    assert "倍" not in words(reply)


def test_english_has_the_same_table():
    at = desk(*pair(), language=Language.EN)
    reply = at.ask("compare Shandong Guangxi charging piles")
    assert table(reply).columns == ("Region", "Value", "Year on year", "Share of the world", "Source")
    assert table(reply).rows[0] == ("Shandong", "600,000", "+8.5%", "5%", "p. 9")
    assert "Shandong is about 7.5 times Guangxi." in words(reply)
    assert "Bar chart" in labels(reply)


def test_an_unclear_question_is_asked_back():
    growths = (
        replace(METRICS[1], id=name, indicator=name, quantity=quantity("3", "%"), sentence="山东增长3%。")
        for name in ("增速 充电桩数", "增速 江海联运量")
    )
    reply = desk(*growths).ask("中国 增速")
    assert words(reply) == "哪一个的增速？"
    assert labels(reply) == ("增速 充电桩数", "增速 江海联运量", "更多")
    assert button(reply, "更多").action == "metric 中国 增速"


def test_a_question_is_clear_where_one_figure_goes_by_its_very_words():
    names = ("营业收入", "游戏业务收入", "海外收入")
    figures = [replace(of(SHANDONG, "华为", "3"), id=name, indicator=name) for name in names]
    assert words(desk(*figures[1:]).ask("华为 收入")) == "哪一个的收入？"
    assert "哪一个的收入" not in words(desk(*figures).ask("华为 收入"))


def test_a_figure_that_others_print_too_names_them():
    again = replace(METRICS[0], id="again", citation=ARTICLES[1].citation)
    assert "另见：《江海联运量再创新高》第6页" in words(desk(METRICS[0], again).ask("充电桩有多少"))


def test_an_exact_figure_comes_before_a_rough_one_of_about_that_day():
    rough = of(METRICS[6], "中国", "1150", Period("目前", None, date(2026, 11, 20)))
    said = words(desk(rough, METRICS[0]).ask("充电桩有多少")).splitlines()
    assert said[0] == "充电桩数 · 中国　1200 万个　截至2026年10月底"
    assert any(line.startswith("另有说法：超过 1150 万个（目前，") for line in said)


def test_regions_tell_their_own_time_and_name_where_they_differ():
    outdoor = replace(of(SHANDONG, "山东省", "62"), indicator="室外充电桩数")
    reply = desk(METRICS[0], of(GUANGXI, "广西壮族自治区", "9"), outdoor).ask("充电桩有多少")
    line = next(line for line in words(reply).splitlines() if line.startswith("各地"))
    assert line == "各地：山东 62 万个（室外充电桩数，截至2025年底） · 广西 9 万个（截至2025年底）"


def test_no_owner_is_ever_left_blank():
    nobody = of(METRICS[0], "", "337")
    said = words(desk(SHANDONG, nobody).ask("充电桩有多少"))
    assert "： 337" not in said
    assert "中国 337 万个" in said
