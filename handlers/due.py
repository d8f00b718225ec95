"""When a chat's daily alert is due: a function of the local date, right through clock changes.

A cron trigger skips a day whose hour does not exist and fires twice in an hour that comes twice; keyed by
local date, each date is due exactly once.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers.ports import Settings

_ONE_DAY = timedelta(days=1)


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone; UTC for a name that this machine's database does not have (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def due_time(local_date: date, at: time, timezone: str) -> datetime:
    """Return when, in UTC, the clock of the zone shows `at` on a local date.

    Where the clock shows it twice, the first time; where it is put forward over it, the first instant
    after the jump.
    """
    local = datetime.combine(local_date, at, tzinfo=zone_of(timezone))
    due = local.astimezone(UTC)
    return due if _shows(due, local) else _end_of_gap(local)


def next_alert(settings: Settings, now: datetime, planned: frozenset[date] = frozenset()) -> datetime | None:
    """Return the next due time in the chat's own zone, None while alerts are paused.

    `planned` are the local dates that had their alert: it comes once a day, whenever its time is moved.
    """
    if settings.paused:
        return None
    zone = zone_of(settings.timezone)
    today = now.astimezone(zone).date()
    days = (today + n * _ONE_DAY for n in range(len(planned) + 2))
    dues = (due_time(day, settings.at, settings.timezone) for day in days if day not in planned)
    return next(due for due in dues if due > now).astimezone(zone)


def _shows(instant: datetime, local: datetime) -> bool:
    return instant.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None)


def _end_of_gap(local: datetime) -> datetime:
    """Return the instant at which the clock was put forward over a local time that never was.

    Read with the offset from after the jump (fold=1) the time lies before it, read with the one from
    before (fold=0) after it (PEP 495).
    """
    before = local.replace(fold=1).astimezone(UTC)
    after = local.replace(fold=0).astimezone(UTC)

    def has_jumped(seconds: int) -> bool:
        instant = before + timedelta(seconds=seconds)
        return instant.astimezone(local.tzinfo).utcoffset() == after.astimezone(local.tzinfo).utcoffset()

    length = int((after - before).total_seconds())
    return before + timedelta(seconds=bisect_left(range(length), True, key=has_jumped))
