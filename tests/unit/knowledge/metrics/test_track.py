from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.threshold import Threshold, split_threshold
from knowledge.metrics.track import (
    Change,
    Track,
    crossing_since,
    statement_key,
    track_of,
    values_since,
)
from knowledge.model import Citation, Issue, Kind, Metric, MetricHit, Period, Quantity

SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 20) for month in (9, 10, 11))
QUESTION = "充电桩数"


def issue(published: date | None) -> Issue:
    return Issue(f"harbour-{published}", "港航周报", published)


def figure(
    value: str,
    end: date | None,
    published: date | None,
    *,
    approx: str | None = None,
    forecast: bool = False,
    subject: str = "中国",
    indicator: str = "充电桩数",
    kind: Kind = Kind.LEVEL,
    unit: str = "个",
) -> Metric:
    """A figure in 万 of a point in time."""
    base = Decimal(value).scaleb(4)
    quantity = Quantity(Decimal(value), f"万{unit}", base, unit)
    place = Citation(f"a-{published}", "充电桩：从城区走向港口", "", 1, issue(published))
    sentence = f"{subject}{indicator}{value}万{unit}。"
    period = Period(None, None, end)
    return Metric(
        f"m-{published}-{value}",
        place,
        subject,
        indicator,
        quantity,
        period,
        kind,
        approx,
        forecast,
        sentence,
    )


def hits(*metrics: Metric) -> list[MetricHit]:
    return [MetricHit(metric, 1.0) for metric in metrics]


def track(*metrics: Metric) -> Track:
    found = track_of(QUESTION, hits(*metrics))
    assert found is not None
    return found


def values(metrics: tuple[Metric, ...]) -> list[str]:
    return [str(metric.quantity.value) for metric in metrics]


def over(number: str) -> Threshold:
    threshold = split_threshold(f"充电桩 > {number}")[1]
    assert threshold is not None
    return threshold


JULY, AUGUST = date(2026, 7, 31), date(2026, 8, 31)
OLD = figure("1100", JULY, SEPTEMBER)


def news(*metrics: Metric, since: date | None = OCTOBER) -> list[tuple[str, str, str | None]]:
    """Each news as its value, its change and the value that it is held against."""
    return [
        (
            str(one.metric.quantity.value),
            str(one.change),
            str(one.before.quantity.value) if one.before else None,
        )
        for one in values_since(track(*metrics), since)
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (figure("1200", AUGUST, OCTOBER), [("1200", "new", "1100")]),
        (figure("1200", AUGUST, SEPTEMBER), []),
        (figure("1200", AUGUST, None), []),
        (figure("1100", JULY, OCTOBER), []),
        (figure("1100", None, OCTOBER), []),
        (figure("1100", AUGUST, OCTOBER), [("1100", "new", "1100")]),
        (figure("1120", JULY, OCTOBER), [("1120", "revised", "1100")]),
        (figure("1050", JULY, OCTOBER, approx="超过"), []),
        (figure("1130", JULY, OCTOBER, approx="约"), []),
        (figure("1300", JULY, OCTOBER, approx="约"), [("1300", "revised", "1100")]),
        (figure("0.11", JULY, OCTOBER, unit="亿个"), []),
        (figure("1500", None, OCTOBER), [("1500", "new", "1100")]),
        (figure("3000", date(2030, 12, 31), OCTOBER, forecast=True), [("3000", "new", None)]),
        (figure("1200", AUGUST, OCTOBER, subject="广西壮族自治区"), []),
        (figure("1200", AUGUST, OCTOBER, indicator="充电桩占全球比重"), []),
        (figure("1200", AUGUST, OCTOBER, kind=Kind.GROWTH), []),
        (figure("1200", AUGUST, OCTOBER, indicator="充电桩总数", unit="座"), [("1200", "new", "1100")]),
    ],
    ids=[
        "a new period",
        "printed before the subscription",
        "undated",
        "restated",
        "restated without its time",
        "the same value for another period",
        "revised",
        "restated vaguely",
        "restated roughly",
        "roughly something else",
        "in another unit that measures something else",
        "a new value without a time",
        "a forecast",
        "of somebody else",
        "of something else",
        "another kind",
        "called and counted otherwise",
    ],
)
def test_what_is_news(printed, expected):
    assert news(OLD, printed) == expected


def test_a_rounder_number_of_the_same_time_is_no_news_and_an_exacter_one_neither():
    exact, round_one = figure("129.1", JULY, SEPTEMBER), figure("129", JULY, OCTOBER)
    assert news(exact, round_one) == []
    assert (
        news(replace(round_one, citation=exact.citation), replace(exact, citation=round_one.citation)) == []
    )


def test_the_first_figure_ever_is_news_without_one_before():
    assert news(figure("1200", AUGUST, OCTOBER)) == [("1200", "new", None)]


YEAR = Period("2025年", date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("period", "kind", "before"),
    [
        (Period("2026年6月", date(2026, 6, 1), date(2026, 6, 30)), Kind.LEVEL, None),
        (Period("2026年6月", date(2026, 6, 1), date(2026, 6, 30)), Kind.GROWTH, "1100"),
        (Period("2026年", date(2026, 1, 1), date(2026, 12, 31)), Kind.LEVEL, "1100"),
        (Period("截至2026年6月底", None, date(2026, 6, 30)), Kind.LEVEL, None),
    ],
    ids=["a month after a year", "two growths", "two years", "a day after a year"],
)
def test_a_value_is_held_against_one_of_as_long_a_time(period, kind, before):
    old = replace(OLD, period=YEAR, kind=kind)
    new = replace(figure("1200", None, OCTOBER, kind=kind), period=period)
    assert news(old, new) == [("1200", "new", before)]


def test_two_sources_of_one_issue_do_not_revise_each_other():
    said = news(OLD, figure("1200", AUGUST, OCTOBER), figure("1350", AUGUST, OCTOBER))
    assert {(value, change) for value, change, _ in said} == {("1200", "new"), ("1350", "new")}


def test_a_range_is_restated_only_as_the_same_range():
    wide = Quantity((Decimal(20), Decimal(52)), "周", (Decimal(20), Decimal(52)), "周")
    first = replace(OLD, quantity=wide)
    again = replace(first, citation=replace(first.citation, issue=issue(OCTOBER)))
    narrow = replace(wide, value=(Decimal(20), Decimal(30)), base_value=(Decimal(20), Decimal(30)))
    assert values_since(track(first, again), OCTOBER) == ()
    (revised,) = values_since(track(first, replace(again, quantity=narrow)), OCTOBER)
    assert revised.change is Change.REVISED


def test_without_a_date_everything_is_since():
    assert len(values_since(track(OLD, figure("1200", AUGUST, OCTOBER)), None)) == 2


def test_the_newest_time_comes_first_and_forecasts_last():
    printed = (
        figure("1150", JULY, OCTOBER, subject="中国"),
        figure("1200", AUGUST, OCTOBER),
        figure("3000", date(2030, 12, 31), OCTOBER, forecast=True),
    )
    assert [value for value, _, _ in news(*printed)] == ["1200", "1150", "3000"]


def crossed(*metrics: Metric, number: str = "2000万", since: date | None = OCTOBER) -> str | None:
    found = crossing_since(track(*metrics), over(number), since)
    return str(found.metric.quantity.value) if found else None


HIGH = figure("2100", AUGUST, OCTOBER)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ((OLD, HIGH), "2100"),
        ((HIGH,), "2100"),
        ((OLD, figure("1900", AUGUST, OCTOBER)), None),
        ((figure("2050", JULY, SEPTEMBER), HIGH), None),
        ((OLD, replace(HIGH, forecast=True)), None),
        ((OLD, HIGH, figure("2200", date(2026, 9, 30), NOVEMBER)), "2100"),
        ((OLD, HIGH, figure("1800", date(2026, 9, 30), NOVEMBER)), None),
        (
            (
                OLD,
                HIGH,
                figure("1800", date(2026, 9, 30), NOVEMBER),
                figure("2300", NOVEMBER, date(2026, 12, 20)),
            ),
            "2300",
        ),
        ((figure("1990", JULY, SEPTEMBER), figure("2010", JULY, OCTOBER)), "2010"),
        ((OLD, figure("2050", date(2026, 6, 30), OCTOBER)), None),
        ((OLD, figure("2010", JULY, OCTOBER), figure("1950", AUGUST, OCTOBER)), None),
        ((figure("2100", AUGUST, SEPTEMBER),), None),
    ],
    ids=[
        "the newest does, the one before did not",
        "none was known",
        "still below",
        "was beyond already",
        "a forecast",
        "beyond in one issue and in the next",
        "back below",
        "beyond, back and beyond again",
        "by a revision",
        "an older time",
        "the newest of an issue counts",
        "before the subscription",
    ],
)
def test_what_crosses(printed, expected):
    assert crossed(*printed) == expected


def test_a_crossing_tells_what_was_known_before():
    found = crossing_since(track(OLD, HIGH), over("2000万"), OCTOBER)
    assert found is not None
    assert (found.change, found.before) == (Change.CROSSED, OLD)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8))
def test_a_crossing_is_where_the_values_last_went_beyond(values):
    printed = [
        figure(str(value), date(2026, number + 1, 28), date(2026, number + 2, 5))
        for number, value in enumerate(values)
    ]
    expected = None
    for n, value in enumerate(values):
        if value <= 5:
            expected = None
        elif n == 0 or values[n - 1] <= 5:
            expected = str(value)
    assert crossed(*printed, number="5万", since=None) == expected


def test_what_is_followed_must_be_named_and_be_of_whom_was_asked():
    economy = figure("1.21", JULY, SEPTEMBER, subject="河北省", indicator="数字经济规模", unit="亿元")
    assert track_of("低空经济规模", hits(economy)) is None
    assert track_of("青海 数字经济规模", hits(economy)) is None
    assert track_of("河北 数字经济 数量", hits(economy)) is not None
    assert track_of("充电桩", []) is None


def test_with_a_threshold_the_figure_is_one_of_its_unit():
    share = figure("60", JULY, SEPTEMBER, kind=Kind.SHARE, unit="元")
    found = track_of(QUESTION, hits(share, OLD), split_threshold("充电桩 > 5个")[1])
    assert found is not None
    assert found.best == OLD


def test_a_worse_fit_is_not_of_the_track():
    far = MetricHit(figure("1200", AUGUST, OCTOBER), 0.5)
    found = track_of(QUESTION, [*hits(OLD), far])
    assert found is not None
    assert values(found.facts) == ["1100"]


def test_the_latest_is_the_newest_fact_or_else_a_forecast():
    forecast = figure("3000", date(2030, 12, 31), SEPTEMBER, forecast=True)
    assert track(OLD, forecast, HIGH).latest == HIGH
    assert track(forecast).latest == forecast


def test_a_key_is_of_what_is_stated_not_of_where():
    again = replace(OLD, id="other", sentence="另一句。", citation=HIGH.citation, approx="约", source="某部")
    assert statement_key(again) == statement_key(OLD)
    others = (
        figure("1101", JULY, SEPTEMBER),
        figure("1100", AUGUST, SEPTEMBER),
        replace(OLD, subject="山东省"),
        replace(OLD, forecast=True),
        replace(OLD, kind=Kind.GROWTH),
        replace(OLD, indicator="充电站数"),
    )
    assert len({statement_key(one) for one in (OLD, *others)}) == len(others) + 1
