from __future__ import annotations

import pytest

from knowledge.library import Library
from knowledge.search.lexicon import load_lexicon
from knowledge.search.separable import join_separated

WORDS = {"扩产", "涨价", "吃饭", "见面"}
WRITTEN = {"价格", "产量", "过产"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("没扩成产", "没扩产"),
        ("扩不成产吗", "扩产吗"),
        ("吃完饭见了面", "吃饭见面"),
        ("涨了价", "涨价"),
        ("涨了价格", "涨了价格"),
        ("扩过产", "扩过产"),
        ("买成芯", "买成芯"),
        ("a了b", "a了b"),
    ],
)
def test_a_verb_and_its_object_are_one_word_again(typed: str, read: str) -> None:
    parted = load_lexicon().parted
    assert join_separated(typed, parted, WRITTEN.__contains__, WORDS.__contains__) == read


def test_a_parted_word_finds_what_the_whole_one_does(library: Library) -> None:
    answer = library.answer("芯源微怎么没收成购")
    assert answer.read_as is None
    assert [hit.article.title for hit in answer.hits] == ["瀚澜控股收购芯源微被问询"]
