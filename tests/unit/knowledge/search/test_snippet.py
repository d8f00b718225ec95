from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.normalize import fold
from knowledge.search.snippet import LONGEST_SNIPPET, mark, original_ranges, sentence_around

TEXT = "第一句讲别的。第二句讲芯片和设备！第三句又讲芯片。"


def shown(text: str, *words: str) -> tuple[str, list[str]]:
    ranges = [
        (place, place + len(word))
        for word in words
        for place in range(len(text))
        if text.startswith(word, place)
    ]
    found = sentence_around(text, sorted(ranges))
    return found.value, [found.value[start:end] for start, end in found.spans]


def test_the_sentence_with_most_of_the_words_is_shown() -> None:
    assert shown(TEXT, "芯片", "设备") == ("第二句讲芯片和设备！", ["芯片", "设备"])


def test_the_first_sentence_is_shown_where_no_word_stands() -> None:
    assert shown(TEXT) == ("第一句讲别的。", [])


def test_a_long_sentence_is_cut_around_the_word() -> None:
    value, marked = shown("前" * 500 + "芯片" + "后" * 500, "芯片")
    assert marked == ["芯片"]
    assert value.startswith("……")
    assert value.endswith("……")
    assert len(value) <= LONGEST_SNIPPET + 4


def test_touching_and_overlapping_ranges_are_joined() -> None:
    assert mark("abcdef", [(2, 4), (0, 2), (3, 5), (5, 5)]).spans == ((0, 5),)


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("半導體產業", "半导体", "半導體"),
        ("共㎞五公里", "五公里", "五公里"),
        ("ＡＩ芯片…增长", "增长", "增长"),
        ("ﬁber", "ib", "ﬁb"),
    ],
)
def test_a_match_in_folded_text_is_shown_as_written(text: str, word: str, written: str) -> None:
    place = fold(text).index(word)
    ((start, end),) = original_ranges(text, len(fold(text)), [(place, place + len(word))])
    assert text[start:end] == written


@given(text=st.text(max_size=60), data=st.data())
def test_any_range_of_folded_text_stays_inside_the_original(text: str, data: st.DataObject) -> None:
    length = len(fold(text))
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    for low, high in original_ranges(text, length, [(start, end)] if end > start else []):
        assert 0 <= low <= high <= len(text)
