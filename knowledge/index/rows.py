"""How values lie in the catalog: a table's columns, and a row from a value and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from knowledge.model import (
    Article,
    Block,
    BlockKind,
    Citation,
    Issue,
    Kind,
    Metric,
    Number,
    Period,
    Quantity,
)

SCHEMA = """
CREATE TABLE source (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL, root TEXT NOT NULL,
    sha256 TEXT NOT NULL, published TEXT, key TEXT NOT NULL);
CREATE TABLE article (
    number INTEGER PRIMARY KEY, source INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    section TEXT NOT NULL, page INTEGER, issue TEXT NOT NULL, issue_title TEXT NOT NULL, issue_published TEXT,
    published TEXT, url TEXT);
CREATE TABLE metric (
    number INTEGER PRIMARY KEY, source INTEGER NOT NULL, article INTEGER NOT NULL, id TEXT NOT NULL,
    subject TEXT NOT NULL, indicator TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL,
    base_value TEXT NOT NULL, base_unit TEXT NOT NULL, period TEXT, start TEXT, end TEXT, kind TEXT NOT NULL,
    approx TEXT, forecast INTEGER NOT NULL, sentence TEXT NOT NULL, said_by TEXT, pattern TEXT NOT NULL);
CREATE TABLE word (
    number INTEGER PRIMARY KEY, word TEXT NOT NULL, articles INTEGER NOT NULL, sound TEXT NOT NULL,
    initials TEXT NOT NULL);
CREATE TABLE retelling (number INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE VIEW citation AS
    SELECT number, issue, issue_title, issue_published, id, title, section, page FROM article;
CREATE VIEW cited_metric AS
    SELECT metric.number, metric.id, subject, indicator, value, unit, base_value, base_unit, period, start,
        end, kind, approx, forecast, sentence, said_by, pattern, issue, issue_title, issue_published,
        article.id AS article_id, title, section, page
    FROM metric JOIN article ON article.number = metric.article;
"""
INDEXES = """
CREATE INDEX article_source ON article (source);
CREATE INDEX metric_source ON metric (source);
CREATE INDEX article_issue ON article (issue);
CREATE INDEX article_section ON article (section);
CREATE INDEX metric_article ON metric (article);
"""
WORD_INDEXES = """
CREATE INDEX word_sound ON word (sound);
CREATE INDEX word_initials ON word (initials);
"""
Row = dict[str, Any]
Cells: TypeAlias = Sequence[Any]
_REMEMBERED = 1 << 10
_KINDS = {kind.value: kind for kind in Kind}
_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}


def article_row(article: Article, folded: str) -> Row:
    """Return the columns of an article and its two texts; `folded` is its title and blocks, one a line."""
    return {
        "id": article.id,
        "title": article.title,
        "section": article.section,
        "page": article.page,
        "issue": article.issue.id,
        "issue_title": article.issue.title,
        "issue_published": _written(article.issue.published),
        "published": _written(article.published),
        "url": article.url,
        "printed": write_article(article),
        "folded": folded,
    }


def write_article(article: Article) -> str:
    """Return an article as text: what a query shows is read from one place."""
    issue = article.issue
    values = (
        *(article.id, article.title, article.section, article.page),
        *(issue.id, issue.title, _written(issue.published)),
        *(_written(article.published), article.url),
        [(block.kind.value, block.text, block.page) for block in article.blocks],
    )
    return json.dumps(values, ensure_ascii=False)


def read_article(text: str) -> Article:
    """Return the article that `write_article` wrote."""
    name, title, section, page, *issue, published, url, blocks = json.loads(text)
    return Article(
        name,
        title,
        section,
        page,
        _issue(*issue),
        tuple([Block(_BLOCK_KINDS[kind], text, on_page) for kind, text, on_page in blocks]),
        _read_date(published),
        url,
    )


def read_citation(row: Cells) -> Citation:
    """Return where the article of a row of `citation` stands."""
    return _citation(row[1:])


def _citation(cells: Cells) -> Citation:
    issue, issue_title, issue_published, article_id, title, section, page = cells
    return Citation(article_id, title, section, page, _issue(issue, issue_title, issue_published))


def metric_row(metric: Metric) -> Row:
    """Return the columns of a metric, but for those that tell where it is printed."""
    quantity, period = metric.quantity, metric.period
    return {
        "id": metric.id,
        "subject": metric.subject,
        "indicator": metric.indicator,
        "value": _write_number(quantity.value),
        "unit": quantity.unit,
        "base_value": _write_number(quantity.base_value),
        "base_unit": quantity.base_unit,
        "period": period.label,
        "start": _written(period.start),
        "end": _written(period.end),
        "kind": metric.kind.value,
        "approx": metric.approx,
        "forecast": int(metric.forecast),
        "sentence": metric.sentence,
        "said_by": metric.source,
        "pattern": metric.pattern,
    }


def read_metric(row: Cells) -> Metric:
    """Return the metric of a row of `cited_metric`."""
    _, name, subject, indicator, *figure, kind, approx, forecast, sentence, said_by, pattern = row[:17]
    value, unit, base_value, base_unit, *period = figure
    return Metric(
        name,
        _citation(row[17:]),
        subject,
        indicator,
        Quantity(_read_number(value), unit, _read_number(base_value), base_unit),
        _period(*period),
        _KINDS[kind],
        approx,
        bool(forecast),
        sentence,
        said_by,
        pattern,
    )


def read_issue(row: Cells) -> Issue:
    """Return the issue of a row of its name, title and date."""
    return _issue(*row)


@lru_cache(_REMEMBERED)
def _issue(name: str, title: str, published: str | None) -> Issue:
    return Issue(name, title, _read_date(published))


@lru_cache(_REMEMBERED)
def _period(label: str | None, start: str | None, end: str | None) -> Period:
    return Period(label, _read_date(start), _read_date(end))


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _write_number(number: Number) -> str:
    ends = number if isinstance(number, tuple) else (number,)
    return " ".join(str(end) for end in ends)


def _read_number(text: str) -> Number:
    if " " not in text:
        return Decimal(text)
    first, last = text.split(" ")
    return Decimal(first), Decimal(last)
