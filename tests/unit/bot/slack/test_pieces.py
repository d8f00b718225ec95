"""Cutting texts where a reader would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.pieces import cut, escape, size
from handlers.reply import Span, Style, Text


def pieces(value: str, limit: int, *spans: Span) -> list[str]:
    return [piece.value for piece in cut(Text(value, spans), limit)]


@pytest.mark.parametrize(
    ("value", "limit", "parts"),
    [
        ("短", 10, ["短"]),
        ("一二三四\n五六，七。八九", 9, ["一二三四", "五六，七。八九"]),
        ("一二三四五。六七，八九十", 9, ["一二三四五。", "六七，八九十"]),
        ("他说：“一二三四。”五六七八", 11, ["他说：“一二三四。”", "五六七八"]),
        ("一二三四五，六七八九十", 9, ["一二三四五，", "六七八九十"]),
        ("one two three four", 9, ["one two", "three", "four"]),
        ("增长12,252亿元", 6, ["增长", "12,252", "亿元"]),
        ("一二三四5G基站", 5, ["一二三四", "5G基站"]),
        ("一二三四五六七八", 3, ["一二三", "四五六", "七八"]),
        ("x" * 7, 3, ["xxx", "xxx", "x"]),
        ("&" * 7, 15, ["&&&", "&&&", "&"]),
        ("ab👍🏽cd", 3, ["ab", "👍🏽", "cd"]),
        ("   \n", 2, []),
    ],
)
def test_a_cut_falls_at_the_best_edge(value: str, limit: int, parts: list[str]) -> None:
    assert pieces(value, limit) == parts


def test_a_link_is_not_cut_in_two() -> None:
    assert pieces("一二三四五 六七八", 7, Span(4, 8, Style.LINK, "https://x")) == ["一二三四", "五 六七八"]


def test_a_link_longer_than_a_part_is_a_link_in_each() -> None:
    parts = list(cut(Text("一二三四五六", (Span(0, 6, Style.LINK, "https://x"),)), 4))
    assert [part.spans for part in parts] == [
        (Span(0, 4, Style.LINK, "https://x"),),
        (Span(0, 2, Style.LINK, "https://x"),),
    ]


def test_spans_move_with_their_words() -> None:
    parts = list(cut(Text("一二三。 四五六", (Span(2, 7, Style.BOLD),)), 6))
    bold = ["".join(part.value[span.start : span.end] for span in part.spans) for part in parts]
    assert ([part.value for part in parts], bold) == (["一二三。", "四五六"], ["三。", "四五"])


@given(st.text(alphabet="ab汉&<>，。 \n👍🏽1.", max_size=300), st.integers(10, 60))
def test_nothing_but_white_space_is_lost_and_every_part_fits(value: str, limit: int) -> None:
    parts = pieces(value, limit)
    assert "".join("".join(parts).split()) == "".join(value.split())
    assert all(0 < size(part) <= limit for part in parts)


def test_escaping_leaves_no_control_character() -> None:
    assert escape("<!here> & 'x'") == "&lt;!here&gt; &amp; 'x'"
