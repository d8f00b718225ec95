from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.quoting import citation_line, cite_button
from handlers.reply import COPY_LIMIT, Copy
from handlers.request import Language
from knowledge.model import Kind, Metric, Period, Quantity
from tests.unit.handlers.test_export import BASE


def test_a_figure_can_be_pasted_with_its_source() -> None:
    assert citation_line(BASE, Language.ZH) == (
        "据《5G 建设》2021-12-22第24页，截至10月底，中国5G基站超129.1万个"
    )


def test_it_can_be_pasted_in_english_too() -> None:
    assert citation_line(BASE, Language.EN) == (
        "“5G 建设” (2021-12-22, p. 24): as of Oct 2021, China 5G base station over 1.291 million"
    )


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            {
                "kind": Kind.GROWTH,
                "quantity": Quantity(Decimal("8.5"), "%", Decimal("8.5"), "%"),
                "approx": None,
            },
            "据《5G 建设》2021-12-22第24页，截至10月底，中国5G基站增速+8.5%",
        ),
        (
            {"kind": Kind.RANK, "quantity": Quantity(Decimal(3), "位", Decimal(3), "位")},
            "据《5G 建设》2021-12-22第24页，截至10月底，中国5G基站排名第3位",
        ),
        (
            {"forecast": True, "source": "IDC", "approx": None},
            "据《5G 建设》2021-12-22第24页，截至10月底，IDC预计中国5G基站129.1万个",
        ),
        (
            {"forecast": True, "source": None, "approx": None, "sentence": "力争建成129.1万个。"},
            "据《5G 建设》2021-12-22第24页，截至10月底，规划中国5G基站129.1万个",
        ),
        ({"period": Period()}, "据《5G 建设》2021-12-22第24页，中国5G基站超129.1万个"),
    ],
)
def test_growth_rank_and_outlook_are_said(change: dict[str, object], line: str) -> None:
    assert citation_line(replace(BASE, **change), Language.ZH) == line  # type: ignore[arg-type]


def without_place(metric: Metric) -> Metric:
    issue = replace(metric.citation.issue, published=None)
    return replace(metric, citation=replace(metric.citation, page=None, issue=issue))


@pytest.mark.parametrize("language", Language)
def test_a_source_without_date_and_page_leaves_no_hole(language: Language) -> None:
    line = citation_line(without_place(BASE), language)
    assert "()" not in line
    assert "》，截至" in line or "”: as of" in line


def test_a_long_line_still_fits_into_a_button() -> None:
    long = replace(BASE, subject="长" * 300, period=Period("截至10月底", None, date(2021, 10, 31)))
    button = cite_button(long, Language.ZH)
    assert isinstance(button, Copy)
    assert button.label == "引用"
    assert len(button.text) == COPY_LIMIT
