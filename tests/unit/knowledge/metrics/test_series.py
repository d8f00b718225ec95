from __future__ import annotations

from datetime import date

from knowledge.metrics.series import series_of
from knowledge.model import Period
from tests.unit.knowledge.metrics.figures_printed import end_of, hits, printed, year

NAME = "储能装机"


def values(series) -> list[str]:
    return [str(row.metric.quantity.value) for row in series.rows]


def test_facts_stand_in_the_order_of_time_and_forecasts_after_them():
    series = series_of(
        NAME,
        hits(
            printed("中国", NAME, "9", year(2030), forecast=True),
            printed("中国", NAME, "5", year(2026)),
            printed("中国", NAME, "4", year(2025)),
            printed("中国", NAME, "6", year(2027), forecast=True),
        ),
    )
    assert values(series) == ["4", "5", "6", "9"]
    assert series.is_even


def test_a_figure_without_subject_is_of_the_country():
    series = series_of(NAME, hits(printed("中国", NAME, "5", year(2026)), printed("", NAME, "4", year(2025))))
    assert (series.subject, values(series)) == ("中国", ["4", "5"])


def test_the_same_again_is_one_row_and_something_else_is_told_beside_it():
    series = series_of(
        NAME,
        hits(
            printed("中国", NAME, "5", year(2026), page=1),
            printed("中国", NAME, "5", end_of(2026, 12, 31), page=2),
            printed("中国", NAME, "7", year(2026), page=3),
            printed("中国", NAME, "4", year(2025), page=4),
        ),
    )
    assert values(series) == ["4", "5"]
    last = series.rows[-1]
    assert [metric.citation.page for metric in last.statement.also] == [2]
    assert [other.metric.citation.page for other in last.otherwise] == [3]


def test_a_rough_count_goes_with_the_exact_one_of_about_the_same_day():
    series = series_of(
        NAME,
        hits(
            printed("中国", NAME, "115", end_of(2026, 12, 31), approx="超过"),
            printed("中国", NAME, "129", end_of(2026, 10, 31)),
            printed("中国", NAME, "60", end_of(2025, 12, 31)),
        ),
    )
    assert values(series) == ["60", "129"]
    assert series.rows[1].otherwise[0].metric.approx == "超过"


def test_subjects_and_indicators_are_not_mixed():
    series = series_of(
        NAME,
        hits(
            printed("甲省", NAME, "5", year(2026)),
            printed("乙省", NAME, "6", year(2025)),
            printed("甲省", "新增储能装机", "1", year(2025)),
            printed("乙省", NAME, "7", year(2026)),
        ),
    )
    assert (series.subject, values(series)) == ("乙省", ["6", "7"])


def test_one_time_or_none_is_no_series():
    assert series_of(NAME, hits(printed("甲省", NAME, "5", year(2026)), printed("甲省", NAME, "6"))) is None
    assert series_of(NAME, ()) is None


def test_periods_of_different_lengths_are_uneven():
    quarter = Period("2026年第一季度", date(2026, 1, 1), date(2026, 3, 31))
    series = series_of(
        NAME, hits(printed("甲省", NAME, "5", year(2025)), printed("甲省", NAME, "2", quarter))
    )
    assert not series.is_even
