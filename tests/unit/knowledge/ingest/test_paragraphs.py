from __future__ import annotations

import pytest

from knowledge.ingest.document import Line
from knowledge.ingest.paragraphs import Setting, make_blocks, measure_setting
from knowledge.model import Block, BlockKind

LONG = "沿海各省陆续公布了新一年的养殖用海规划，深远海网箱与陆基循环水成为投资的重点方向"


def kinds(*lines: str) -> list[tuple[str, str]]:
    return [(b.kind.value[0], b.text) for b in make_blocks([Line(line) for line in lines], Setting())]


def test_a_paragraph_cut_by_the_end_of_a_page_is_joined() -> None:
    assert kinds(LONG, "之一。") == [("p", f"{LONG}之一。")]


def test_a_short_line_cut_in_mid_sentence_is_joined() -> None:
    assert kinds("规划已经公布。各省将", "陆续开工。") == [("p", "规划已经公布。各省将陆续开工。")]


def test_two_words_in_latin_letters_stay_two_words() -> None:
    assert kinds(f"{LONG}Deep", "Blue One已经下水。") == [("p", f"{LONG}Deep Blue One已经下水。")]


def test_a_sentence_that_goes_on_with_a_list_of_ordinals_is_joined() -> None:
    assert len(kinds(f"{LONG}，涵盖第", "一、二、三产业的诸多领域。")) == 1
    assert len(kinds(f"{LONG}，占比为", "22.5%，比上年提高两个百分点。")) == 1


@pytest.mark.parametrize(
    "start",
    [
        "一、总则适用于各类养殖单位。",
        "（二）重点任务共有八项。",
        "3. 保障措施共有六条。",
        "——来自现场的报道。",
    ],
)
def test_a_new_item_begins_a_new_paragraph(start: str) -> None:
    assert [kind for kind, _ in kinds(LONG, start)] == ["p", "p"]


def test_a_short_line_over_a_paragraph_is_a_subheading() -> None:
    assert kinds("第一段。", "钱从哪里来", "第二段。") == [
        ("p", "第一段。"),
        ("h", "钱从哪里来"),
        ("p", "第二段。"),
    ]


def test_a_subheading_after_the_credit_of_a_photograph_is_kept_apart() -> None:
    assert [kind for kind, _ in kinds(f"{LONG}。某某图库", "价格为何上涨", "第二段。")] == ["p", "h", "p"]


@pytest.mark.parametrize(
    "line",
    [
        "——访某某学院教授",
        "（记者 张三）",
        "本报记者 李四",
        "来源：某某网",
        "图1 养殖面积",
        "问：怎么看",
        "● 网箱",
        "2020-01-02 10:30",
    ],
)
def test_a_byline_question_or_caption_is_no_subheading(line: str) -> None:
    assert kinds("开头。", line, "正文从这里开始。")[1] == ("p", line)


def test_a_short_line_with_nothing_under_it_is_no_subheading() -> None:
    assert kinds("正文。", "本刊编辑部") == [("p", "正文。"), ("p", "本刊编辑部")]


def test_a_list_of_short_lines_is_no_row_of_subheadings() -> None:
    assert {kind for kind, _ in kinds("品种如下：", "对虾", "青蟹", "海参", "以上均已入冬。")} == {"p"}


def test_numbered_chapters_are_subheadings_however_many_follow() -> None:
    assert [kind for kind, _ in kinds("一、总则", "（一）目标", "（二）原则", "坚持生态优先。")] == [
        "h",
        "h",
        "h",
        "p",
    ]


def test_headings_that_the_format_marks_are_believed() -> None:
    lines = [Line("今年怎么样？", level=2), Line("还不错。")]
    assert make_blocks(lines, Setting())[0] == Block(BlockKind.HEADING, "今年怎么样？")


def test_a_paragraph_has_the_page_on_which_it_begins() -> None:
    assert make_blocks([Line(LONG, page=3), Line("之一。", page=4)], Setting())[0].page == 3


def wrapped(indent: bool) -> list[Line]:
    paragraph = "春汛过后各地渔港陆续恢复作业。" * 4
    cut = [paragraph[i : i + 20] for i in range(0, len(paragraph), 20)]
    return [Line(text, indented=indent and i == 0) for _ in range(8) for i, text in enumerate(cut)]


def test_lines_wrapped_at_one_width_are_joined_to_paragraphs() -> None:
    lines = wrapped(indent=True)
    blocks = make_blocks(lines, measure_setting(lines))
    assert [block.text for block in blocks] == ["春汛过后各地渔港陆续恢复作业。" * 4] * 8


def test_a_paragraph_a_line_is_not_taken_for_wrapped_lines() -> None:
    lines = [Line(f"{LONG * n}。") for n in range(1, 20)]
    assert measure_setting(lines) == Setting()
