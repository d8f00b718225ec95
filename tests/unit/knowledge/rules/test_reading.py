from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.rules.expression import AllOf, AnyOf, Expression, Leaf, Not, Scope, is_sound, text_of
from knowledge.rules.reading import DEEPEST, MOST_LEAVES, Problem, Trouble, is_rule, read_expression

CHIPS, AID, MONEY, PHONES = Leaf("半导体"), Leaf("补贴"), Leaf("投资"), Leaf("手机")
EXAMPLE = AllOf((CHIPS, AnyOf((AID, MONEY)), Not(PHONES)))


def read(line: str) -> Expression:
    expression = read_expression(line)
    assert not isinstance(expression, Problem), expression
    return expression


def trouble(line: str) -> tuple[Trouble, str]:
    problem = read_expression(line)
    assert isinstance(problem, Problem), problem
    return problem.trouble, problem.detail


@pytest.mark.parametrize(
    "line",
    [
        "半导体 AND (补贴 OR 投资) -手机",
        "半导体 且 （补贴 或 投资） 非 手机",
        "半导体 与 (补贴 或者 投资) NOT 手机",
        "半导体 && (补贴||投资) !手机",
        "半导体 + (补贴|投资) －手机",
        "半導體 AND （補貼 OR 投資） −手機",
        "半导体且（补贴或投资）非 手机",
        "半导体+（补贴｜投资）-手机",
        "-手机 AND 半导体 (补贴 OR 投资)",
        "((半导体)) AND ((补贴) OR 投资 OR 补贴) NOT NOT NOT 手机",
        "半导体 AND (补贴 OR 投资) -手机 -手机",
    ],
)
def test_one_rule_is_read_however_it_is_written(line: str) -> None:
    assert read(line) == EXAMPLE
    assert text_of(read(line)) == "半导体 AND (补贴 OR 投资) -手机"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("半导体 AND 补贴 OR 投资", "(半导体 AND 补贴) OR 投资"),
        ("甲 OR 乙 AND 丙", "甲 OR (乙 AND 丙)"),
        ("甲 OR 乙 -丙", "(甲 OR 乙) -丙"),
        ("甲 OR 乙 NOT 丙 -丁", "(甲 OR 乙) -丙 -丁"),
        ("甲 OR 乙 AND NOT 丙", "甲 OR (乙 -丙)"),
        ("甲 -丙 OR 乙", "(甲 -丙) OR 乙"),
        ("甲 OR (乙 -丙)", "甲 OR (乙 -丙)"),
        ("甲 OR 乙 -丙 丁", "甲 OR (乙 AND 丁 -丙)"),
        ("甲 -(乙 OR 丙)", "甲 -(乙 OR 丙)"),
        ("甲 -(乙 AND 丙)", "甲 -(乙 AND 丙)"),
        ("semiconductor AND Taiwan Strait", "semiconductor AND Taiwan Strait"),
        ("甲 -(Taiwan Strait)", "甲 -(Taiwan Strait)"),
        ("“芯片 短缺” AND 5G", '"芯片 短缺" AND 5G'),
        ("「芯片」 OR 『5G』", '"芯片" OR "5G"'),
        ("栏目:技术情报", "栏目:技术情报"),
        ("板块： 技术情报 地区：河北", "栏目:技术情报 AND 地区:河北省"),
        ("section:“tech news” -title:phone", '栏目:"tech news" -标题:phone'),
        ("5G+ OR C++", "5G+ OR C++"),
        ("增速 AND -3%", "增速 AND -3%"),
        ("增速 -(-3%)", "增速 -(-3%)"),
        ("AT&T OR R&D", "AT&T OR R&D"),
        ("新能源+储能", "新能源 AND 储能"),
        ("(半导体)", "半导体"),
    ],
)
def test_the_text_of_a_rule_says_how_it_was_understood(line: str, text: str) -> None:
    assert text_of(read(line)) == text
    assert read(text) == read(line)


@pytest.mark.parametrize(
    "line",
    [
        "半导体",
        "河北 数字经济",
        "参与",
        "非洲",
        "或许",
        "而且如此",
        "5G+",
        "C++",
        "AT&T",
        "中国 - 东盟",
        "比亚迪：新车",
        "半导体、芯片",
        "-3%",
        "",
        "and or not",
        "12:30",
        "抑或如此",
    ],
)
def test_plain_words_are_no_rule(line: str) -> None:
    assert not is_rule(line)


@pytest.mark.parametrize(
    "line", ["半导体 -手机", "(半导体", "“半导体”", "栏目:技术", "甲 OR", "半导体或芯片", "NOT", "+半导体"]
)
def test_any_sign_of_a_rule_is_noticed(line: str) -> None:
    assert is_rule(line)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", (Trouble.NO_WORDS, "")),
        ("半导体 AND", (Trouble.NO_WORDS, "AND")),
        ("半导体 OR OR 补贴", (Trouble.NO_WORDS, "OR")),
        ("()", (Trouble.NO_WORDS, ")")),
        ("地区:某某 AND 半导体", (Trouble.NO_REGION, "某某")),
        ("(半导体 OR 补贴", (Trouble.NOT_CLOSED, "补贴")),
        ("半导体)", (Trouble.NOT_OPENED, ")")),
        ("半导体 AND “补贴", (Trouble.QUOTE, "“")),
        ("-手机", (Trouble.NOTHING_WANTED, "")),
        ("半导体 OR -手机", (Trouble.NOTHING_WANTED, "")),
        ("-手机 OR 半导体", (Trouble.NOTHING_WANTED, "")),
        ("半导体 -(-手机 OR 补贴)", (Trouble.NOTHING_WANTED, "")),
        ("作者:张三 AND 半导体", (Trouble.NO_FIELD, "作者")),
        ("半导体 AND (补贴、投资)", (Trouble.COMMA, "、")),
        ("半导体 AND 补贴，投资", (Trouble.COMMA, ",")),
        ("半导体 - 手机 AND 补贴", (Trouble.DASH, "-")),
        ("半导体 AND “…”", (Trouble.NO_WORDS, "...")),
        ("栏目:", (Trouble.NO_WORDS, "栏目")),
        ("半导体 AND " + "长" * 41, (Trouble.WORDS_TOO_LONG, "长" * 41)),
        ("x " * 3_000, (Trouble.TOO_LONG, "6000")),
        (" OR ".join(f"词{n}" for n in range(33)), (Trouble.TOO_MANY, "33")),
        ("(" * 9 + "词" + ")" * 9, (Trouble.TOO_DEEP, "")),
        ("(" * 4_000, (Trouble.TOO_DEEP, "")),
        ("-" * 4_000, (Trouble.DASH, "-")),
    ],
)
def test_what_is_not_understood_is_named_and_not_guessed(line: str, problem: tuple[Trouble, str]) -> None:
    assert trouble(line) == problem


def test_the_limits_can_be_reached() -> None:
    most = " OR ".join(f"词{n}" for n in range(MOST_LEAVES))
    assert text_of(read(most)) == most
    deep = "词"
    for number in range(DEEPEST):
        deep = f"甲{number} {('AND', 'OR')[number % 2]} ({deep} {('OR', 'AND')[number % 2]} 乙)"
    assert read(text_of(read(deep))) == read(deep)


PIECES = [
    "半导体",
    "補貼",
    "Taiwan",
    "5G+",
    "-3%",
    " ",
    " ",
    "(",
    ")",
    "（",
    "AND",
    "或",
    "非",
    "-",
    "!",
    "+",
    "|",
    "“",
    "”",
    '"',
    "栏目:",
    "标题：",
    "、",
    ",",
    "“芯”",
    "乾坤",
    "且",
    "&",
    "1,000",
    "ﬁ",
    "一",
]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_whatever_is_read_has_a_text_that_reads_back_as_the_same(line: str) -> None:
    expression = read_expression(line)
    if isinstance(expression, Problem):
        assert expression.trouble in Trouble
    else:
        assert is_sound(expression)
        assert read_expression(text_of(expression)) == expression
        assert text_of(read(text_of(expression))) == text_of(expression)


LEAVES = st.builds(
    Leaf, st.sampled_from(["半导体", "5G", "Taiwan Strait", "-3%", "AT&T"]), st.sampled_from(Scope)
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({') OR ('.join(map(as_text, parts))})")
        | st.lists(inner, min_size=2, max_size=3).map(
            lambda parts: f"({') AND ('.join(map(as_text, parts))})"
        )
        | inner.map(lambda part: f"-({as_text(part)})")
    ),
    max_leaves=12,
)


def as_text(part: Leaf | str) -> str:
    return part if isinstance(part, str) else text_of(part)


@given(EXPRESSIONS)
def test_rules_of_any_shape_read_back(part: Leaf | str) -> None:
    expression = read_expression(as_text(part))
    if not isinstance(expression, Problem):
        assert read_expression(text_of(expression)) == expression
