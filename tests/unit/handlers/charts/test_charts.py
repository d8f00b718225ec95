"""Charts as a reader sees them: what stands where in the SVG."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.charts import KINDS, Chart, Point, chart_picture, describe, draw
from handlers.charts.canvas import WIDTH, text_width
from handlers.request import Language

every_kind = pytest.mark.parametrize("kind", KINDS)
SVG = "{http://www.w3.org/2000/svg}"


def point(label: str, value: str | None, shown: str = "", *, forecast: bool = False) -> Point:
    return Point(label, None if value is None else Decimal(value), shown or f"{value} 万个", forecast)


def chart(kind: str, *points: Point, title: str = "各地 5G 基站", **rest: object) -> Chart:
    return Chart(kind, title, "个", "《5G 建设》第3页", points, **rest)  # type: ignore[arg-type]


class Seen:
    """The elements of a drawing, at the places where they are on the whole picture."""

    def __init__(self, svg: str) -> None:
        self.root = ET.fromstring(svg)  # noqa: S314 -- our own drawing
        self.body = next(
            node for node in self.root.iter(f"{SVG}g") if "translate" in node.get("transform", "")
        )

    @property
    def height(self) -> float:
        return float(self.root.get("height", "0"))

    @property
    def words(self) -> list[str]:
        return [node.text or "" for node in self.root.iter(f"{SVG}text")]

    def all(self, tag: str) -> list[ET.Element]:
        return list(self.body.iter(f"{SVG}{tag}"))

    def number(self, node: ET.Element, name: str) -> float:
        return float(node.get(name, "nan"))

    def bars(self) -> list[tuple[float, float]]:
        """Return (left, width) of each bar from above to below."""
        return [(self.number(node, "x"), self.number(node, "width")) for node in self.all("rect")]

    def extents(self) -> list[tuple[str, float, float, int]]:
        """Return (words, left, right, font size) of every text; widths are the widest estimate."""
        found = []
        for node in self.root.iter(f"{SVG}text"):
            words, size, x = node.text or "", int(node.get("font-size", "0")), self.number(node, "x")
            width = text_width(words, size)
            left = x - {"start": 0.0, "middle": width / 2, "end": width}[node.get("text-anchor", "start")]
            found.append((words, left, left + width, size))
        return found


PROVINCES = (point("广东", "16.7"), point("江苏", "12.9"), point("浙江", "8.35"), point("青海", "0.5"))


@every_kind
def test_title_unit_source_labels_and_values_stand_in_the_picture(kind: str) -> None:
    words = Seen(draw(chart(kind, *PROVINCES))).words
    assert words[:2] == ["各地 5G 基站", "单位：个"]
    assert words[-1] == "来源：《5G 建设》第3页"
    assert {"广东", "江苏", "浙江", "青海", "16.7 万个", "12.9 万个", "8.35 万个", "0.5 万个"} <= set(words)


def test_bars_keep_the_order_given_and_their_lengths_are_proportional() -> None:
    bars = Seen(draw(chart("bar", *PROVINCES))).bars()
    lefts, widths = {left for left, _ in bars}, [width for _, width in bars]
    assert len(lefts) == 1
    assert [round(width / widths[0], 2) for width in widths] == [1.0, 0.77, 0.5, 0.03]


def test_what_is_below_zero_stands_left_of_it() -> None:
    seen = Seen(draw(chart("bar", point("甲", "50"), point("乙", "-25", "-25 万元"), point("丙", "0"))))
    (first, first_width), (second, second_width), (third, third_width) = seen.bars()
    assert second + second_width == pytest.approx(first, abs=0.2)
    assert second_width == pytest.approx(first_width / 2, rel=0.01)
    assert (third, third_width) == (first, 0)
    name = next(right for words, _, right, _ in seen.extents() if words == "乙")
    value = next((left, right) for words, left, right, _ in seen.extents() if words == "-25 万元")
    assert name < value[0] < value[1] < second


@every_kind
def test_a_forecast_is_hollow_and_explained(kind: str) -> None:
    seen = Seen(draw(chart(kind, point("2024年", "5"), point("2025年", "8", forecast=True))))
    assert {"实际", "预测"} <= set(seen.words)
    marks = [node.get("fill") for node in (*seen.all("rect"), *seen.all("circle"))]
    assert marks == ["#2563a8", "#ffffff"]


@every_kind
def test_without_forecasts_there_is_no_legend(kind: str) -> None:
    assert "预测" not in Seen(draw(chart(kind, *PROVINCES))).words


def test_the_line_to_a_forecast_is_dashed_and_over_a_gap_there_is_none() -> None:
    years = (point("2019", "4"), point("2020", "5"), point("2021", None), point("2022", "6"))
    seen = Seen(draw(chart("line", *years, point("2025", "9", forecast=True))))
    strokes = [node for node in seen.all("line") if node.get("stroke") == "#2563a8"]
    assert [node.get("stroke-dasharray") is not None for node in strokes] == [False, True]
    assert len(seen.all("circle")) == 4
    assert "2021" in seen.words


def dated(label: str, value: str, day: date | None) -> Point:
    return Point(label, Decimal(value), f"{value} 万个", day=day)


def lefts(*points: Point) -> list[float]:
    seen = Seen(draw(chart("line", *points)))
    return [seen.number(node, "cx") for node in seen.all("circle")]


def test_points_stand_as_far_from_each_other_as_their_times() -> None:
    days = (date(2016, 12, 31), date(2020, 12, 31), date(2022, 12, 31))
    first, second, third = lefts(*(dated(f"{day.year}年", "5", day) for day in days))
    assert (second - first) / (third - second) == pytest.approx(2, rel=0.01)


def test_points_of_near_times_stay_apart() -> None:
    days = (date(2010, 12, 31), date(2020, 10, 31), date(2020, 11, 30), date(2020, 12, 31))
    first, *near = lefts(*(dated(str(day), "5", day) for day in days))
    gaps = [right - left for left, right in pairwise(near)]
    assert min(gaps) > 40
    assert near[0] - first > 3 * max(gaps)


@pytest.mark.parametrize("day", [None, date(2016, 12, 31), date(2015, 12, 31)])
def test_points_without_days_or_out_of_order_stand_evenly(day: date | None) -> None:
    last = dated("2019年", "5", day)
    first, second, third = lefts(
        dated("2015年", "5", date(2015, 12, 31)), dated("2016年", "5", date(2016, 12, 31)), last
    )
    assert second - first == pytest.approx(third - second, abs=0.2)


def test_higher_values_are_drawn_higher_and_zero_on_the_axis() -> None:
    seen = Seen(draw(chart("line", point("a", "0"), point("b", "5"), point("c", "10"))))
    heights = [seen.number(node, "cy") for node in seen.all("circle")]
    (axis,) = {seen.number(node, "y1") for node in seen.all("line") if node.get("y1") == node.get("y2")}
    assert heights[0] == axis
    assert heights[1] == pytest.approx((heights[0] + heights[2]) / 2)
    assert heights[2] < heights[1]


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    narrow = Seen(draw(chart("line", point("a", "98"), point("b", "99.5"))))
    wide = Seen(draw(chart("line", point("a", "8"), point("b", "99.5"))))
    assert "纵轴不从 0 开始" in narrow.words
    assert "纵轴不从 0 开始" not in wide.words


@pytest.mark.parametrize(("kind", "most", "first"), [("bar", 20, "0号"), ("line", 24, "6号")])
def test_more_points_than_fit_are_counted(kind: str, most: int, first: str) -> None:
    seen = Seen(draw(chart(kind, *(point(f"{number}号", str(number + 1)) for number in range(30)))))
    assert len(seen.all("rect")) + len(seen.all("circle")) == most
    assert f"另有 {30 - most} 项没有画出" in seen.words
    if kind == "bar":
        assert first in seen.words


@every_kind
def test_long_words_wrap_or_are_shortened(kind: str) -> None:
    long = point("新疆维吾尔自治区 Semiconductor Manufacturing International Corporation" * 2, "5")
    seen = Seen(draw(chart(kind, long, point("乙", "3"), title="一个非常长的标题，" * 12)))
    assert any(words.endswith("…") for words in seen.words)
    assert sum("非常长的标题" in words for words in seen.words) == 3


def test_a_time_is_broken_after_its_year_and_words_not_inside() -> None:
    times = tuple(point(f"截至{year}年9月末", str(year - 2000)) for year in range(2020, 2024))
    assert {"截至2023年", "9月末"} <= set(Seen(draw(chart("line", *times))).words)
    company = point("中芯 International Manufacturing", "5")
    assert {"中芯", "International"} & set(Seen(draw(chart("bar", company))).words)


@every_kind
def test_english_charts_speak_english(kind: str) -> None:
    made = chart(kind, point("2024", "5"), point("2025", "8", forecast=True), language=Language.EN)
    assert {"Unit: 个", "forecast", "Source: 《5G 建设》第3页"} <= set(Seen(draw(made)).words)


def test_a_chart_in_words_names_every_point() -> None:
    points = (point("河北", "6"), point("青海", None), point("甘肃", "3", forecast=True))
    assert describe(chart("bar", *points)).value == (
        "各地 5G 基站：河北 6 万个；青海 无数据；甘肃 3 万个（预测）"
    )


def test_a_picture_carries_drawing_name_and_words() -> None:
    made = chart("bar", *PROVINCES)
    picture = chart_picture(made, "5g-base-stations")
    assert (picture.svg, picture.name, picture.alt) == (draw(made), "5g-base-stations", describe(made))


WORDS = st.text(max_size=60) | st.sampled_from(["<script>&\"'", "]]>", "\x00\ud800😀", "Ｗ" * 90, "W" * 90])
VALUES = st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.just(Decimal("1e30"))
CHARTS = st.builds(
    Chart,
    st.sampled_from(sorted(KINDS)),
    WORDS,
    WORDS,
    WORDS,
    st.lists(st.builds(Point, WORDS, VALUES, WORDS, st.booleans()), max_size=30).map(tuple),
    st.sampled_from(Language),
)


@settings(max_examples=150, deadline=None)
@given(CHARTS)
def test_any_chart_is_sound_legible_and_nothing_of_it_is_cut(made: Chart) -> None:
    svg = draw(made)
    assert svg == draw(made)
    seen = Seen(svg)
    assert seen.root.get("width") == str(WIDTH)
    for words, left, right, size in seen.extents():
        assert -0.1 <= left <= right <= WIDTH + 0.1, words
        assert size >= 20
    for left, width in seen.bars():
        assert 0 <= left <= left + width <= WIDTH
    for node in seen.root.iter():
        assert node.tag.removeprefix(SVG) in {"svg", "g", "text", "rect", "line", "circle"}
    assert not re.search(r"nan|inf", " ".join(str(node.attrib) for node in seen.root.iter()))
