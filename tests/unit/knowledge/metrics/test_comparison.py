from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.comparison import Contestant, compare, rank_owners, ratio_of, shared_indicators
from knowledge.model import Kind, Metric
from tests.unit.knowledge.metrics.figures_printed import end_of, hits, printed, year

NAME = "储能装机"


def contestant(name: str, *metrics: Metric, indicator: str = NAME) -> Contestant:
    return Contestant(name, f"{name} {indicator}", hits(*metrics), indicator)


def in_rows(comparison) -> list[tuple[str, str]]:
    return [(row.name, str(row.metric.quantity.value)) for row in comparison.rows]


def test_the_period_that_all_have_is_taken_and_the_largest_comes_first():
    comparison = compare(
        [
            contestant(
                "甘肃省", printed("甘肃省", NAME, "90", year(2026)), printed("甘肃省", NAME, "60", year(2025))
            ),
            contestant("宁夏", printed("宁夏", NAME, "80", year(2025))),
        ]
    )
    assert in_rows(comparison) == [("宁夏", "80"), ("甘肃省", "60")]
    assert comparison.period == year(2025)
    assert comparison.ratio == Decimal("1.3")


def test_without_a_shared_period_each_has_its_latest():
    comparison = compare(
        [
            contestant(
                "甘肃省", printed("甘肃省", NAME, "90", year(2025)), printed("甘肃省", NAME, "95", year(2026))
            ),
            contestant("宁夏", printed("宁夏", NAME, "80", end_of(2027, 3, 31)), printed("宁夏", NAME, "1")),
        ]
    )
    assert in_rows(comparison) == [("甘肃省", "95"), ("宁夏", "80")]
    assert comparison.period is None


def test_facts_come_before_forecasts():
    target = printed("甘肃省", NAME, "500", year(2030), forecast=True)
    comparison = compare(
        [
            contestant("甘肃省", target, printed("甘肃省", NAME, "90", year(2026))),
            contestant("宁夏", printed("宁夏", NAME, "80", year(2030), forecast=True)),
        ]
    )
    assert in_rows(comparison) == [("甘肃省", "90"), ("宁夏", "80")]


@pytest.mark.parametrize(
    "other",
    [
        printed("宁夏", NAME, "80", year(2026), unit="美元"),
        printed("宁夏", NAME, "80", year(2026), kind=Kind.GROWTH),
        printed("宁夏", "新增储能装机", "80", year(2026)),
    ],
    ids=["currency", "kind", "indicator"],
)
def test_what_is_of_another_unit_kind_or_indicator_is_not_compared(other):
    assert (
        compare([contestant("甘肃省", printed("甘肃省", NAME, "9", year(2026))), contestant("宁夏", other)])
        is None
    )


def test_a_narrower_figure_stands_apart_and_nothing_at_all_is_missing():
    comparison = compare(
        [
            contestant("甘肃省", printed("甘肃省", NAME, "9", year(2026))),
            contestant("青海省", printed("青海省", "储能装机总数", "8", year(2026))),
            contestant("宁夏", printed("宁夏", "新增储能装机", "7", year(2026))),
            contestant("西藏"),
        ]
    )
    assert in_rows(comparison) == [("甘肃省", "9"), ("青海省", "8")]
    assert [(row.name, row.metric.indicator) for row in comparison.near] == [("宁夏", "新增储能装机")]
    assert comparison.missing == ("西藏",)


def test_another_value_for_the_same_time_is_kept_beside_the_exact_one():
    rough = printed("甘肃省", NAME, "100", year(2026), approx="近", page=1)
    exact = printed("甘肃省", NAME, "97", year(2026), page=2)
    again = printed("甘肃省", NAME, "97", year(2026), page=3)
    comparison = compare(
        [
            contestant("甘肃省", rough, exact, again),
            contestant("宁夏", printed("宁夏", NAME, "8", year(2026))),
        ]
    )
    first = comparison.rows[0]
    assert first.metric is exact
    assert first.statement.also == (again,)
    assert [other.metric for other in first.otherwise] == [rough]


def test_ranks_begin_with_the_first():
    ranks = [
        printed(name, NAME, place, kind=Kind.RANK, unit="位")
        for name, place in (("甲省", "11"), ("乙省", "3"))
    ]
    comparison = rank_owners("储能装机 排名", hits(*ranks))
    assert in_rows(comparison) == [("乙省", "3"), ("甲省", "11")]


def test_all_owners_are_ranked_once():
    comparison = rank_owners(
        NAME,
        hits(
            printed("甲省", NAME, "5", year(2025)),
            printed("甲省", NAME, "6", year(2026)),
            printed("乙省", NAME, "7", year(2024)),
        ),
    )
    assert in_rows(comparison) == [("乙省", "7"), ("甲省", "6")]


def test_who_grows_the_most_has_not_the_most():
    growths = [printed(name, NAME, "5", kind=Kind.GROWTH, unit="%") for name in ("甲省", "乙省")]
    assert rank_owners(NAME, hits(*growths)) is None
    assert len(rank_owners(f"{NAME}增速", hits(*growths)).rows) == 2


def test_one_owner_is_no_ranking():
    assert rank_owners(NAME, hits(printed("甲省", NAME, "5"))) is None
    assert rank_owners(NAME, ()) is None


def test_the_indicators_that_two_have_can_be_compared():
    names = shared_indicators(
        [
            contestant("甲省", printed("甲省", NAME, "5"), printed("甲省", "发电量", "9", unit="千瓦时")),
            contestant("乙省", printed("乙省", NAME, "6"), printed("乙省", "用电量", "9", unit="千瓦时")),
        ]
    )
    assert names == (NAME,)


def test_what_the_sentence_only_mentions_is_not_compared_with_what_the_article_is_about():
    about = [printed(name, "市场规模", "5", year(2026), title="储能之年") for name in ("甲省", "乙省")]
    beside = printed("丙省", "市场规模", "6", year(2026), title="光伏之年")
    contestants = [contestant(one.subject, one, indicator="储能市场规模") for one in (*about, beside)]
    assert [row.name for row in compare(contestants).rows] == ["甲省", "乙省"]


positive = st.decimals("0.0001", "1e12", allow_nan=False, places=4)


@given(positive, positive)
def test_a_ratio_is_exact_to_one_decimal(one, other):
    large, small = max(one, other), min(one, other)
    assert abs(ratio_of(large, small) * small - large) <= small / 20


@pytest.mark.parametrize("smallest", ["0", "-3"])
def test_there_is_no_ratio_to_nothing_or_to_a_loss(smallest):
    assert ratio_of(Decimal(5), Decimal(smallest)) is None
