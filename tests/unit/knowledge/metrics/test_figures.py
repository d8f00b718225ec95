from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.figures import find_figures, fold_width
from knowledge.metrics.units import UnitType, find_unit, known_units, make_quantity
from knowledge.model import Quantity


def only(text: str) -> Quantity:
    (figure,) = find_figures(fold_width(text))
    return figure.quantity


def range_of(first: str, last: str) -> tuple[Decimal, Decimal]:
    return Decimal(first), Decimal(last)


@pytest.mark.parametrize(
    ("text", "value", "unit", "base_value", "base_unit"),
    [
        ("产值1.21万亿元", "1.21", "万亿元", 1_210_000_000_000, "元"),
        ("占２３％", "23", "%", 23, "%"),
        ("近60万", "60", "万", 600_000, ""),
        ("净利润为-215.02万元", "-215.02", "万元", -2_150_200, "元"),
        ("共30多个", "30", "个", 30, "个"),
        ("信息41万余条", "41", "万条", 410_000, "条"),
        ("电压35千伏", "35", "千伏", 35_000, "伏"),
        ("发电41.5亿千瓦时", "41.5", "亿千瓦时", 4_150_000_000, "千瓦时"),
        ("密度为383台/万人", "383", "台/万人", 383, "台/万人"),
        ("乘积265.36kbps×km", "265.36", "kbps×km", Decimal("265.36"), "kbps×km"),
        ("历时一年半", "1.5", "年", Decimal("1.5"), "年"),
        ("一半的收入", "50", "%", 50, "%"),
        ("超过三成", "3", "成", 30, "%"),
        ("规模超千亿元", "1", "千亿元", 100_000_000_000, "元"),
        ("两座工厂", "2", "座", 2, "座"),
        ("位列全国第四。", "4", "位", 4, "位"),
    ],
)
def test_a_figure_is_read_with_its_unit_and_scale(text, value, unit, base_value, base_unit):
    assert only(text) == Quantity(Decimal(value), unit, Decimal(base_value), base_unit)


@pytest.mark.parametrize(
    ("text", "ends", "unit"),
    [
        ("等待20-52周", ("20", "52"), "周"),
        ("工艺55~28nm", ("55", "28"), "nm"),
        ("3000万-4000万台", ("3000", "4000"), "万台"),
        ("毛利率在40%到60%之间", ("40", "60"), "%"),
        ("百分之八十到九十的应用", ("80", "90"), "%"),
        ("向200G/400G演进", ("200", "400"), "G"),
    ],
)
def test_a_range_keeps_the_order_of_its_ends(text, ends, unit):
    quantity = only(text)

    assert quantity.value == range_of(*ends)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "数百亿美元",
        "上千家门店",
        "十余起事故",
        "两个方面",
        "三大任务",
        "五类企业",
        "MDC600芯片",
        "H2O分子",
        "2,3,4",
    ],
)
def test_what_has_no_definite_number_is_no_figure(text):
    assert [figure for figure in find_figures(text) if figure.type is not UnitType.BARE] == []


def test_adjacent_numbers_are_two_figures():
    figures = find_figures("开放372条729.96公里道路")

    assert [figure.quantity.unit for figure in figures] == ["条", "公里"]


@pytest.mark.parametrize(
    ("text", "approx"),
    [("约4.4亿千瓦", "约"), ("超过115万个", "超过"), ("70%以上", "以上"), ("600余项", "余"), ("5亿台", None)],
)
def test_an_approximation_is_kept_as_printed(text, approx):
    (figure,) = find_figures(text)

    assert figure.approx == approx


@given(st.integers(1, 10**9), st.integers(0, 99), st.sampled_from(["万元", "亿元", "万亿元", "元"]))
def test_the_base_value_has_every_printed_digit(whole, hundredths, unit):
    quantity = only(f"达{whole}.{hundredths:02d}{unit}")

    assert isinstance(quantity.base_value, Decimal)
    assert quantity.value == Decimal(f"{whole}.{hundredths:02d}")
    assert quantity.base_value.as_tuple().digits == Decimal(f"{whole}.{hundredths:02d}").as_tuple().digits


@given(st.decimals(1, 10**6, places=1), st.decimals(1, 10**6, places=1))
def test_a_range_that_prints_its_scale_once_has_it_for_both_ends(first, last):
    quantity = make_quantity((first, last), ("", "万"), "台")

    assert quantity.value == (first, last)
    assert quantity.base_value == (first * 10000, last * 10000)


@given(st.text(max_size=80))
def test_any_text_is_scanned_without_an_error(text):
    for figure in find_figures(fold_width(text)):
        assert 0 <= figure.start < figure.end <= len(text)


def test_every_spelling_of_a_unit_is_read_back():
    for spelling, unit in known_units().items():
        assert find_unit(spelling) == unit
