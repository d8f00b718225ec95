from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.tokens import initial_tokens, sound_tokens, text_tokens


def no_words(_: str) -> list[str]:
    return []


def test_characters_pairs_and_whole_latin_words_are_tokens() -> None:
    assert Counter(text_tokens("新基站", no_words)) == Counter(["新", "基", "站", "新基", "基站"])
    assert Counter(text_tokens("chip maker", no_words)) == Counter({"chip": 2, "maker": 2})


def test_a_mixed_word_is_kept_whole_and_in_parts() -> None:
    assert set(text_tokens("log4j2", no_words)) == {"log4j2", "log", "4", "j", "2"}
    assert set(text_tokens("3.5倍", no_words)) == {"3.5", "倍", "3.5倍"}


def test_where_scripts_touch_the_pair_across_is_kept() -> None:
    assert "5g基" in text_tokens("5g基站", no_words)
    assert "5g基" not in text_tokens("5g 基站", no_words)


@given(st.text())
def test_tokens_hold_no_space_and_so_can_be_joined_by_one(text: str) -> None:
    assert all(token and len(token.split()) == 1 for token in text_tokens(text, no_words))


def test_sounds_come_in_pairs_and_initials_in_threes_and_fours() -> None:
    assert list(sound_tokens(["ban", "dao", "ti"])) == ["ban_dao", "dao_ti"]
    assert list(initial_tokens(["xi", "bu", "shu", "ju"])) == ["xbs", "bsj", "xbsj"]
