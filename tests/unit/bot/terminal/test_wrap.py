"""Lines fit their cells, lose nothing, and never break a word."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from bot.terminal.wrap import fill, wrap

MIXED = st.one_of(
    st.text(alphabet="5G基站，。（）“”达 337.7万个%TSMC·—…\u3000\né👩e\u0301", max_size=200),
    st.lists(st.text(alphabet="5G基站 达337.7万个", max_size=30), max_size=8).map(" · ".join),
)


def lines_of(text: str, width: int) -> list[str]:
    return [line.plain for line in wrap(Text(text), width)]


@given(MIXED, st.integers(min_value=4, max_value=40))
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in lines_of(text, width))


@given(MIXED, st.integers(min_value=4, max_value=40))
def test_nothing_but_spaces_is_lost(text: str, width: int) -> None:
    assert re.sub(r"\s", "", "".join(lines_of(text, width))) == re.sub(r"\s", "", text)


def test_chinese_breaks_between_characters_and_fills_the_line() -> None:
    assert lines_of("全国移动通信基站总数", 8) == ["全国移动", "通信基站", "总数"]


def test_a_figure_stays_with_its_unit() -> None:
    assert lines_of("基站达337.7万个", 12) == ["基站达", "337.7万个"]
    assert lines_of("基站 337.7 万个", 12) == ["基站", "337.7 万个"]
    assert lines_of("截至2023年底", 10) == ["截至", "2023年底"]


def test_a_date_and_a_page_number_are_not_broken() -> None:
    assert lines_of("截至2026年10月20日，", 16) == ["截至", "2026年10月20日，"]
    assert lines_of("产业环境第13页", 10) == ["产业环境", "第13页"]


def test_a_latin_word_is_not_broken() -> None:
    assert lines_of("revenue of semiconductors", 16) == ["revenue of", "semiconductors"]


def test_a_word_wider_than_the_line_is_broken_rather_than_cut_off() -> None:
    assert lines_of("a" * 10, 4) == ["aaaa", "aaaa", "aa"]


def test_punctuation_begins_no_line_and_an_opening_bracket_ends_none() -> None:
    assert lines_of("数字经济，规模", 8) == ["数字经", "济，规模"]
    assert lines_of("增长（同比）", 6) == ["增长", "（同比）"] or lines_of("增长（同比", 6) == [
        "增长",
        "（同比",
    ]


def test_a_raised_dot_ends_a_line_rather_than_beginning_one() -> None:
    assert lines_of("产业环境 · 第3页 · 2024年3月", 18) == ["产业环境 · 第3页 ·", "2024年3月"]


def test_the_entries_of_a_line_stay_whole_where_that_leaves_no_gap_of_half_a_line() -> None:
    assert lines_of("东部地区 148 万个 · 西部地区（截至2023年9月末）", 34) == [
        "东部地区 148 万个 ·",
        "西部地区（截至2023年9月末）",
    ]
    assert lines_of("东 8 个 · 西部地区各省的基站数", 24) == ["东 8 个 · 西部地区各省的", "基站数"]


def test_later_lines_are_indented_under_the_first() -> None:
    lines = wrap(Text("数字经济规模"), 8, first=Text("1. "), rest=Text("   "))
    assert [line.plain for line in lines] == ["1. 数字", "   经济", "   规模"]


def test_pieces_fill_lines_and_stay_whole() -> None:
    pieces = [Text("[1] 全文"), Text("[2] 下一页"), Text("[3] 订阅")]
    assert [line.plain for line in fill(pieces, Text(" · "), 24)] == ["[1] 全文 · [2] 下一页", "[3] 订阅"]
