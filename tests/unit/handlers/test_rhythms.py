from __future__ import annotations

import time as clock
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rhythms import is_off, read_quiet, read_rhythm
from handlers.schedule import Quiet, Schedule, daily

NINE = daily(time(9))


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("每个工作日早上9点和下午6点", "workdays 09:00 18:00"),
        ("weekdays 9:00, 18:00", "workdays 09:00 18:00"),
        ("every working day at 8.30", "workdays 08:30"),
        ("每周五 17:00", "fri 17:00"),
        ("周五17:00", "fri 17:00"),
        ("周五五点", "fri 05:00"),
        ("9:00 18:30", "daily 09:00 18:30"),
        ("18:30、9:00、9:00", "daily 09:00 18:30"),
        ("9点10点", "daily 09:00 10:00"),
        ("九点十点", "daily 09:00 10:00"),
        ("下午3点和5点半", "daily 15:00 17:30"),
        ("晚上8点 9:30", "daily 09:30 20:00"),
        ("每周一三五 9:00", "mon,wed,fri 09:00"),
        ("周一、周三 9:00", "mon,wed 09:00"),
        ("周一到周五 9点", "mon,tue,wed,thu,fri 09:00"),
        ("周六至周一 10点", "mon,sat,sun 10:00"),
        ("星期天 晚上8点", "sun 20:00"),
        ("周末 10点", "sat,sun 10:00"),
        ("mon-fri 9:00", "mon,tue,wed,thu,fri 09:00"),
        ("Monday to Friday 9 am", "mon,tue,wed,thu,fri 09:00"),
        ("every tuesday, thursday 17:30", "tue,thu 17:30"),
        ("on Fridays at 5 pm", "fri 17:00"),
        ("每天早上八点半", "daily 08:30"),
        ("every day at 8:30", "daily 08:30"),
        ("即时", "daily at-once"),
        ("工作日即时", "workdays at-once"),
        ("有新的就推", "daily at-once"),
        ("at once", "daily at-once"),
        ("real-time on weekdays", "workdays at-once"),
        ("工作日", "workdays 09:00"),
        ("每天", "daily 09:00"),
        ("周四", "thu 09:00"),
        ("每天 9：00，18：30", "daily 09:00 18:30"),
    ],
)
def test_days_and_times_are_read_as_people_write_them(line, kept):
    read = read_rhythm(line, NINE)
    assert read is not None
    assert read.text == kept


@pytest.mark.parametrize(
    "line",
    ["", "半导体", "每天 半导体", "每天 25:00", "每天9点 即时", "工作日 9:00-18:00", "hello", "每周",
     "monday's news", "the sun at 9", "和", "9" * 200],
)  # fmt: skip
def test_anything_else_names_no_time(line):
    assert read_rhythm(line, NINE) is None


def test_what_is_not_named_stays():
    current = Schedule((time(8),), frozenset({0}), Quiet(time(22), time(7)))
    read = read_rhythm("10:00 16:00", current)
    assert read is not None
    assert read.text == "mon 10:00 16:00 quiet 22:00-07:00"
    assert read_rhythm("工作日", Schedule()) == Schedule((), None)


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("22:00-8:00", 22, 8), ("22-8", 22, 8), ("22：00～8：00", 22, 8), ("晚上10点到早上8点", 22, 8),
        ("from 10pm to 7am", 22, 7), ("晚上11点至次日7点", 23, 7), ("12:00 – 14:00", 12, 14),
    ],
)  # fmt: skip
def test_a_range_of_hours_is_read(line, start, end):
    assert read_quiet(line) == Quiet(time(start), time(end))


@pytest.mark.parametrize("line", ["", "22:00", "8:00-8:00", "夜里", "22:00-25:00", "a-b", "-", "1" * 500])
def test_anything_else_is_no_range(line):
    assert read_quiet(line) is None


def test_words_that_switch_off():
    assert all(map(is_off, ("关", "取消", "off", "None ")))
    assert not is_off("22-8")


@given(st.text(max_size=60), st.sampled_from(["周一", "每周", "9点", "mon-", "、", "at "]))
def test_no_text_breaks_the_readers(text, piece):
    for line in (text, piece + text, text + piece):
        assert isinstance(read_rhythm(line, NINE), Schedule | None)
        assert isinstance(read_quiet(line), Quiet | None)


@pytest.mark.parametrize("piece", ["周一", "周", "、", "9", "9点", "一", "mon", "mon-", "到", " ", "点"])
def test_a_long_line_is_refused_at_once(piece):
    began = clock.perf_counter()
    for line in (piece * 2000, (piece * 100)[:100]):
        read_rhythm(line, NINE)
        read_quiet(line)
    assert clock.perf_counter() - began < 1
