from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.threshold import Bound, Threshold, split_threshold
from knowledge.metrics.units import known_units, make_quantity
from knowledge.model import Citation, Issue, Kind, Metric, Number, Period, Quantity

PLACE = Citation("a1", "题目", "", 1, Issue("i1", "第1期", date(2026, 11, 20)))


def figure(value: Number | str, unit: str = "个", approx: str | None = None) -> Metric:
    number = Decimal(value) if isinstance(value, str) else value
    quantity = Quantity(number, unit, number, unit)
    return Metric("m", PLACE, "", "充电桩数", quantity, Period(), Kind.LEVEL, approx, False, "")


@pytest.mark.parametrize(
    ("line", "question", "threshold"),
    [
        ("5G基站 > 200万", "5G基站", "> 200万"),
        ("5G基站＞２００万", "5G基站", "> 200万"),
        ("5G基站数超过200万个", "5G基站数", "> 200万个"),
        ("5G基站 大于 200 万", "5G基站", "> 200万"),
        ("充电桩 突破了3000万台时提醒我", "充电桩", "> 3000万台"),
        ("充电桩 200万以上", "充电桩", ">= 200万"),
        ("充电桩 不低于一千五百万个", "充电桩", ">= 1500万个"),
        ("云计算 市场规模 ≥ 1.5万亿元", "云计算 市场规模", ">= 1.5万亿元"),
        ("電信業務收入 增速低於5%", "电信业务收入 增速", "< 5%"),
        ("增速 不到百分之十", "增速", "< 10%"),
        ("渗透率 不超过三成", "渗透率", "<= 30%"),
        ("净利润 < -5亿元", "净利润", "< -5亿元"),
        ("净利润 跌破 负5亿元", "净利润", "< -5亿元"),
        ("增速差 <= 2个百分点", "增速差", "<= 2个百分点"),
        ("hebei digital economy > 1.5 trillion", "hebei digital economy", "> 1.5万亿"),
        ("revenue over 300 million US dollars", "revenue", "> 3亿美元"),
        ("growth below 5 percent", "growth", "< 5%"),
        ("voltage more than 1,200", "voltage", "> 1200"),
        ("收入超过亿元企业数 > 300家", "收入超过亿元企业数", "> 300家"),
    ],
)
def test_a_threshold_is_read_however_it_is_written(line, question, threshold):
    read = split_threshold(line)
    assert read[0] == question
    assert read[1] is not None
    assert read[1].text == threshold


@pytest.mark.parametrize(
    "line", ["河北 数字经济规模", "收入超过亿元企业数", "overseas base stations", "2025年规模", ""]
)
def test_a_line_without_a_threshold_is_a_question(line):
    assert split_threshold(line) == (line, None)


@pytest.mark.parametrize(
    "line",
    [
        "5G基站 > 很多",
        "5G基站 >",
        "5G基站 > 100万 < 200万",
        "5G基站 > 200万 300万",
        "5G基站 > 1000000000000000000000",
        "5G基站 > 1.23456789012345678901",
        "5G基站 > 2-3万",
    ],
)
def test_a_threshold_that_cannot_be_understood_is_refused(line):
    with pytest.raises(ValueError, match=r"not understood|beyond reason"):
        split_threshold(line)


UNITS = st.sampled_from(
    sorted({make_quantity((Decimal(1),), ("",), unit).base_unit for unit in (*known_units(), "")})
)
VALUES = st.decimals(
    min_value=-(10**17), max_value=10**17, places=3, allow_nan=False, allow_infinity=False
).filter(lambda value: len(value.normalize().as_tuple().digits) <= 18)


@given(st.sampled_from(Bound), VALUES, UNITS)
def test_a_threshold_reads_back_from_its_text(bound, value, unit):
    threshold = Threshold(bound, value, unit)
    assert split_threshold(f"充电桩 {threshold.text}") == ("充电桩", threshold)


@given(st.text(max_size=80))
def test_any_line_is_read_or_refused(line):
    try:
        question, threshold = split_threshold(line)
    except ValueError:
        return
    if threshold:
        assert split_threshold(f"{question} {threshold.text}") == (question, threshold)


@pytest.mark.parametrize(
    ("threshold", "metric", "met"),
    [
        ("> 200", figure("201"), True),
        ("> 200", figure("200"), False),
        (">= 200", figure("200"), True),
        ("< 200", figure("199.9"), True),
        ("< 200", figure("200"), False),
        ("<= 200", figure("200"), True),
        ("> 200", figure("200", approx="超过"), True),
        (">= 200", figure("200", approx="近"), False),
        ("< 200", figure("200", approx="不足"), True),
        ("<= 200", figure("200", approx="逾"), False),
        (">= 200", figure("200", approx="约"), True),
        ("> 200", figure((Decimal(150), Decimal(250))), False),
        ("> 200", figure((Decimal(201), Decimal(250))), True),
        ("< 200", figure((Decimal(150), Decimal(250))), False),
        ("< 0", figure("-1", "%"), True),
    ],
)
def test_a_figure_is_held_to_a_threshold(threshold, metric, met):
    _, read = split_threshold(f"充电桩 {threshold}")
    assert read is not None
    assert read.is_met_by(metric) is met


@pytest.mark.parametrize(
    ("number", "unit", "applies"),
    [
        ("200", "个", True),
        ("200", "元", True),
        ("200座", "个", True),
        ("200元", "个", False),
        ("5%", "元", False),
    ],
)
def test_a_threshold_is_for_figures_of_its_unit(number, unit, applies):
    _, threshold = split_threshold(f"充电桩 > {number}")
    assert threshold is not None
    assert threshold.applies_to(figure("1", unit)) is applies
