"""Articles of other industries and other years than the sentences, whose figures lean on each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from knowledge.metrics import extract_metrics
from knowledge.model import Article, Block, BlockKind, Issue, Metric

TABLE = Path(__file__).parents[3] / "data" / "metrics" / "articles.txt"
ENOUGH = 0.5  # of the characters' pairs that an indicator shares with the name that an analyst gives it


class Expected(NamedTuple):
    """What stands below a paragraph."""

    subject: str
    indicator: str
    rest: tuple[str, ...]


def examples() -> Iterator[tuple[str, date, list[str]]]:
    for block in TABLE.read_text(encoding="utf-8").split("@ ")[1:]:
        head, *lines = block.rstrip().splitlines()
        title, published = head.split(" | ")
        yield title, date.fromisoformat(published), lines


def expected_of(line: str) -> Expected:
    subject, indicator, *rest = (part.strip() for part in f" {line}".split(" | "))
    return Expected(subject, indicator, tuple(rest))


def rest_of(metric: Metric) -> tuple[str, ...]:
    value = metric.quantity.value
    number = "-".join(map(str, value)) if isinstance(value, tuple) else str(value)
    kind = f"{metric.kind}{' F' if metric.forecast else ''}"
    return f"{number}{metric.quantity.unit}", metric.period.label or "", kind


def pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}


def is_called(metric: Metric, expected: Expected) -> bool:
    """Tell whether an indicator, alone or with its subject, is about what an analyst calls it."""
    one, other = metric.indicator, expected.indicator
    if one in other or other in one:
        return True
    joined = pairs(metric.subject + one), pairs(expected.subject + other)
    return any(2 * len(a & b) >= ENOUGH * (len(a) + len(b)) for a, b in ((pairs(one), pairs(other)), joined))


def read(title: str, published: date, lines: list[str]) -> tuple[Metric, ...]:
    paragraphs = [line for line in lines if not line.startswith(" ")]
    blocks = tuple(Block(BlockKind.PARAGRAPH, text, page) for page, text in enumerate(paragraphs))
    return extract_metrics(Article("a", title, "产业环境", 0, Issue("i", "月报", published), blocks))


@pytest.mark.parametrize(("title", "published", "lines"), list(examples()), ids=lambda part: str(part)[:20])
def test_every_figure_that_stands_below_a_paragraph_is_read_from_it(title, published, lines):
    metrics = read(title, published, lines)
    page, missing = -1, []

    for line in lines:
        if not line.startswith(" "):
            page += 1
            continue
        expected = expected_of(line)
        same = [
            metric
            for metric in metrics
            if (metric.subject, rest_of(metric)) == (expected.subject, expected.rest)
            and metric.citation.page == page
        ]
        if not any(is_called(metric, expected) for metric in same):
            missing.append(line.strip())

    assert missing == []
