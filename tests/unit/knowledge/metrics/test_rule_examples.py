"""Every rule is tried with the examples that stand beside it in the tables."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.metrics.cast import Cast
from knowledge.metrics.figures import find_figures, fold_width
from knowledge.metrics.lines import read_line
from knowledge.metrics.period import find_times
from knowledge.metrics.reading import Fact, Memory, read_facts
from knowledge.metrics.sentence import read_sentence
from knowledge.metrics.tables import load_table

PUBLISHED = date(2021, 12, 22)


def read(text: str) -> tuple[Fact, ...]:
    return read_facts(read_line(text), Cast(), PUBLISHED, Memory())[0]


def shown(fact: Fact) -> list[str]:
    value = fact.quantity.value
    assert not isinstance(value, tuple)
    return [fact.indicator, f"{value}{fact.quantity.unit}", fact.kind.value]


def rules(table: str, field: str) -> list:
    return [
        pytest.param(rule, example, id=f"{rule['name']}-{n}")
        for rule in load_table(table)["rule"]
        for n, example in enumerate(rule.get(field, ()))
    ]


@pytest.mark.parametrize(("rule", "example"), rules("patterns", "examples"))
def test_a_pattern_reads_each_figure_of_its_examples(rule, example):
    facts = read(example["text"])

    assert [shown(fact) for fact in facts] == example["figures"]


@pytest.mark.parametrize("rule", load_table("patterns")["rule"], ids=lambda rule: rule["name"])
def test_a_pattern_is_the_one_that_reads_a_figure_of_its_examples(rule):
    used = {fact.pattern for example in rule["examples"] for fact in read(example["text"])}

    assert rule["name"] in used


@pytest.mark.parametrize(("rule", "example"), rules("patterns", "counter_examples"))
def test_a_counter_example_of_a_pattern_has_no_figure(rule, example):
    assert read(example) == ()


@pytest.mark.parametrize(("rule", "example"), rules("figures", "examples"))
def test_what_looks_like_a_figure_and_is_none_gives_none(rule, example):
    assert read_sentence(fold_width(example), PUBLISHED).figures == ()


@pytest.mark.parametrize(("rule", "example"), rules("figures", "counter_examples"))
def test_a_counter_example_of_what_is_no_figure_is_one(rule, example):
    assert len(find_figures(fold_width(example))) == 1


@pytest.mark.parametrize(("rule", "example"), rules("periods", "examples"))
def test_a_time_expression_is_resolved_as_its_example_says(rule, example):
    times = find_times(example["text"], example.get("published", PUBLISHED))

    assert [(time.period.label, time.period.start, time.period.end) for time in times] == [
        (example["label"], example.get("start"), example.get("end"))
    ]


@pytest.mark.parametrize("example", load_table("figures")["threshold"]["examples"], ids=lambda e: e["text"])
def test_a_threshold_belongs_to_the_name_of_what_is_counted(example):
    assert [shown(fact) for fact in read(example["text"])] == example["figures"]


@pytest.mark.parametrize("example", load_table("lists")["example"], ids=lambda example: example["text"])
def test_a_list_deals_its_figures_out_in_order(example):
    assert [shown(fact) for fact in read(example["text"])] == example["figures"]
