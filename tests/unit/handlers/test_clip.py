from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.clip import clip, clip_text
from handlers.reply import Text, marked


def test_a_short_line_stays_and_a_long_one_ends_in_an_ellipsis():
    assert clip("短  句\n子", 10) == "短 句 子"
    assert clip("很长很长的一句话", 5) == "很长很长…"


def test_a_long_text_is_clipped_around_its_first_match():
    text = marked("前" * 100 + "命中" + "后" * 100, ((100, 102),))
    clipped = clip_text(text, 20)
    span = clipped.spans[0]
    assert clipped.value[span.start : span.end] == "命中"
    assert clipped.value.startswith("…前")
    assert clipped.value.endswith("后…")


def test_a_text_without_matches_is_clipped_at_its_end():
    assert clip_text(Text("一二三四五"), 3) == Text("一二三…")


@given(st.text(max_size=80), st.data())
def test_spans_keep_their_words(value, data):
    start = data.draw(st.integers(0, len(value)))
    end = data.draw(st.integers(start, min(len(value), start + 5)))
    clipped = clip_text(marked(value, ((start, end),)), 30)
    assert len(clipped.value) <= 32
    for span in clipped.spans:
        assert clipped.value[span.start : span.end] in value[start:end]
