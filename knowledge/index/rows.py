"""How values lie in the catalog: a table's columns, and a row from a value and back."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

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
    published TEXT, url TEXT, blocks TEXT NOT NULL, folded TEXT NOT NULL);
CREATE TABLE metric (
    number INTEGER PRIMARY KEY, source INTEGER NOT NULL, id TEXT NOT NULL, article_id TEXT NOT NULL,
    subject TEXT NOT NULL, indicator TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL,
    base_value TEXT NOT NULL, base_unit TEXT NOT NULL, period TEXT, start TEXT, end TEXT, kind TEXT NOT NULL,
    approx TEXT, forecast INTEGER NOT NULL, sentence TEXT NOT NULL, said_by TEXT, pattern TEXT NOT NULL);
CREATE TABLE word (
    number INTEGER PRIMARY KEY, word TEXT NOT NULL, articles INTEGER NOT NULL, sound TEXT NOT NULL,
    initials TEXT NOT NULL);
CREATE TABLE retelling (number INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE VIEW citation AS
    SELECT number, id AS article_id, title, section, page, issue, issue_title, issue_published FROM article;
CREATE VIEW cited_metric AS
    SELECT metric.*, title, section, page, issue, issue_title, issue_published
    FROM metric JOIN article ON article.id = metric.article_id;
"""
INDEXES = """
CREATE INDEX article_source ON article (source);
CREATE INDEX metric_source ON metric (source);
CREATE INDEX article_issue ON article (issue);
CREATE INDEX article_section ON article (section);
CREATE INDEX metric_article ON metric (article_id);
CREATE INDEX word_sound ON word (sound);
CREATE INDEX word_initials ON word (initials);
"""
Row = dict[str, Any]
_REMEMBERED = 1 << 10


def article_row(article: Article, folded: str) -> Row:
    """Return the columns of an article; `folded` is its title and blocks folded, one a line."""
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
        "blocks": json.dumps([[b.kind.value, b.text, b.page] for b in article.blocks], ensure_ascii=False),
        "folded": folded,
    }


def read_article(row: Row | sqlite3.Row) -> Article:
    """Return the article of a row."""
    return Article(
        id=row["id"],
        title=row["title"],
        section=row["section"],
        page=row["page"],
        issue=read_issue(row),
        blocks=tuple(Block(BlockKind(kind), text, page) for kind, text, page in json.loads(row["blocks"])),
        published=_read_date(row["published"]),
        url=row["url"],
    )


def read_citation(row: sqlite3.Row) -> Citation:
    """Return where the article of a row stands."""
    return Citation(row["article_id"], row["title"], row["section"], row["page"], read_issue(row))


def metric_row(metric: Metric) -> Row:
    """Return the columns of a metric."""
    quantity, period = metric.quantity, metric.period
    return {
        "id": metric.id,
        "article_id": metric.citation.article_id,
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


def read_metric(row: sqlite3.Row) -> Metric:
    """Return the metric of a row that also has the columns of its article's citation."""
    return Metric(
        id=row["id"],
        citation=read_citation(row),
        subject=row["subject"],
        indicator=row["indicator"],
        quantity=Quantity(
            _read_number(row["value"]), row["unit"], _read_number(row["base_value"]), row["base_unit"]
        ),
        period=Period(row["period"], _read_date(row["start"]), _read_date(row["end"])),
        kind=Kind(row["kind"]),
        approx=row["approx"],
        forecast=bool(row["forecast"]),
        sentence=row["sentence"],
        source=row["said_by"],
        pattern=row["pattern"],
    )


def read_issue(row: Row | sqlite3.Row) -> Issue:
    """Return the issue of an article's row."""
    return _issue(row["issue"], row["issue_title"], row["issue_published"])


@lru_cache(_REMEMBERED)
def _issue(name: str, title: str, published: str | None) -> Issue:
    return Issue(name, title, _read_date(published))


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
