"""Dates, times and periods as people write them in the two languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from handlers.request import Language
from knowledge.model import Period

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def full_date(day: date, language: Language) -> str:
    """Return 2021年12月22日, or 22 Dec 2021."""
    if language is Language.EN:
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date, language: Language) -> str:
    """Return 12月22日, or 22 Dec."""
    if language is Language.EN:
        return f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日"


def date_and_time(moment: datetime, language: Language) -> str:
    """Return 12月22日 09:00, or 22 Dec 09:00, in the moment's own zone."""
    return f"{short_date(moment.date(), language)} {moment:%H:%M}"


def period_text(period: Period, language: Language) -> str:
    """Return a period in words, "" where none is told. Chinese keeps the words of the source."""
    if period.label and language is Language.ZH:
        return period.label
    if period.end is None:
        return period.label or ""
    return _range_text(period.start, period.end, language)


def _range_text(start: date | None, end: date, language: Language) -> str:
    if start is None:
        day = _month_text(end, language) if _is_month_end(end) else full_date(end, language)
        return f"as of {day}" if language is Language.EN else f"截至{day}{'底' if _is_month_end(end) else ''}"
    if start.day != 1 or not _is_month_end(end):
        return f"{full_date(start, language)}–{full_date(end, language)}"
    if (start.month, end.month) == (1, 12):
        years = f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
        return years if language is Language.EN else f"{years}年"
    if (start.year, start.month) == (end.year, end.month):
        return _month_text(end, language)
    return f"{_month_text(start, language)}–{_month_text(end, language)}"


def _month_text(day: date, language: Language) -> str:
    if language is Language.EN:
        return f"{_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月"


def _is_month_end(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
