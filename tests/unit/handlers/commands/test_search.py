from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.reply import Heading, Items, Quote, Style
from handlers.request import Language
from knowledge.model import Kind, Period
from tests.fakes.library import ARTICLES, CHARGERS, METRICS, FakeLibrary, quantity
from tests.unit.handlers.desk import Desk, button, copies, labels, words


def test_a_figure_comes_first_with_its_sentence_and_source():
    reply = Desk().ask("充电桩有多少")
    heading, quote = reply.blocks[0], reply.blocks[1]
    assert isinstance(heading, Heading)
    assert heading.text.value == "充电桩数 · 中国　1200 万个　截至2026年10月底"
    assert isinstance(quote, Quote)
    bold = [quote.text.value[span.start : span.end] for span in quote.text.spans if span.style is Style.BOLD]
    assert bold == ["1200万个"]
    assert "《充电桩：从城区走向港口》 产业环境 · 第3页 · 港航周报 2026 年第 11 期 · 2026年11月20日" in words(
        reply
    )


@pytest.mark.parametrize(
    "line",
    [
        "同比 +41.5% · 充电桩占全球比重 约 60%",
        "另有说法：超过 1150 万个（截至2026年10月底，工业主管部门，《江海联运量再创新高》第6页）",
        "规划：2030年 3000 万个",
        "其他时间：2025年 980 万个",
        "各地：山东 62 万个 · 广西 9.8 万个",
        "相关：山东 充电桩数排名 第 3 位",
    ],
)
def test_what_else_is_stated_stands_below_the_figure(line):
    assert line in words(Desk().ask("充电桩有多少")).splitlines()


@pytest.mark.parametrize(
    ("period", "line"),
    [
        (Period(), "另有说法：1100 万个（《"),
        (Period("目前", None, date(2026, 11, 20)), "另有说法：1100 万个（目前，《"),
        (Period("截至2025年底", None, date(2025, 12, 31)), "其他时间：截至2025年底 1100 万个"),
        (Period("2026年", date(2026, 1, 1), date(2026, 10, 31)), "其他时间：2026年 1100 万个"),
    ],
)
def test_only_statements_of_about_the_same_time_are_held_against_each_other(period, line):
    size = quantity("1100", "万个", "11000000", "个")
    other = replace(METRICS[0], id="other", quantity=size, period=period)
    assert line in words(Desk(library=FakeLibrary(printed=(METRICS[0], other))).ask("充电桩有多少"))


def test_a_related_figure_tells_its_time_where_it_is_another():
    shares = tuple(
        replace(
            METRICS[0],
            id=f"s{year}",
            indicator="充电桩数密度",
            period=Period(f"{year}年", None, date(year, 12, 31)),
        )
        for year in (2024, 2025)
    )
    said = words(Desk(library=FakeLibrary(printed=(METRICS[0], *shares))).ask("充电桩数有多少"))
    assert "相关：中国 充电桩数密度 1200 万个（2024年） · 中国 充电桩数密度 1200 万个（2025年）" in said


def test_a_time_that_all_of_a_line_share_is_told_once():
    then = Period("截至2025年底", None, date(2025, 12, 31))
    regions = tuple(
        replace(METRICS[0], id=name, subject=name, period=then, quantity=quantity(size, "个"))
        for name, size in (("山东省", "620000"), ("福建省", "90000"))
    )
    said = words(Desk(library=FakeLibrary(printed=(METRICS[0], *regions))).ask("充电桩数有多少"))
    assert "各地（截至2025年底）：山东 620000 个 · 福建 90000 个" in said.splitlines()


def test_regions_come_with_the_largest_first():
    figures = (METRICS[0], METRICS[10], METRICS[7])
    said = words(Desk(library=FakeLibrary(printed=figures)).ask("充电桩有多少"))
    assert "各地：山东 62 万个 · 广西 9.8 万个" in said


def test_ranges_are_compared_by_their_larger_end():
    low, high = (
        replace(
            METRICS[11], id=name, subject=f"{name}号市", quantity=quantity((Decimal(1), Decimal(end)), "周")
        )
        for name, end in (("一", 5), ("二", 9))
    )
    said = words(Desk(library=FakeLibrary(printed=(METRICS[11], low, high))).ask("钠电池交付周期是多少"))
    assert "各地：二号市 1–9 周 · 一号市 1–5 周" in said


def test_each_fact_is_shown_once():
    restated = replace(METRICS[0], id="again", citation=ARTICLES[1].citation)
    said = words(Desk(library=FakeLibrary(printed=(*METRICS, restated))).ask("充电桩有多少"))
    assert said.count("1200 万个") == 1


def test_the_next_steps_of_a_figure_are_its_buttons():
    desk = Desk()
    reply = desk.ask("充电桩有多少")
    steps = ("各地对比", "走势图", "引用", "订阅这个指标", "全文", "更多数字", "相关文章 5", "订阅“充电桩”")
    assert labels(reply) == steps
    assert "已订阅" in words(desk.press(reply, "订阅这个指标"))
    assert "约 1,325 字" in words(desk.press(reply, "全文"))
    assert "的指标" in words(desk.press(reply, "更多数字"))
    related = desk.press(reply, "相关文章 5")
    assert words(related).startswith("找到 5 篇")
    assert not related.in_place


def test_a_growth_and_a_missing_period_are_said_as_such():
    growth = replace(
        METRICS[1], period=Period(), sentence="环比增长41.5%。", forecast=True, source="某研究院"
    )
    said = words(Desk(library=FakeLibrary(printed=(growth,))).ask("充电桩数有多少"))
    assert said.startswith("充电桩数增速 · 中国　+41.5%　原文未注明时间 · 某研究院 预计")


def test_a_growth_in_things_is_no_rate():
    more = replace(METRICS[0], kind=Kind.GROWTH, quantity=quantity("27", "万个", "270000", "个"))
    assert words(Desk(library=FakeLibrary(printed=(more,))).ask("充电桩数有多少")).startswith(
        "充电桩数增减 · 中国　+27 万个"
    )
    english = Desk(library=FakeLibrary(printed=(more,)), language=Language.EN).ask("充电桩数有多少")
    assert words(english).startswith("charging points, change · China　+270,000")


def test_growth_beside_a_level_says_what_it_compares_with():
    desk = Desk(library=FakeLibrary(printed=(METRICS[0], replace(METRICS[1], sentence="环比增长41.5%"))))
    assert "环比 +41.5%" in words(desk.ask("充电桩有多少"))
    desk = Desk(library=FakeLibrary(printed=(METRICS[0], replace(METRICS[1], sentence="增长了41.5%"))))
    assert "增长 +41.5%" in words(desk.ask("充电桩有多少"))


def test_forecasts_and_other_subjects_have_their_own_lines():
    forecast = replace(
        METRICS[0], id="f", forecast=True, sentence="预计将达1500万个", period=Period("2027年")
    )
    company = replace(METRICS[0], id="c", subject="海风充电公司", period=Period("2026年"))
    said = words(Desk(library=FakeLibrary(printed=(METRICS[0], forecast, company))).ask("充电桩有多少"))
    assert "预计：2027年 1200 万个" in said
    assert "其他主体：海风充电公司 1200 万个" in said


def test_a_figure_without_any_article_is_still_an_answer():
    reply = Desk(library=FakeLibrary(held=())).ask("山东省充电桩数")
    assert words(reply).startswith("充电桩数 · 山东　62 万个")
    assert "相关文章" not in " ".join(labels(reply))


def test_a_word_lists_articles_with_their_places_and_words():
    reply = Desk().ask("充电桩")
    said = words(reply)
    assert said.startswith("找到 5 篇 · 主题“充电桩”（含 充电站、充电设施、EV charger、换电……）\n")
    assert (
        "充电桩：从城区走向港口 | 产业环境 · 第3页 · 港航周报 2026 年第 11 期 · 2026年11月20日 | 截至今年"
        in said
    )
    assert labels(reply) == ("1", "2", "3", "4", "5", "相关指标", "订阅“充电桩”")


def test_an_issue_that_all_articles_share_is_named_once():
    said = words(Desk().ask("电池"))
    assert said.count("2026年11月20日") == 1
    assert said.endswith("出自：港航周报 2026 年第 11 期 · 2026年11月20日")


def many(count: int) -> FakeLibrary:
    articles = (
        replace(CHARGERS, id=f"a{number}", title=f"充电桩之{number}") for number in range(1, count + 1)
    )
    return FakeLibrary(held=tuple(articles))


def test_pages_turn_in_place_and_count_on():
    desk = Desk(library=many(12))
    first = desk.ask("充电桩")
    second = desk.press(first, "下一页")
    third = desk.press(second, "下一页")
    assert not first.in_place
    assert second.in_place
    assert "第 2/3 页" in words(second)
    assert [block.first for block in second.blocks if isinstance(block, Items)] == [6]
    assert labels(second)[:5] == ("6", "7", "8", "9", "10")
    assert "下一页" not in labels(third)
    assert "充电桩之7" in words(desk.press(third, "上一页"))


def test_a_typed_page_is_a_new_message():
    assert not Desk(library=many(12)).ask("search 充电桩 --page 2").in_place


def test_a_page_that_is_not_there_is_the_last_one():
    assert "第 3/3 页" in words(Desk(library=many(12)).ask("search 充电桩 --page 99"))


def test_a_question_about_a_figure_that_nobody_states_says_so():
    said = words(Desk(library=FakeLibrary(printed=())).ask("电池有多少"))
    assert "没有找到这个数字，下面是相关的文章。" in said
    assert "钠电池上船" in said


def test_a_query_that_was_read_otherwise_says_so():
    said = words(Desk(library=FakeLibrary(read_as={"充电庄": "充电桩"})).ask("充电庄"))
    assert said.startswith("按“充电桩”查找\n找到 5 篇")


def test_nothing_found_is_said_with_what_could_be_done():
    desk = Desk()
    reply = desk.ask("特斯拉股价")
    assert "没有找到“特斯拉股价”。库中有 2 期、8 篇文章、15 个指标。" in words(reply)
    assert labels(reply) == ("充电桩", "电池", "订阅“特斯拉股价”", "目录")
    assert "找到 5 篇" in words(desk.press(reply, "充电桩"))
    assert "已订阅 特斯拉股价" in words(desk.press(reply, "订阅“特斯拉股价”"))


def test_nothing_found_and_nothing_near_is_short():
    reply = Desk(library=FakeLibrary(did_you_mean=())).ask("一个很长很长的问题，里面没有任何主题")
    assert "您是不是要找" not in words(reply)
    assert "想在以后有消息时知道" not in words(reply)
    assert labels(reply) == ("目录",)


def test_a_few_latin_words_are_short_enough_to_be_followed():
    assert "订阅“tesla stock price”" in labels(Desk().ask("tesla stock price"))


def test_the_topic_offered_is_the_one_that_the_question_names():
    assert button(Desk().ask("EV charger ports"), "订阅“充电桩”").action == "subscribe 充电桩"


def test_a_latin_name_counts_as_a_whole_word_only():
    library = FakeLibrary(table=(replace(FakeLibrary().table[3], aliases=("port",)),))
    assert not any("港口" in label for label in labels(Desk(library=library).ask("portable")))


def test_english_has_the_same_layout_with_its_own_words():
    desk = Desk(language=Language.EN)
    heading = desk.ask("山东省充电桩数有多少").blocks[0]
    assert isinstance(heading, Heading)
    assert heading.text.value.startswith("charging points · Shandong　620,000　no period is given")
    said = words(desk.ask("batteries"))
    assert said.startswith("Articles found: 2 · topic “batteries” (with 钠电池, battery)")
    assert said.endswith("From: 港航周报 2026 年第 11 期 · 20 Nov 2026")


def test_an_article_without_page_or_date_is_still_placed():
    plain = replace(CHARGERS, title="", page=None, issue=replace(CHARGERS.issue, published=None))
    said = words(Desk(library=FakeLibrary(held=(plain,))).ask("充电桩"))
    assert "art001 | 产业环境 | " in said
    assert said.endswith("出自：港航周报 2026 年第 11 期")


def test_a_figure_can_be_copied_with_its_source():
    (quoted,) = copies(Desk().ask("充电桩有多少"))
    assert quoted.text == (
        "据《充电桩：从城区走向港口》2026-11-20第3页，截至2026年10月底，中国充电桩数1200万个"
    )
