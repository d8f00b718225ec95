"""Tables as sentences: every cell and header as printed, so that the rules for figures read them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from knowledge.ingest.tables import write_table

PROVINCES = (
    ("地区", "5G基站（万个）", "同比增长（%）"),
    ("河北", "10.2", "12.3"),
    ("合计", "337.7", "46.1%"),
)


def sentences(table: Sequence[Sequence[str]], caption: str = "") -> list[str]:
    return [line.text for line in write_table(table, caption=caption)]


@pytest.mark.parametrize(
    ("table", "written"),
    [
        (PROVINCES, ["河北：5G基站10.2万个，同比增长12.3%。", "合计：5G基站337.7万个，同比增长46.1%。"]),
        (
            (("指标", "2022年", "2023"), ("电信业务收入（亿元）", "15800", "16835")),
            ["2022年电信业务收入15800亿元，2023年电信业务收入16835亿元。"],
        ),
        (
            (("年份", "产量/亿块", "增速"), ("2021", "3594", "33.3%"), ("2022", "3242", "-")),
            ["2021年，产量3594亿块，增速33.3%。", "2022年，产量3242亿块。"],
        ),
        (
            (
                ("企业", "2023年", "", "2022年", ""),
                ("", "营收（亿元）", "净利（亿元）", "营收（亿元）", "净利（亿元）"),
                ("甲公司", "10093", "1318", "9373", "1255"),
            ),
            ["甲公司：2023年营收10093亿元，2023年净利1318亿元，2022年营收9373亿元，2022年净利1255亿元。"],
        ),
        (
            (("序号", "企业", "份额", "主营"), ("1", "甲公司", "17.0%", "手机")),
            ["甲公司：份额17.0%，主营：手机。"],
        ),
        (
            (("排名", "企业", "出货量（万台）"), ("1", "甲公司", "1170")),
            ["甲公司：排名第1，出货量1170万台。"],
        ),
        ((("1", "2"), ("3", "4")), ["1，2。", "3，4。"]),
    ],
    ids=["rows", "columns of years", "rows of years", "two heads", "numbered", "ranked", "bare"],
)
def test_a_row_is_a_sentence(table: Sequence[Sequence[str]], written: list[str]) -> None:
    assert sentences(table) == written


def test_the_lines_over_a_table_tell_its_unit_and_time() -> None:
    table = (("企业", "营收", "净利润"), ("甲公司", "10093", "1318"))
    assert sentences(table, "表1 2023年上半年业绩\n单位：亿元") == [
        "2023年上半年，甲公司：营收10093亿元，净利润1318亿元。"
    ]


def test_a_sentence_over_a_table_is_no_caption() -> None:
    assert sentences(PROVINCES[:2], "2021年的情况已经说过。")[0].startswith("河北")


def test_a_layout_of_text_is_read_cell_by_cell() -> None:
    long = "这一格里是一整段话，" * 10
    assert sentences((("左", f"{long}\n第二段"), ("右", "短"))) == ["左", long, "第二段", "右", "短"]


@pytest.mark.parametrize("table", [(), ((),), (("", ""),)])
def test_an_empty_table_says_nothing(table: Sequence[Sequence[str]]) -> None:
    assert sentences(table) == []
