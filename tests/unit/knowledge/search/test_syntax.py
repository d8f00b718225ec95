from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.phrase import phrase_pattern
from knowledge.search.syntax import Operator, month_of, read_syntax


def taken_apart(query: str) -> tuple[str, list[tuple[str, str]]]:
    typed = read_syntax(query)
    return " ".join(typed.words.split()), [(term.operator.value, term.value) for term in typed.terms]


@pytest.mark.parametrize(
    "query", ["“数字经济”", '"数字经济"', "「数字经济」", "『數字經濟』", "＂数字经济＂", " “ 数字经济 ” "]
)
def test_quotes_of_any_kind_make_a_phrase(query: str) -> None:
    assert taken_apart(query) == ("", [("phrase", "数字经济")])


@pytest.mark.parametrize(
    "query", ["半导体 -日本", "半导体 －日本", "半导体 NOT 日本", "半导体 -“日本”", "-日本 半导体"]
)
def test_a_minus_before_a_word_leaves_it_out(query: str) -> None:
    assert taken_apart(query) == ("半导体", [("without", "日本")])


@pytest.mark.parametrize(
    ("query", "term"),
    [
        ("栏目:技术情报", ("section", "技术情报")),
        ("栏目：技术情报", ("section", "技术情报")),
        ("Section: “海外 借鉴”", ("section", "海外 借鉴")),
        ("期:2021-12", ("issue", "2021-12")),
        ("地区:河北", ("region", "河北")),
        ("2021-12", ("month", "2021-12")),
        ("2021年12月", ("month", "2021年12月")),
    ],
)
def test_fields_and_months_are_operators_beside_words(query: str, term: tuple[str, str]) -> None:
    assert taken_apart(f"芯片 {query}") == ("芯片", [term])
    assert taken_apart(f"{query} 芯片") == ("芯片", [term])


@pytest.mark.parametrize(
    "query",
    [
        "“没有关上", "关上了”没有打开", "“”", "「 」", "栏目:", "期：", "- 减号", "增速 -5%", "2019 -2020",
        "log4j-core", "——芯片", "2021-12-22", "2021-13", "2021年12月底的基站", "上海 2021年1-11月",
        "not only chips", "AND OR NOT", "-芯片", "NOT 芯片",
    ],
)  # fmt: skip
def test_what_is_no_operator_is_words(query: str) -> None:
    words, terms = taken_apart(query)
    assert not terms
    assert words == " ".join(words.split()) != ""


def test_an_exclusion_alone_is_a_word() -> None:
    assert taken_apart("-芯片") == ("-芯片", [])


@pytest.mark.parametrize(
    ("text", "month"),
    [("2021-12", (2021, 12)), ("2021/1", (2021, 1)), ("2021年09月号", (2021, 9)), ("2021-00", None)],
)
def test_months_are_read_in_every_form(text: str, month: tuple[int, int] | None) -> None:
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("5g基站", "建成 5g 基站百万个", True),
        ("5g 基站", "建成5g基站百万个", True),
        ("data center", "the data  center market", True),
        ("data center", "datacenter", False),
        ("ic", "logic", False),
        ("10", "2010年", False),
        ("“芯”难求", "一“芯”难求", True),
        ("一芯难求", "一“芯”难求", False),
        ("前后", "前\n后", False),
    ],
)
def test_a_phrase_stands_in_a_text_but_for_spaces_beside_chinese(phrase: str, text: str, found: bool) -> None:
    assert bool(phrase_pattern(phrase).search(text)) is found


PIECES = [
    "“",
    "”",
    '"',
    "「",
    "」",
    "-",
    "－",
    "NOT ",
    "栏目:",
    "期：",
    "地区:",
    "section:",
    "2021-12",
    " ",
    "\n",
    "河北",
    "5g",
    "芯",
    "\u202e",
    ":",
    "\\",
]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=60).map("".join))
def test_every_letter_typed_is_in_a_term_or_in_the_words(query: str) -> None:
    typed = read_syntax(query)
    for term in typed.terms:
        assert term.operator in Operator
        phrase_pattern(term.value).search(typed.words)
    if not typed.terms:
        assert [c for c in typed.words if c.isalnum()] or not any(c.isalnum() for c in query)
