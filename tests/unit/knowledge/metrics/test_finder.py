from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics.finder import Finder

words = st.text(alphabet="甲乙丙丁", min_size=2, max_size=4)


def found(finder: Finder, text: str) -> list[str]:
    return [text[start:end] for start, end in finder.find(text)]


def test_the_longest_word_at_a_place_is_found_and_none_that_overlaps_it() -> None:
    finder = Finder.of(["江苏", "江苏省", "省会", "会议室"])
    assert found(finder, "江苏省会议室在江苏") == ["江苏省", "会议室", "江苏"]


def test_the_word_at_a_place_is_measured() -> None:
    finder = Finder.of(["江苏", "江苏省"])
    assert [finder.length_at("在江苏省", start) for start in range(4)] == [0, 3, 0, 0]
    assert finder.length_at("江苏", 0) == 2


def test_a_word_of_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="one character"):
        Finder.of(["江苏", "苏"])


@given(known=st.sets(words, min_size=1), text=st.text(alphabet="甲乙丙丁戊"))
def test_it_finds_what_a_regular_expression_finds(known: set[str], text: str) -> None:
    longest_first = "|".join(sorted(known, key=len, reverse=True))
    assert found(Finder.of(known), text) == re.findall(longest_first, text)
