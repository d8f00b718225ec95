"""A schedule in words: 每个工作日 09:00、18:30（北京时间）."""

from __future__ import annotations

from datetime import time

from handlers.ports import Settings
from handlers.request import Language
from handlers.schedule import ALL_WEEK, Quiet
from handlers.texts import common, label
from handlers.texts import schedule as texts
from handlers.zones import zone_name

_SHORTEST_SPAN = 3


def rhythm_text(settings: Settings, language: Language) -> str:
    """Return on which days and when alerts come, and by which clock."""
    schedule = settings.schedule
    if schedule.is_at_once:
        days = label(texts.ON_DAYS, language, days=_days(schedule.weekdays, language))
        return label(texts.AT_ONCE, language, days=days if schedule.has_free_days else "")
    return label(
        texts.RHYTHM,
        language,
        days=_every(schedule.weekdays, language),
        times=times_text(schedule.times, language),
        zone=zone_name(settings.timezone, language),
    )


def rhythm_within(settings: Settings, language: Language) -> str:
    """Return the same for the middle of a sentence."""
    text = rhythm_text(settings, language)
    return text[:1].lower() + text[1:]


def times_text(times: tuple[time, ...], language: Language) -> str:
    """Return 09:00、18:30."""
    return label(common.LIST_COMMA, language).join(f"{at:%H:%M}" for at in times)


def quiet_text(quiet: Quiet) -> str:
    """Return 22:00–08:00."""
    return f"{quiet.start:%H:%M}–{quiet.end:%H:%M}"


def _every(weekdays: frozenset[int] | None, language: Language) -> str:
    if weekdays == ALL_WEEK:
        return label(texts.EVERY_DAY, language)
    if weekdays is None:
        return label(texts.EVERY_WORKDAY, language)
    return label(texts.ON_WEEKDAYS, language, days=_days(weekdays, language))


def _days(weekdays: frozenset[int] | None, language: Language) -> str:
    """Return 工作日, 周一、三 or 周一至五."""
    if weekdays is None:
        return label(texts.WORKDAYS, language)
    days = sorted(weekdays)
    names = [label(texts.SHORT_WEEKDAYS[day], language) for day in days]
    first = label(texts.FIRST_WEEKDAY, language, day=names[0])
    if len(days) >= _SHORTEST_SPAN and days[-1] - days[0] == len(days) - 1:
        return label(texts.SPAN, language, first=first, last=names[-1])
    return label(common.LIST_COMMA, language).join((first, *names[1:]))
