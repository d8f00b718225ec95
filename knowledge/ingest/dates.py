"""When a source was published: a date printed on a line of its own, or the date in a file's name."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date

_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)"
_PATTERNS = tuple(
    re.compile(_YEAR + rest)
    for rest in (
        r"\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})(?!\d)\s*日?",
        r"(?P<mark>[-./_])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)",
        r"(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        r"\s*年\s*(?P<month>\d{1,2})\s*月[号刊份]?",
        r"[-./_](?P<month>\d{1,2})(?!\d)",
        r"(?P<month>\d\d)(?!\d)",
    )
)
_BESIDE_DATE_LIMIT = 16
"""A line with more than these characters beside its date is a sentence that speaks of a day."""

_LONGEST_LINE = 60

_DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
_NUMERALS = {
    tens + ones: str(10 * ten + one)
    for ten, tens in enumerate(("", "十", "二十", "三十"))
    for one, ones in enumerate(("", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    if ten or one
}
_CHINESE = re.compile(
    r"([一二][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?"
)


def find_date(text: str) -> date | None:
    """Return the first date in a short text or file name; of a month alone, its last day."""
    found = _search(_to_arabic(text))
    return found[0] if found else None


def date_of_lines(lines: Iterable[str]) -> date | None:
    """Return the date that stands on a line nearly of its own; a full date goes before a month alone."""
    short = (_to_arabic(line) for line in lines if len(line) <= _LONGEST_LINE)
    found = [hit for hit in map(_search, short) if hit and hit[2] <= _BESIDE_DATE_LIMIT]
    found.sort(key=lambda hit: not hit[1])
    return found[0][0] if found else None


def is_date_line(text: str) -> bool:
    """Tell whether a line says nothing but a date."""
    found = _search(_to_arabic(text))
    return found is not None and found[2] <= 6


def _search(text: str) -> tuple[date, bool, int] | None:
    """Return the date, whether its day is told, and how many characters stand beside it."""
    for match in (match for pattern in _PATTERNS for match in pattern.finditer(text)):
        parts = match.groupdict()
        if day := _to_date(int(parts["year"]), int(parts["month"]), parts.get("day")):
            return day, "day" in parts, len(text) - len(match[0])
    return None


def _to_date(year: int, month: int, day: str | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, int(day or last)) if 1 <= int(day or last) <= last else None


def _to_arabic(text: str) -> str:
    return _CHINESE.sub(_write_arabic, unicodedata.normalize("NFKC", text))


def _write_arabic(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    written = f"{''.join(map(_DIGITS.__getitem__, year))}年{_NUMERALS.get(month, month)}月"
    return written + (f"{_NUMERALS.get(day, day)}日" if day else "")
