"""The JSON shapes of the command line: METRIC, article and answer rows. Scripts rely on them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from knowledge.model import Answer, Article, Metric, Number

Row: TypeAlias = dict[str, Any]

MOST = 10
"""Of the articles and of the metrics in an answer row."""


def metric_row(metric: Metric) -> Row:
    """Return a metric as METRIC; ranges become two-number lists, dates ISO strings."""
    where = metric.citation
    return {
        "id": metric.id,
        "article": where.title,
        "article_id": where.article_id,
        "section": where.section,
        "page": where.page,
        "issue": where.issue.id,
        "subject": metric.subject,
        "indicator": metric.indicator,
        "value": _number(metric.quantity.value),
        "unit": metric.quantity.unit,
        "base_value": _number(metric.quantity.base_value),
        "base_unit": metric.quantity.base_unit,
        "period": metric.period.label,
        "start": _iso(metric.period.start),
        "end": _iso(metric.period.end),
        "kind": metric.kind.value,
        "approx": metric.approx,
        "forecast": metric.forecast,
        "sentence": metric.sentence,
    }


def article_row(article: Article) -> Row:
    """Return an article as `hangxun articles --jsonl` prints it."""
    return {
        "id": article.id,
        "title": article.title,
        "section": article.section,
        "page": article.page,
        "issue": article.issue.id,
        "published": _iso(article.published or article.issue.published),
        "characters": article.characters,
    }


def answer_row(query_id: str | None, answer: Answer, milliseconds: float) -> Row:
    """Return an answer as `hangxun ask --json` prints it; `milliseconds` is the time the answer took."""
    return {
        "id": query_id,
        "articles": [
            {
                "id": hit.article.id,
                "title": hit.article.title,
                "section": hit.article.section,
                "page": hit.article.page,
                "issue": hit.article.issue.id,
                "score": round(hit.score, 4),
            }
            for hit in answer.hits[:MOST]
        ],
        "metrics": [metric_row(hit.metric) for hit in answer.metrics[:MOST]],
        "did_you_mean": answer.did_you_mean[0] if answer.did_you_mean else None,
        "ms": round(milliseconds, 3),
    }


def _number(number: Number) -> int | float | list[int | float]:
    if isinstance(number, tuple):
        return [_plain(end) for end in number]
    return _plain(number)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
