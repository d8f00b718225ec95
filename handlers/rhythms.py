"""Days and times as people write them: 每个工作日早上9点和下午6点, every Friday 17:00, 即时, 22:00-8:00."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.schedule import ALL_WEEK, Quiet, Schedule
from handlers.times import find_times, read_time
from knowledge.normalize import fold

_LENGTH_LIMIT = 100

_WEEK = "(?:周|星期|礼拜)"
_DAY = "[一二三四五六日天]"
_TO = "(?:到|至|~|–|—|-|to)"
_CHINESE_DAYS = re.compile(rf"每?个?{_WEEK}{_DAY}(?:(?:[、,和及]|{_TO}|{_WEEK})*{_DAY}(?![点时十:]))*")
_CHINESE_SPAN = re.compile(rf"({_DAY})(?:{_TO}{_WEEK}?({_DAY}))?")
_ENGLISH_DAY = r"(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rsday|urday)?s?"
_ENGLISH_SPAN = re.compile(rf"\b{_ENGLISH_DAY}\b(?:\s*{_TO}\s*{_ENGLISH_DAY}\b)?")
_NUMBER_OF = {**{day: n for n, day in enumerate("一二三四五六日")}, "天": 6} | {
    day: n for n, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}

_NAMED_DAYS: tuple[tuple[re.Pattern[str], frozenset[int] | None], ...] = (
    (re.compile(r"每?个?工作日|(?:every |each |on )?(?:working ?|work|week|business )days?\b"), None),
    (re.compile(r"每?个?周末|(?:every |each |on )?weekends?\b"), frozenset({5, 6})),
    (re.compile(r"每天|每日|天天|(?:every|each) ?day\b|daily\b"), ALL_WEEK),
)
_AT_ONCE = re.compile(
    r"即时|立即|实时|马上|一?有新(?:的|内容|一期)?就(?:推送|推|发)?"
    r"|(?:at once|immediate(?:ly)?|instant(?:ly)?|real[ -]?time|asap)\b"
)
_CONNECTING = re.compile(r"[\s、,，;；/&.。]|和|与|及|跟|的|在|各|推送|(?:and|at|on|every|each)\b")
_NEVER = Schedule((), frozenset())
_OFF = frozenset({"关", "关闭", "取消", "无", "没有", "不要", "off", "none", "no"})
_RANGE = re.compile(r"(?:从|from )?(.{1,20}?)\s*(?:到|至|~|–|—|-|to|until)\s*(?:次日|第二天)?(.{1,20})")


def read_rhythm(text: str, current: Schedule) -> Schedule | None:
    """Return the schedule with other days or times, None for words that name neither.

    Days without times keep the times, times without days keep the days. There may be more times than a
    schedule may have.
    """
    if len(text) > _LENGTH_LIMIT:
        return None
    weekdays, rest = _take_days(fold(text), current)
    without, at_once = _AT_ONCE.subn(" ", rest)
    found = find_times(without)
    if found is None or _CONNECTING.sub("", found[1]) or (at_once and found[0]):
        return None
    times = tuple(sorted(set(found[0])))
    if not (times or at_once or without != fold(text)):
        return None
    return replace(current, weekdays=weekdays, times=() if at_once else times or current.times)


def is_rhythm(text: str) -> bool:
    """Tell whether a line names both days and times and nothing else: no question does."""
    read = read_rhythm(text, _NEVER)
    return read is not None and bool(read.times) and read.weekdays != _NEVER.weekdays


def read_quiet(text: str) -> Quiet | None:
    """Return the range between two times of day, None for what is none."""
    match = _RANGE.fullmatch(fold(text.strip())) if len(text) <= _LENGTH_LIMIT else None
    start, end = (read_time(match[1]), read_time(match[2])) if match else (None, None)
    return Quiet(start, end) if start and end and start != end else None


def is_off(text: str) -> bool:
    """Tell whether a word switches something off."""
    return fold(text.strip()) in _OFF


def _take_days(text: str, current: Schedule) -> tuple[frozenset[int] | None, str]:
    """Return the days that a text names and the text without them; the present days where it names none."""
    for pattern, weekdays in _NAMED_DAYS:
        rest, found = pattern.subn(" ", text)
        if found:
            return weekdays, rest
    days: set[int] = set()
    for match in _CHINESE_DAYS.finditer(text):
        days |= _numbers(_CHINESE_SPAN.findall(match[0]))
    days |= _numbers(_ENGLISH_SPAN.findall(text))
    rest = _ENGLISH_SPAN.sub(" ", _CHINESE_DAYS.sub(" ", text))
    return frozenset(days) or current.weekdays, rest


def _numbers(spans: list[tuple[str, str]]) -> set[int]:
    days: set[int] = set()
    for first, last in spans:
        length = (_NUMBER_OF[last or first] - _NUMBER_OF[first]) % 7 + 1
        days |= {(_NUMBER_OF[first] + n) % 7 for n in range(length)}
    return days
