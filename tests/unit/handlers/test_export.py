"""Exported figures as a spreadsheet reads them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from handlers.export import FORMATS, MOST_ROWS, csv_file, xlsx_file
from handlers.request import Language
from knowledge.model import Citation, Issue, Kind, Metric, Period, Quantity
from knowledge.normalize import strip_controls
from tests.fakes.library import METRICS

every_format = pytest.mark.parametrize("make", FORMATS.values(), ids=FORMATS)

BASE = replace(
    METRICS[0],
    citation=Citation("a1", "5G 建设", "产业环境", 24, Issue("i1", "信息产业篇", date(2021, 12, 22))),
    subject="中国",
    indicator="5G基站",
    quantity=Quantity(Decimal("129.1"), "万个", Decimal("1291000"), "个"),
    period=Period("截至10月底", None, date(2021, 10, 31)),
    kind=Kind.LEVEL,
    approx="超",
    forecast=False,
    sentence="截至10月底，5G基站超过129.1万个。",
    source="工信部",
)
HEADER = [
    "主体", "指标", "类别", "数值", "单位", "换算数值", "换算单位", "时期", "起", "止", "约数", "预测",
    "数据来源", "原句", "文章", "栏目", "页", "期", "发布日期",
]  # fmt: skip


def csv_rows(*metrics: Metric, language: Language = Language.ZH) -> list[list[str]]:
    content = csv_file("5G", metrics, language).content
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes it for another encoding"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_sheet(*metrics: Metric, language: Language = Language.ZH) -> Any:
    return load_workbook(io.BytesIO(xlsx_file("5G", metrics, language).content)).active


def xlsx_rows(*metrics: Metric) -> list[list[Any]]:
    return [[_value(cell.value) for cell in row] for row in xlsx_sheet(*metrics).iter_rows()]


def _value(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def test_a_csv_has_a_row_a_figure_with_its_source() -> None:
    assert csv_rows(BASE) == [
        HEADER,
        [
            "中国", "5G基站", "数值", "129.1", "万个", "1291000", "个", "截至10月底", "", "2021-10-31",
            "超", "否", "工信部", "截至10月底，5G基站超过129.1万个。", "5G 建设", "产业环境", "24",
            "信息产业篇", "2021-12-22",
        ],
    ]  # fmt: skip


def test_a_sheet_holds_numbers_as_numbers_and_days_as_days() -> None:
    header, row = xlsx_rows(BASE)
    assert header == HEADER
    assert row == [
        "中国", "5G基站", "数值", 129.1, "万个", 1291000, "个", "截至10月底", None, date(2021, 10, 31),
        "超", "否", "工信部", "截至10月底，5G基站超过129.1万个。", "5G 建设", "产业环境", 24,
        "信息产业篇", date(2021, 12, 22),
    ]  # fmt: skip


def test_the_header_of_a_sheet_stays_in_sight() -> None:
    sheet = xlsx_sheet(BASE)
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


@every_format
def test_english_headers(make: Any) -> None:
    content = make("5G", [BASE], Language.EN).content
    seen = content.decode("utf-8-sig") if make is csv_file else xlsx_text(content)
    assert "indicator" in seen
    assert "as of Oct 2021" in seen


def xlsx_text(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("xl/sharedStrings.xml").decode()


@every_format
def test_the_file_says_what_it_is(make: Any) -> None:
    file = make("数字经济", [BASE, BASE], Language.ZH)
    assert file.name.startswith("数字经济.")
    assert file.caption.value == "“数字经济”的 2 个数字，附出处"


@every_format
def test_the_same_figures_give_the_same_file(make: Any) -> None:
    assert make("5G", METRICS, Language.ZH) == make("5G", METRICS, Language.ZH)


@every_format
def test_no_file_grows_without_end(make: Any) -> None:
    file = make("5G", [BASE] * (MOST_ROWS + 5), Language.ZH)
    assert str(MOST_ROWS) in file.caption.value
    assert len(file.content) < 10_000_000


FORMULAS = [
    '=HYPERLINK("https://evil.example")',
    "+1+1",
    "-1+1|cmd",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "＝1",
    "\r=1",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_words_of_a_csv_are_never_a_formula(formula: str) -> None:
    _, row = csv_rows(replace(BASE, subject=formula, sentence=formula))
    assert row[0].startswith("'")
    assert row[13].startswith("'")


@pytest.mark.parametrize("formula", FORMULAS)
def test_words_of_a_sheet_are_never_a_formula_or_a_link(formula: str) -> None:
    sheet = xlsx_sheet(replace(BASE, subject=formula, indicator="https://evil.example"))
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].hyperlink is None


def test_a_negative_number_stays_one() -> None:
    loss = replace(BASE, quantity=Quantity(Decimal("-215.02"), "万元", Decimal("-2150200"), "元"))
    assert csv_rows(loss)[1][3] == "-215.02"
    assert xlsx_rows(loss)[1][3] == -215.02


def test_a_range_is_written_with_both_ends() -> None:
    ends = (Decimal(3000), Decimal(4000))
    ranged = replace(BASE, quantity=Quantity(ends, "万台", ends, "台"))
    assert csv_rows(ranged)[1][3] == xlsx_rows(ranged)[1][3] == "3000–4000"


def test_a_day_that_excel_does_not_know_is_written_out() -> None:
    old = replace(BASE, period=Period("1840年", date(1840, 1, 1), date(1840, 12, 31)))
    assert xlsx_rows(old)[1][8] == "1840-01-01"


@pytest.mark.parametrize("language", Language)
def test_words_longer_than_a_cell_are_cut(language: Language) -> None:
    endless = replace(BASE, sentence="长" * 40_000)
    assert len(csv_rows(endless, language=language)[1][13]) == 32_000
    assert len(xlsx_rows(endless)[1][13]) == 32_000


WORDS = st.text(max_size=40)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**18), max_value=10**18, places=6)
METRIC = st.builds(
    lambda subject, sentence, value: replace(
        BASE, subject=subject, sentence=sentence, quantity=Quantity(value, "万个", value, "个")
    ),
    WORDS,
    WORDS,
    DECIMALS,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(METRIC, max_size=5))
def test_every_number_comes_back_from_a_csv_without_loss(metrics: Sequence[Metric]) -> None:
    rows = csv_rows(*metrics)[1:]
    assert [Decimal(row[3]) for row in rows] == [metric.quantity.value for metric in metrics]
    assert all(len(row) == len(HEADER) for row in rows)


@settings(max_examples=40, deadline=None)
@given(st.lists(METRIC, max_size=5))
def test_every_number_comes_back_from_a_sheet_without_loss(metrics: Sequence[Metric]) -> None:
    rows = xlsx_rows(*metrics)[1:]
    assert [Decimal(str(row[3])) for row in rows] == [metric.quantity.value for metric in metrics]


@settings(max_examples=60, deadline=None)
@given(METRIC)
def test_words_come_back_but_for_what_shows_nothing(metric: Metric) -> None:
    _, row = csv_rows(metric)
    assert row[0] in {strip_controls(metric.subject), "'" + strip_controls(metric.subject)}
    assert row[0].lstrip(" ")[:1] not in {"=", "+", "-", "@", "\t"}
