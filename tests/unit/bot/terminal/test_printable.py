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
        ("\x1b]0;owned\x07标题", "标题"),
        ("\x1b]8;;http://evil\x1b\\点我\x1b]8;;\x1b\\", "点我"),
        ("\x1b[2J\x1b[H清屏", "清屏"),
        ("\x1b[31m红\x1b[0m", "红"),
        ("\x9b31m红", "红"),
        ("\x1bc重置", "重置"),
        ("价格100\r价格999", "价格100价格999"),
        ("a\x08b\x7fc\x00d", "abcd"),
        ("\u202e反\u202c \u2066x\u2069\u200f", "反 x"),
        ("零\u200b宽\ufeff", "零宽"),
        ("\x1b]0;从不结束", "0;从不结束"),
        ("半个\ud83d字符", "半个\ufffd字符"),
    ],
)
def test_hostile_text_is_harmless(hostile: str, harmless: str) -> None:
    assert printable(hostile) == harmless


def test_line_breaks_spaces_and_joined_emoji_stay() -> None:
    assert printable("一\n二\t三\u3000四 👨‍👩‍👧") == "一\n二 三\u3000四 👨‍👩‍👧"


@given(st.text(alphabet=st.characters() | st.sampled_from("\x1b\x9b[];\x07\r\u202e0m"), max_size=100))
def test_no_control_character_is_ever_left(text: str) -> None:
    categories = {unicodedata.category(c) for c in printable(text) if c not in "\n\u200d"}
    assert categories.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
