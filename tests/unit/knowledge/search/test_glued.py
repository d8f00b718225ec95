from __future__ import annotations

import pytest

from knowledge.search.glued import split_glued

SPELLED = {"hebei", "jizhan", "shuju"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("hebei5g", "hebei 5g"),
        ("5gjizhan", "5g jizhan"),
        ("2021shuju", "2021 shuju"),
        ("查hebei5g基站", "查hebei 5g基站"),
        ("log4j2", "log4j2"),
        ("windows11", "windows11"),
        ("hebei 5g", "hebei 5g"),
        ("a1b2c3d4e5", "a1b2c3d4e5"),
    ],
)
def test_pinyin_against_digits_is_set_apart(typed: str, read: str) -> None:
    assert split_glued(typed, lambda word: False, SPELLED.__contains__) == read


def test_what_the_articles_write_so_stays() -> None:
    assert split_glued("hebei5g", lambda word: word == "hebei5g", SPELLED.__contains__) == "hebei5g"
