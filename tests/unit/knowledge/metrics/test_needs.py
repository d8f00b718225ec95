from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.metrics.figures import fold_width
from knowledge.metrics.needs import DIGIT, EDGE, Needs, needs_of, outline
from knowledge.metrics.patterns import load_patterns
from knowledge.metrics.sentence import read_sentence
from knowledge.metrics.shortlist import Shortlist, bits_of
from knowledge.metrics.tables import load_table

PUBLISHED = date(2021, 12, 22)
EXPRESSIONS = (
    "(?:甲|乙丙)$", "甲(?:乙|丙)?$", "甲{0,3}乙?$", "(?:^|[，（])约?$", "(?<=[甲乙])丙+$",
    "甲(?!乙)(?=丙)丙$", "(?P<a>甲|乙)[^，]{0,3}$", "^(?:甲|$)", "^[甲乙]?丙", "[一-三]{2}乙", r"\d甲|乙",
    "(?:甲?){2}乙", "甲|", "甲*?乙", "(?i:a)b", "(甲)?(?(1)乙|丙)", r"\b甲", "[^甲]乙$", ".乙$",
)  # fmt: skip
LETTERS = st.text(alphabet="甲乙丙一二aAb，（约5٣\n", max_size=6)


def meets(text: str, needs: Needs, start: int) -> bool:
    """Tell whether a text with a match from `start` meets the needs of its expression."""
    first, last = text[start : start + 1], text[-1:]
    digit = first.isdecimal() and DIGIT in (needs.first or ())
    return (
        (needs.first is None or first in needs.first or digit)
        and (needs.last is None or last in needs.last)
        and (needs.some is None or DIGIT in needs.some or not needs.some.isdisjoint(text))
    )


@pytest.mark.parametrize("expression", EXPRESSIONS)
@given(text=LETTERS)
@settings(max_examples=200)
def test_any_text_with_a_match_meets_the_needs(expression: str, text: str) -> None:
    if match := re.search(expression, text):
        assert meets(text, needs_of(expression), match.start())


@pytest.mark.parametrize(
    ("expression", "needs"),
    [
        ("(?:甲|乙丙)$", Needs(frozenset("甲乙"), frozenset("甲丙\n"), frozenset("甲乙"))),
        ("甲(?:乙|丙)?$", Needs(frozenset("甲"), frozenset("甲乙丙\n"), frozenset("甲"))),
        (
            "(?:^|，)约?$",
            Needs(frozenset(("，", "约", "\n", EDGE)), frozenset(("，", "约", "\n", EDGE)), None),
        ),
        ("^的?(?:甲|乙)", Needs(frozenset("的甲乙"), None, frozenset("甲乙"))),
        (r"(?<!甲)\d个", Needs(frozenset((DIGIT,)), None, frozenset((DIGIT,)))),
        ("(?=[甲乙]).丙", Needs(frozenset("甲乙"), None, frozenset("丙"))),
        ("[^甲]*", Needs()),
    ],
)
def test_needs_are_as_narrow_as_the_expression_tells(expression: str, needs: Needs) -> None:
    assert needs_of(expression) == needs


@pytest.mark.parametrize(
    "expression",
    [
        "甲乙|丙",
        "(?:甲|乙丙)?",
        "[^甲]乙",
        "(?<!甲)(?:乙|丙)[^丁]{0,3}",
        *load_table("patterns")["fragments"].values(),
    ],
)
def test_an_outline_needs_what_the_expression_does_in_any_place(expression: str) -> None:
    for before, after in (("", ""), ("子", ""), ("", "丑"), ("子?", "丑?")):
        whole, short = (f"{before}(?:{each}){after}$" for each in (expression, outline(expression)))
        assert needs_of(short) == needs_of(whole)


def places() -> list[tuple[str, str]]:
    """What stands before and after each place of the examples of all rules."""
    rules = load_table("patterns")["rule"]
    texts = [each["text"] for rule in rules for each in rule["examples"]]
    texts += [text for rule in rules for text in rule.get("counter_examples", ())]
    views = [read_sentence(fold_width(text), PUBLISHED).view for text in texts]
    return [(view[:at], view[at:]) for view in views for at in range(len(view) + 1)]


def test_a_shortlist_leaves_out_no_rule_that_fits() -> None:
    sides = [(pattern.left, pattern.right) for pattern in load_patterns()]
    shortlist, every = Shortlist.of(sides), bits_of(range(len(sides)))
    rules = [(number, re.compile(left), re.compile(right)) for number, (left, right) in enumerate(sides)]
    fitting = kept = 0

    for before, after in places():
        found = shortlist.find(before, after, every)
        fits = {number for number, left, right in rules if left.search(before) and right.match(after)}
        assert fits <= set(found)
        fitting, kept = fitting + len(fits), kept + len(found)

    assert fitting
    assert kept < 3 * fitting


def test_a_shortlist_is_in_order_and_only_of_those_that_are_asked_for() -> None:
    shortlist = Shortlist.of([("甲$", "^"), ("$", "^乙"), ("丙.*$", "^"), ("甲$", "^")])

    assert shortlist.find("丙甲", "乙", 0b1111) == (0, 1, 2, 3)
    assert shortlist.find("丙甲", "丁", 0b1101) == (0, 2, 3)
    assert shortlist.find("", "乙", 0b1111) == (1,)
