"""Replies as a reader of the terminal sees them."""

from __future__ import annotations

import re

from rich.cells import cell_len

from bot.terminal.render import numbered_buttons, render
from handlers.reply import (
    Block,
    Button,
    Buttons,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Quote,
    Reply,
    Span,
    Style,
    Table,
    Text,
    compose,
    marked,
    styled,
)

HIT = Item(
    title=styled("日本：从熊本到千岁的半导体重建", Style.BOLD),
    meta=styled("海外借鉴 · 第50页 · 2024年3月期", Style.DIM),
    body=marked("日本政府的目标，是到2030年把本国企业的半导体销售额提高到15万亿日元以上。", ((21, 24),)),
)
COMPARISON = Table(
    columns=("地区", "规模", "同比"),
    rows=(("河北", "1.51 万亿元", "+8.6%"), ("广东", "6.41 万亿元", "+12%")),
)


def shown(*blocks: Block, width: int = 60) -> str:
    return render(Reply(blocks), width=width, colour=False)


def test_a_figure_stands_above_its_quotation_and_source() -> None:
    reply = shown(
        Heading(compose("**5G基站数 · 中国　{figure}**", figure="337.7 万个")),
        Quote(Text("截至2023年底，全国5G基站为337.7万个，占移动基站总数的29.1%。")),
        Paragraph(Text("《通信业》 产业环境 · 第3页")),
        Notice(Text("另有 3 个数字")),
        width=40,
    )
    assert reply == (
        "5G基站数 · 中国　337.7 万个\n"
        "│ 截至2023年底，全国5G基站为337.7万个，\n"
        "│ 占移动基站总数的29.1%。\n"
        "《通信业》 产业环境 · 第3页\n"
        "\n"
        "另有 3 个数字"
    )


def test_short_lines_stand_together_and_long_paragraphs_apart() -> None:
    long = Paragraph(Text("数字经济" * 12))
    short = Paragraph(Text("规划：2025年 364 万个"))
    assert shown(short, short, width=40).count("\n") == 1
    assert "\n\n" in shown(short, long, width=40)


def test_a_line_that_leads_on_stands_with_what_follows() -> None:
    assert (
        shown(Paragraph(Text("相近的：")), Buttons((Button("充电桩", "充电桩"),))) == "相近的：\n[1] 充电桩"
    )


def test_hits_are_numbered_with_their_place_and_snippet_below() -> None:
    assert shown(Items((HIT,), first=9), width=60) == (
        "9. 日本：从熊本到千岁的半导体重建\n"
        "   海外借鉴 · 第50页 · 2024年3月期\n"
        "   日本政府的目标，是到2030年把本国企业的半导体销售额提高到\n"
        "   15万亿日元以上。"
    )


def test_numbers_of_one_and_two_digits_are_aligned() -> None:
    short = Item(Text("短"), Text("第3页"))
    assert shown(Items((short, short), first=9)) == " 9. 短  第3页\n10. 短  第3页"


def test_a_list_without_numbers_has_bullets() -> None:
    assert shown(Items((Item(Text("半导体")), Item(Text("云计算"))), first=None)) == "• 半导体\n• 云计算"


def test_columns_are_aligned_by_cells_and_figures_to_the_right() -> None:
    assert shown(COMPARISON) == "地区         规模   同比\n河北  1.51 万亿元  +8.6%\n广东  6.41 万亿元   +12%"


def test_a_table_that_is_too_wide_becomes_records() -> None:
    assert shown(COMPARISON, width=20) == (
        "河北\n  规模 1.51 万亿元\n  同比 +8.6%\n广东\n  规模 6.41 万亿元\n  同比 +12%"
    )


def test_an_empty_cell_keeps_its_place_in_a_grid_and_is_left_out_of_a_record() -> None:
    table = Table(columns=("地区", "规模", "同比"), rows=(("河北", "1.51 万亿元", ""), ("广东", "", "+12%")))
    assert shown(table) == "地区         规模  同比\n河北  1.51 万亿元     –\n广东            –  +12%"
    assert shown(table, width=20) == "河北\n  规模 1.51 万亿元\n广东\n  同比 +12%"


def test_an_empty_table_shows_its_columns() -> None:
    assert shown(Table(columns=("地区", "规模"), rows=())) == "地区  规模"


def test_a_button_that_is_a_number_keeps_it_and_the_others_count_on() -> None:
    rows = (
        Buttons((Button("6", "article a"), Button("7", "article b"))),
        Buttons((Button("下一页", "search 芯片 --page 3"), Button("订阅", "subscribe 芯片"))),
    )
    assert shown(*rows) == "[6] [7]\n[8] 下一页 · [9] 订阅"
    actions = {number: button.action for number, button in numbered_buttons(Reply(rows)).items()}
    assert actions == {6: "article a", 7: "article b", 8: "search 芯片 --page 3", 9: "subscribe 芯片"}


def test_plain_text_has_no_escape_codes_and_colour_changes_nothing_else() -> None:
    reply = Reply((Heading(Text("标题")), Items((HIT,)), COMPARISON, Buttons((Button("全文", "article a"),))))
    plain, colour = (render(reply, width=50, colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[1;31m半导体\x1b[0m" in colour
    assert re.sub(r"\x1b\[[\d;]*m", "", colour) == plain


def test_the_address_of_a_link_stands_behind_the_text() -> None:
    text = Text("见原文第3页", (Span(1, 3, Style.LINK, "https://example.org/a"),))
    assert shown(Paragraph(text)) == "见原文第3页 https://example.org/a"


def test_hostile_text_leaves_no_escape_code_anywhere() -> None:
    hostile = "\x1b]0;x\x07<b>*_[a]<!channel>\x1b[2J\r\u202e👩‍💻"
    text = Text(hostile, (Span(0, 8, Style.LINK, "https://x\x1b[2J"),))
    blocks = (
        Heading(text),
        Quote(text),
        Notice(text),
        Items((Item(text, text, text),)),
        Table((hostile,), ((hostile,),)),
        Buttons((Button(hostile, hostile),)),
    )
    for width in (1, 20, 80):
        assert not set("\x1b\x07\r\u202e") & set(shown(*blocks, width=width))


def test_five_thousand_characters_fit_the_width() -> None:
    lines = shown(Paragraph(Text("数字经济a" * 1000)), width=40).split("\n")
    assert max(map(cell_len, lines)) <= 40


def test_an_empty_reply_is_empty() -> None:
    assert shown() == ""
