from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.alternatives import Alternatives
from knowledge.metrics.figures import fold_width
from knowledge.metrics.tables import load_table

RULES = load_table("figures")["rule"]
TEXTS = [text for rule in RULES for text in (*rule["examples"], *rule.get("counter_examples", ()))]


def spans(expressions: Sequence[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer("|".join(f"(?:{each})" for each in expressions), text)]


def test_they_find_what_one_expression_of_all_of_them_finds() -> None:
    expressions = [rule["pattern"] for rule in RULES]
    alternatives = Alternatives.of(expressions)

    for text in map(fold_width, TEXTS):
        assert [match.span() for match in alternatives.find(text)] == spans(expressions, text)


@given(text=st.text(alphabet="甲乙丙1٣，"))
def test_the_first_that_fits_is_taken_and_none_overlaps_another(text: str) -> None:
    expressions = ["甲乙", "甲", r"(?<!\d)\d{1,2}甲?", r"[乙丙]+1", "1"]

    assert [match.span() for match in Alternatives.of(expressions).find(text)] == spans(expressions, text)


def test_an_expression_that_can_begin_with_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="anything"):
        Alternatives.of(["甲", "[^乙]甲"])
