"""Sentences of energy, shipping, banking, medicine, farming, trade and more, each with all its figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.metrics.cast import cast_of
from knowledge.metrics.lines import read_lines
from knowledge.metrics.reading import Fact, Memory, read_facts

PUBLISHED = date(2024, 3, 15)
TABLE = Path(__file__).parents[3] / "data" / "metrics" / "sentences.txt"


def examples() -> Iterator[list[str]]:
    for block in TABLE.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            yield lines


def shown(fact: Fact) -> str:
    value = fact.quantity.value
    number = "-".join(map(str, value)) if isinstance(value, tuple) else str(value)
    kind = f"{fact.kind}{' F' if fact.forecast else ''}"
    columns = (
        fact.whose.name,
        fact.indicator,
        f"{number}{fact.quantity.unit}",
        fact.period.label or "",
        kind,
    )
    return " | ".join(columns).strip()


@pytest.mark.parametrize("lines", list(examples()), ids=lambda lines: lines[0])
def test_every_figure_of_a_sentence_is_read_as_the_table_says(lines):
    sentence, *figures = lines
    ((line,),) = lines = read_lines((sentence,))
    facts, _ = read_facts(line, cast_of("", (sentence,), lines), PUBLISHED, Memory())

    assert [shown(fact) for fact in facts] == [figure.strip() for figure in figures]
