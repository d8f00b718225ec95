from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.normalize import fold, strip_controls


@pytest.mark.parametrize(
    ("text", "folded"),
    [("半導體", "半导体"), ("ＡＩ　５Ｇ", "ai 5g"), ("OPPO", "oppo"), ("數據中心", "数据中心"), ("①", "1")],
)
def test_one_form_for_every_way_of_writing(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_bidi_and_zero_width_characters_go_and_line_ends_stay() -> None:
    assert strip_controls("a\u202eb\u200b\ufeff\nc\td\x00\ud800") == "ab\nc\td"


@given(st.text())
def test_stripping_twice_changes_nothing_more(text: str) -> None:
    once = strip_controls(text)
    assert strip_controls(once) == once
    fold(once)
