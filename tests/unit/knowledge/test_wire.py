from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from knowledge.model import (
    Answer,
    Article,
    Block,
    BlockKind,
    Highlighted,
    Hit,
    Issue,
    Kind,
    Metric,
    MetricHit,
    Period,
    Quantity,
)
from knowledge.wire import answer_row, article_row, metric_row

ISSUE = Issue("energy-2024-05", "能源周刊", date(2024, 5, 31))
ARTICLE = Article(
    "a1", "风电装机再创新高", "国内", 7, ISSUE, (Block(BlockKind.PARAGRAPH, "风电装机4.6亿千瓦。"),)
)
METRIC = Metric(
    id="m1",
    citation=ARTICLE.citation,
    subject="中国",
    indicator="风电装机容量",
    quantity=Quantity(Decimal("4.6"), "亿千瓦", Decimal("4.6e8"), "千瓦"),
    period=Period("截至2024年4月底", None, date(2024, 4, 30)),
    kind=Kind.LEVEL,
    approx=None,
    forecast=False,
    sentence="风电装机4.6亿千瓦。",
)


def test_a_metric_row_has_the_keys_of_the_contract_in_their_order() -> None:
    keys = "id article article_id section page issue subject indicator value unit base_value base_unit"
    keys += " period start end kind approx forecast sentence"
    assert list(metric_row(METRIC)) == keys.split()


def test_numbers_are_exact_and_whole_ones_are_integers() -> None:
    row = metric_row(METRIC)
    assert (row["value"], row["base_value"]) == (4.6, 460_000_000)
    assert json.dumps(row["base_value"]) == "460000000"


def test_a_range_is_a_list_of_two_numbers() -> None:
    weeks = Quantity((Decimal(20), Decimal(52)), "周", (Decimal(20), Decimal(52)), "周")
    assert metric_row(replace(METRIC, quantity=weeks))["value"] == [20, 52]


def test_dates_are_iso_and_missing_ones_null() -> None:
    row = metric_row(METRIC)
    assert (row["start"], row["end"]) == (None, "2024-04-30")


def test_an_article_row_tells_the_day_of_its_issue_where_it_has_none_of_its_own() -> None:
    assert article_row(ARTICLE)["published"] == "2024-05-31"
    assert article_row(replace(ARTICLE, published=date(2024, 5, 2)))["published"] == "2024-05-02"


def test_an_answer_row_lists_the_best_first_and_one_suggestion() -> None:
    hit = Hit(ARTICLE, 3.14159265, Highlighted("风电"))
    answer = Answer("风店", (hit,), 1, (MetricHit(METRIC, 1.0),), did_you_mean=("风电", "风光"))
    row = answer_row("q1", answer, 1.23456)
    assert list(row) == ["id", "articles", "metrics", "did_you_mean", "ms"]
    assert list(row["articles"][0]) == ["id", "title", "section", "page", "issue", "score"]
    assert (row["did_you_mean"], row["ms"]) == ("风电", 1.235)


def test_an_answer_row_has_at_most_ten_articles_and_ten_metrics() -> None:
    hit = Hit(ARTICLE, 1.0, Highlighted("风电"))
    row = answer_row("q1", Answer("风电", (hit,) * 11, 11, (MetricHit(METRIC, 1.0),) * 11), 1.0)
    assert (len(row["articles"]), len(row["metrics"])) == (10, 10)


def test_nothing_found_is_two_empty_lists() -> None:
    row = answer_row("q1", Answer("x", (), 0, ()), 0.1)
    assert (row["articles"], row["metrics"], row["did_you_mean"]) == ([], [], None)
