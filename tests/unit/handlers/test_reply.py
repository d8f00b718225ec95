from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reply import Span, Style, Text, button_row, compose, marked, styled


def test_stars_in_a_template_make_bold_and_stars_in_a_value_do_not():
    text = compose("**{title}** 第{page}页", title="*_**x**", page=3)
    assert text == Text("*_**x** 第3页", (Span(0, 7, Style.BOLD),))


def test_the_spans_of_a_value_move_with_it():
    text = compose("前{inner}后", inner=marked("命中", ((0, 1),)))
    assert text == Text("前命中后", (Span(1, 2, Style.BOLD),))


def test_the_spans_of_a_value_inside_bold_give_way():
    text = compose("**{inner}**", inner=styled("链接", Style.ITALIC))
    assert text.spans == (Span(0, 2, Style.BOLD),)


def test_an_empty_bold_part_leaves_no_span():
    assert compose("**{title}**x", title="").spans == ()


def test_a_name_without_a_value_is_an_error():
    with pytest.raises(KeyError):
        compose("{title}")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 issues"),
        (1, "1 issue"),
        (2, "2 issues"),
        ("1", "1 issue"),
        ("1,234", "1,234 issues"),
        ("a|b}", "a|b} issues"),
    ],
)
def test_a_word_goes_with_its_number(count: object, said: str) -> None:
    assert compose("{count} {count:issue|issues}", count=count).value == said


def test_a_word_that_goes_with_a_number_may_be_bold() -> None:
    text = compose("**{count} {count:issue|issues}** here", count=1)
    assert text == Text("1 issue here", (Span(0, 7, Style.BOLD),))


@given(st.text(), st.text())
def test_values_come_through_letter_by_letter(left, right):
    text = compose("{left}|**{right}**", left=left, right=right)
    assert text.value == f"{left}|{right}"
    assert "".join(piece for piece, _, _ in text.runs()) == text.value


def test_runs_cut_a_text_at_its_spans():
    text = Text("abcd", (Span(1, 2, Style.BOLD), Span(2, 3, Style.LINK, "https://x")))
    assert list(text.runs()) == [
        ("a", None, None), ("b", Style.BOLD, None), ("c", Style.LINK, "https://x"), ("d", None, None)
    ]  # fmt: skip


def test_no_text_has_no_style_and_no_buttons_no_row():
    assert styled("", Style.DIM) == Text("")
    assert button_row() == ()
