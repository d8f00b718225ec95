"""When a chat's alerts are due: a function of local dates, right through clock changes.

A cron trigger skips a day whose hour does not exist and fires twice in an hour that comes twice; keyed by
local date and slot, each slot of a date is due exactly once. What falls into quiet hours is due at their end,
what comes at once on a free day when the next day that counts begins: alerts are held, never dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers.ports import Settings
from handlers.schedule import Edition, Schedule, Slot, SlotKey

_ONE_DAY = timedelta(days=1)
LONGEST_HOLD = timedelta(days=16)
"""From a slot to the end of the free days behind it; the longest of China's holidays has nine."""

_LOOK_AHEAD = 40
"""Days in which a schedule has a slot, whatever days it names and whichever are planned already."""


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


def release(instant: datetime, schedule: Schedule, timezone: str) -> datetime:
    """Return the first instant from this one on that is neither on a free day nor in quiet hours."""
    while (later := _end_of_hold(instant, schedule, timezone)) > instant:
        instant = later
    return instant


def recent_slots(
    schedule: Schedule, timezone: str, within: tuple[datetime, datetime], current: Edition | None = None
) -> tuple[Slot, ...]:
    """Return the slots due after the first and not after the second instant, the latest first.

    Alerts at once have one slot for the edition in use.
    """
    after, until = within
    first = after.astimezone(zone_of(timezone)).date() - _longest_hold(schedule) * _ONE_DAY
    last = until.astimezone(zone_of(timezone)).date()
    days = (first + n * _ONE_DAY for n in range((last - first).days + 1))
    slots = [slot for day in days for slot in _slots_of(day, schedule, timezone)]
    if schedule.is_at_once and current:
        slots.append(_at_once(schedule, timezone, current))
    due = (slot for slot in slots if after < slot.due <= until)
    return tuple(sorted(due, key=lambda slot: (slot.due, slot.local_date, slot.name), reverse=True))


def next_alert(
    settings: Settings, now: datetime, planned: frozenset[SlotKey] = frozenset()
) -> datetime | None:
    """Return the next due time in the chat's own zone; None while paused, and for alerts at once.

    `planned` are the slots that had their alert: each comes once a day, whenever its time is moved.
    """
    if settings.paused or settings.schedule.is_at_once:
        return None
    zone = zone_of(settings.timezone)
    first = now.astimezone(zone).date() - _longest_hold(settings.schedule) * _ONE_DAY
    days = (first + n * _ONE_DAY for n in range(LONGEST_HOLD.days + _LOOK_AHEAD))
    slots = (slot for day in days for slot in _slots_of(day, settings.schedule, settings.timezone))
    dues = (slot.due for slot in slots if slot.due > now and slot.key not in planned)
    return next(dues).astimezone(zone)


def held_slot(settings: Settings, now: datetime, planned: frozenset[SlotKey]) -> Slot | None:
    """Return the slot whose time has come and that is held back now, None where there is none."""
    until = now + LONGEST_HOLD
    slots = recent_slots(settings.schedule, settings.timezone, (now, until))
    held = (slot for slot in slots if settings.active_since <= slot.meant <= now and slot.key not in planned)
    return next(held, None)


@lru_cache(maxsize=4096)
def _slots_of(day: date, schedule: Schedule, timezone: str) -> tuple[Slot, ...]:
    """Return the slots of a local date. The first is called daily, as when there was only one."""
    if not schedule.counts(day):
        return ()
    meant = [due_time(day, at, timezone) for at in schedule.times]
    return tuple(
        Slot(day, _name_of(n), instant, release(instant, schedule, timezone))
        for n, instant in enumerate(meant, 1)
    )


def _name_of(number: int) -> str:
    return "daily" if number == 1 else f"daily-{number}"


def _at_once(schedule: Schedule, timezone: str, edition: Edition) -> Slot:
    day = edition.seen_at.astimezone(zone_of(timezone)).date()
    due = release(edition.seen_at, schedule, timezone)
    return Slot(day, f"at-once {edition.name}", edition.seen_at, due)


def _longest_hold(schedule: Schedule) -> int:
    """Return how many days a slot may be due after its date; one is for a late look at midnight."""
    if schedule.quiet is None:
        return 1
    return LONGEST_HOLD.days if schedule.has_free_days else 2


def _end_of_hold(instant: datetime, schedule: Schedule, timezone: str) -> datetime:
    """Return the end of the quiet hours or the free day that an instant lies in, else the instant."""
    local = instant.astimezone(zone_of(timezone))
    if not schedule.counts(local.date()):
        return due_time(local.date() + _ONE_DAY, time(), timezone)
    quiet = schedule.quiet
    if quiet is None or not quiet.covers(local.time()):
        return instant
    is_tomorrow = local.time() >= quiet.end
    return due_time(local.date() + is_tomorrow * _ONE_DAY, quiet.end, timezone)


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
