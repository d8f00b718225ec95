from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.paging import open_page, read_page, turn_buttons
from handlers.request import Language


@pytest.mark.parametrize(
    ("line", "text", "page"),
    [
        ("半导体 --page 2", "半导体", 2),
        ("半导体", "半导体", None),
        ("--page 3", "", 3),
        ("a --page 2 --page 3", "a --page 2", 3),
        ("a --page x", "a --page x", None),
        ("a --page 2 b", "a --page 2 b", None),
        ("a --page ²", "a --page ²", None),
        ("a --page 123456789", "a --page 123456789", None),
    ],
)
def test_a_page_is_read_off_the_end_of_a_line(line, text, page):
    assert read_page(line) == (text, page)


@given(st.text(max_size=60), st.integers(1, 9999))
def test_whatever_was_typed_comes_back_from_its_button(text, page):
    assert read_page(f"{text.strip()} --page {page}") == (text.strip(), page)


@given(st.integers(-5, 9999), st.integers(1, 20), st.integers(0, 500))
def test_an_opened_page_always_exists(wanted, size, total):
    pages = open_page(wanted, size, total)
    entries = range(total)
    assert 1 <= pages.number <= pages.count
    assert len(pages.of(entries)) <= size
    assert bool(pages.of(entries)) == bool(total)


def test_pages_together_hold_every_entry_once():
    pages = [open_page(number, 7, 40) for number in range(1, 7)]
    assert [entry for page in pages for entry in page.of(range(40))] == list(range(40))


def test_only_pages_that_exist_have_buttons():
    turns = [turn_buttons("contents", open_page(number, 1, 3), Language.ZH) for number in (1, 2, 3)]
    assert [[button.label for button in buttons] for buttons in turns] == [
        ["下一页"],
        ["上一页", "下一页"],
        ["上一页"],
    ]
    assert turns[1][1].action == "contents --page 3"
