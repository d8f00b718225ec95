from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.figures import figure_text, number_text, quoted_sentence
from handlers.request import Language
from knowledge.model import Kind, Metric, Quantity
from tests.fakes.library import CHARGERS, metric, quantity

ANY = ("某地", "某物")


def figure(size: Quantity, **more: object) -> Metric:
    return metric(1, CHARGERS, ANY, size, **more)  # type: ignore[arg-type]


def bold_part(one: Metric) -> list[str]:
    text = quoted_sentence(one)
    return [text.value[span.start : span.end] for span in text.spans]


@pytest.mark.parametrize(
    ("size", "more", "chinese", "english"),
    [
        (quantity("129.1", "万个", "1291000", "个"), {}, "129.1 万个", "1.291 million"),
        (quantity("1.21", "万亿元", "1210000000000", "元"), {}, "1.21 万亿元", "1.21 trillion yuan"),
        (quantity("4679", "个"), {}, "4679 个", "4,679"),
        (quantity("10.50", "%"), {"kind": Kind.GROWTH}, "+10.50%", "+10.5%"),
        (quantity("-3.2", "%"), {"kind": Kind.GROWTH}, "-3.2%", "-3.2%"),
        (quantity("24", "%"), {"kind": Kind.CAGR}, "+24%", "+24%"),
        (quantity("33.4", "%"), {"kind": Kind.SHARE}, "33.4%", "33.4%"),
        (quantity("4.2", "个百分点"), {"kind": Kind.GROWTH}, "+4.2 个百分点", "+4.2 percentage points"),
        (quantity("27", "万个", "270000", "个"), {"kind": Kind.GROWTH}, "+27 万个", "+270,000"),
        (quantity("11", "位"), {"kind": Kind.RANK}, "第 11 位", "No. 11"),
        (quantity((Decimal(20), Decimal(52)), "周"), {}, "20–52 周", "20–52 weeks"),
        (quantity("115", "万个", "1150000", "个"), {"approx": "超过"}, "超过 115 万个", "over 1.15 million"),
        (quantity("500", "家"), {"approx": "以上"}, "500 家以上", "at least 500"),
        (quantity("41", "万条", "410000", "条"), {"approx": "余"}, "41 万余条", "over 410,000"),
        (quantity("30", "个"), {"approx": "多"}, "30 多个", "over 30"),
        (quantity("5", "G"), {"approx": "约"}, "约 5 G", "about 5 G"),
        (quantity("14", "亿", "1400000000", "人"), {}, "14 亿", "1.4 billion people"),
        (quantity("50", "%"), {"approx": "不到", "kind": Kind.SHARE}, "不到 50%", "under 50%"),
        (quantity("1", ":3", "0.3333", ":1"), {"kind": Kind.OTHER}, "1:3", "1:3"),
        (quantity("-1.48", "‰"), {"kind": Kind.SHARE}, "-1.48‰", "-1.48‰"),
        (quantity("80", "座"), {"approx": "将近"}, "将近 80 座", "80"),
    ],
)
def test_a_figure_reads_as_people_write_it(size, more, chinese, english):
    assert figure_text(figure(size, **more), Language.ZH) == chinese
    assert figure_text(figure(size, **more), Language.EN) == english


def test_a_range_is_scaled_by_its_larger_end():
    size = Quantity((Decimal(3000), Decimal(4000)), "万台", (Decimal(30_000_000), Decimal(40_000_000)), "台")
    assert figure_text(figure(size), Language.EN) == "30–40 million"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_no_digit_of_a_number_is_lost(value):
    assert Decimal(number_text(value)) == value
    assert "E" not in number_text(value)


@given(st.integers(min_value=1, max_value=10**40))
def test_english_scaling_loses_no_digit(value):
    text = figure_text(figure(quantity(str(value), "个")), Language.EN)
    number, _, word = text.partition(" ")
    scale = {"": 0, "million": 6, "billion": 9, "trillion": 12}[word]
    assert int(Decimal(f"{number.replace(',', '')}e{scale}")) == value


@pytest.mark.parametrize(
    ("size", "sentence", "bold"),
    [
        (quantity("129.1", "万个"), "累计建成129.1万个，比129.15多", ["129.1万个"]),
        (quantity("129.1", "万个"), "累计建成 129.1 万个", ["129.1 万个"]),
        (quantity("5", "个"), "5G基站5个", ["5个"]),
        (quantity("92728", "件"), "授权92,728件", ["92,728件"]),
        (quantity("23", "%"), "增长２３％", ["２３％"]),
        (quantity("41", "万条"), "共41 万余条", ["41 万余条"]),
        (quantity((Decimal(20), Decimal(52)), "周"), "交期为20—52周", ["20—52周"]),
        (quantity("41", "万条"), "共41多万条", ["41多万条"]),
        (quantity("10", "%"), "增长10.0%", ["10.0%"]),
        (quantity("-12.5", "%"), "下降12.5%", ["12.5%"]),
        (quantity("50", "%"), "占了一半", []),
        (quantity("2", "台"), "12台、2.5台、L2车型", []),
    ],
)
def test_the_figure_stands_out_in_its_sentence(size, sentence, bold):
    assert bold_part(figure(size, sentence=sentence)) == bold


def test_looking_for_a_figure_in_hostile_text_is_linear():
    sentence = "1,111," * 20_000
    assert bold_part(figure(quantity("111111111111", "个"), sentence=sentence)) == []
