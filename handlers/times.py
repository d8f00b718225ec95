"""Times of day as people write them: 08:30, 8点半, 晚上8点, 八点一刻, 8:30 pm."""

from __future__ import annotations

import re
from datetime import time

from knowledge.normalize import fold

_LENGTH_LIMIT = 24
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBER = "[0-9]{1,2}|[〇零一二两三四五六七八九十]{1,3}"
_PART_OF_DAY = "凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚|夜里"
_AFTERNOON = frozenset({"中午", "下午", "傍晚", "晚上", "晚", "夜里", "pm"})
_TIME = re.compile(
    rf"(?:(?P<part>{_PART_OF_DAY})\s*)?(?P<hour>{_NUMBER})"
    rf"(?:\s*[:.点时]\s*(?P<minute>半|[一三]刻|(?:{_NUMBER})(?![0-9]|\s*[:点时]))?\s*分?整?)?\s*(?P<half>am|pm)?"
)
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}


def read_time(text: str) -> time | None:
    """Return a time of day, None for what is none."""
    match = _TIME.fullmatch(fold(text.strip())) if len(text) <= _LENGTH_LIMIT else None
    return _time_of(match, match["half"] or match["part"]) if match else None


def find_times(text: str) -> tuple[tuple[time, ...], str] | None:
    """Return the times that stand in a folded text, and the text without them; None where one is wrong.

    A part of the day goes for the hours that follow it too: 下午3点和5点半.
    """
    part, times = None, []
    for match in _TIME.finditer(text):
        part = match["half"] or match["part"] or part
        at = _time_of(match, match["half"] or match["part"] if ":" in match[0] else part)
        if at is None:
            return None
        times.append(at)
    return tuple(times), _TIME.sub(" ", text)


def _time_of(match: re.Match[str], part: str | None) -> time | None:
    hour, minute = _number(match["hour"]), _minute(match["minute"] or "0")
    if part in _AFTERNOON and hour < 12 and not (part == "中午" and hour > 3):
        hour += 12
    elif part == "am" and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _minute(text: str) -> int:
    return _MINUTES[text] if text in _MINUTES else _number(text)


def _number(text: str) -> int:
    """Return a number below 100 in Arabic or Chinese digits: 8, 08, 八, 十, 二十三."""
    if text.isascii():
        return int(text)
    tens, ten, units = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in units))
    return (_number(tens) if tens else 1) * 10 + (_number(units) if units else 0)
