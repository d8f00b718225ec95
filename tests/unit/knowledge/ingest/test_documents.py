"""Small documents of our own and what has to come of them, side by side in tests/data/ingest."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.ingest import Source, read_source
from knowledge.model import Article

DATA = Path(__file__).parents[3] / "data" / "ingest"
DOCUMENTS = sorted(path for path in DATA.iterdir() if not path.name.endswith(".expected.json"))


def as_json(source: Source) -> dict[str, Any]:
    return {
        "issues": [[issue.id, issue.title, iso(issue.published)] for issue in source.issues],
        "notes": list(source.notes),
        "articles": [article_as_json(article) for article in source.articles],
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def article_as_json(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "section": article.section,
        "page": article.page,
        "issue": article.issue.id,
        "published": iso(article.published),
        "url": article.url,
        "blocks": [[block.kind.value, block.text, block.page] for block in article.blocks],
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_reads_as_expected(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text(encoding="utf-8"))
    assert as_json(read_source(path, name=path.name)) == expected


@pytest.mark.parametrize("suffix", [".txt", ".md", ".jsonl"])
def test_every_plain_format_has_a_document(suffix: str) -> None:
    assert any(path.suffix == suffix for path in DOCUMENTS)
