from __future__ import annotations

from dataclasses import replace

from handlers.reply import Style
from tests.fakes.library import METRICS, FakeLibrary
from tests.unit.handlers.desk import Desk, labels, words


def test_figures_on_a_subject_are_grouped_by_what_they_count():
    lines = words(Desk().ask("指标 充电桩")).splitlines()
    assert lines[0] == "“充电桩”的指标"
    figure, source, others = lines[1].split(" | ")
    assert figure == "充电桩数 · 中国　1200 万个　截至2026年10月底"
    assert source.startswith("《充电桩：从城区走向港口》 产业环境 · 第3页")
    assert others.split(" · ") == [
        "增长 +41.5%",
        "3000 万个（2030年规划）",
        "超过 1150 万个",
        "山东 62 万个",
        "山东 排名 第 3 位",
        "还有 2 个",
    ]


def test_a_group_of_one_figure_quotes_its_sentence():
    share = words(Desk().ask("指标 充电桩")).splitlines()[2]
    figure, _, sentence = share.split(" | ")
    assert figure == "充电桩占全球比重 · 中国　约 60%　截至2026年10月底"
    assert sentence.startswith("截至今年10月底")


def test_an_issue_that_all_groups_share_is_named_once():
    said = words(Desk(library=FakeLibrary(printed=(METRICS[0], METRICS[2]))).ask("指标 充电桩"))
    assert said.count("港航周报 2026 年第 11 期") == 1
    elsewhere = replace(METRICS[14], indicator="充电桩利用率")
    said = words(Desk(library=FakeLibrary(printed=(METRICS[0], elsewhere))).ask("指标 充电桩"))
    assert "第21页 · 港航周报 2026 年第 10 期 · 2026年10月20日" in said
    assert "出自" not in said


def test_the_numbers_open_the_articles():
    things = tuple(replace(METRICS[7], id=f"m{n}", indicator=f"充电桩{n}号数量") for n in range(8))
    desk = Desk(library=FakeLibrary(printed=things))
    reply = desk.ask("指标 充电桩")
    assert labels(reply) == ("1", "2", "3", "4", "5", "6", "下一页", "导出 CSV", "导出 XLSX")
    assert words(desk.press(reply, "6")).startswith("山东：港口里的充电桩")
    assert desk.press(reply, "下一页").in_place


def test_the_figures_of_an_article_lead_back_to_it():
    desk = Desk()
    reply = desk.press(desk.ask("article art001"), "本文指标 4")
    lines = words(reply).splitlines()
    assert lines[:2] == [
        "《充电桩：从城区走向港口》的 4 个指标",
        "产业环境 · 第3页 · 港航周报 2026 年第 11 期 · 2026年11月20日",
    ]
    assert lines[-1].startswith("充电桩数 · 中国　3000 万个　2030年 · 规划")
    assert words(desk.press(reply, "全文")).startswith("充电桩：从城区走向港口")


def test_a_sentence_that_prints_several_figures_is_quoted_once():
    items = Desk().ask("metric --article art001").blocks[2].items
    assert [bool(item.body.value) for item in items] == [True, False, False, True]


def test_the_figure_is_bold_in_its_sentence():
    item = Desk().ask("metric --article art005").blocks[2].items[0]
    assert [item.body.value[span.start : span.end] for span in item.body.spans] == ["20-52周"]
    assert item.title.spans[0].style is Style.BOLD


def test_many_figures_of_an_article_have_pages():
    figures = tuple(replace(METRICS[0], id=f"m{number}") for number in range(8))
    desk = Desk(library=FakeLibrary(printed=figures))
    second = desk.press(desk.ask("metric --article art001"), "下一页")
    assert "第 2/2 页" in words(second)
    assert second.in_place


def test_no_figures_are_said_as_such():
    desk = Desk(library=FakeLibrary(printed=()))
    assert "没有找到“充电桩”的数字" in words(desk.ask("指标 充电桩"))
    assert words(desk.ask("metric --article art001")) == "《充电桩：从城区走向港口》里没有可以列出的数字。"
    assert "没有编号为“nowhere”的文章" in words(desk.ask("metric --article nowhere"))
