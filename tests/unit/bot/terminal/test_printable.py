"""What a document says cannot drive the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.printable import printable


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b]0;新标题\x07正文", "]0;新标题正文"),
        ("\x1b[2J\x1b[H清屏", "[2J[H清屏"),
        ("\x9b31m红", "31m红"),
        ("价格100\r价格999", "价格100价格999"),
        ("a\x08b\x7fc\x00d", "abcd"),
        ("\u202e反\u202c \u2066x\u2069\u200f", "反 x"),
        ("零\u200b宽\ufeff", "零宽"),
        ("半个\ud83d字符", "半个字符"),
        ("一\n二\t三\u2028四\u3000五", "一\n二 三\n四\u3000五"),
    ],
)
def test_hostile_text_is_harmless(hostile: str, harmless: str) -> None:
    assert printable(hostile) == harmless


@given(st.text(alphabet=st.characters() | st.sampled_from("\x1b\x9b[];\x07\r\u202e0m"), max_size=100))
def test_no_control_character_is_ever_left(text: str) -> None:
    categories = {unicodedata.category(character) for character in printable(text) if character != "\n"}
    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
