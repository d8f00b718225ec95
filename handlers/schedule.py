"""When a chat wants its alerts: on which days, at which times, and when never.

A schedule is kept as a line, and reads back from it:

    daily 09:00 18:30        workdays 09:00 quiet 22:00-08:00        mon,fri 17:00        daily at-once
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeAlias

from handlers.workdays import is_workday

MOST_TIMES = 6
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALL_WEEK = frozenset(range(7))

_DAILY, _WORKDAYS, _AT_ONCE, _QUIET = "daily", "workdays", "at-once", "quiet"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which nothing is sent: from `start` until before `end`, perhaps over midnight."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        """Whether a time of day lies within; a range from a time to itself covers nothing."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times of a day in their order, none for at once: as soon as there is something new.

    `weekdays` are the days that count, Monday is 0; None stands for the days on which China works.
    """

    times: tuple[time, ...] = ()
    weekdays: frozenset[int] | None = ALL_WEEK
    quiet: Quiet | None = None

    @property
    def is_at_once(self) -> bool:
        """Whether alerts come as soon as there is something new."""
        return not self.times

    @property
    def has_free_days(self) -> bool:
        """Whether there are days without an alert."""
        return self.weekdays != ALL_WEEK

    def counts(self, day: date) -> bool:
        """Whether alerts come on a date."""
        return is_workday(day) if self.weekdays is None else day.weekday() in self.weekdays

    @property
    def text(self) -> str:
        """The schedule as it is kept."""
        times = [f"{at:%H:%M}" for at in self.times] or [_AT_ONCE]
        quiet = [_QUIET, f"{self.quiet.start:%H:%M}-{self.quiet.end:%H:%M}"] if self.quiet else []
        return " ".join((_days_text(self.weekdays), *times, *quiet))


SlotKey: TypeAlias = tuple[date, str]
"""The local date and the name of a slot: it is planned once."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One alert of a schedule: its local date, its name there, when it was meant to come and when it does."""

    local_date: date
    name: str
    meant: datetime
    due: datetime

    @property
    def key(self) -> SlotKey:
        """What it is planned under."""
        return self.local_date, self.name


@dataclass(frozen=True, slots=True)
class Edition:
    """The content of an index, and when it was first seen in use; equal content has one name."""

    name: str
    seen_at: datetime


def daily(*times: time) -> Schedule:
    """Return the schedule of every day at these times."""
    return Schedule(tuple(sorted({at.replace(second=0, microsecond=0) for at in times})))


@lru_cache(maxsize=1024)
def read_schedule(text: str) -> Schedule:
    """Return the schedule that was kept as a line. Raises ValueError for any other line."""
    days, *rest = text.split()
    times, quiet = (rest[:-2], _quiet(rest[-1])) if _QUIET in rest[-2:-1] else (rest, None)
    if not times or len(times) > MOST_TIMES:
        raise ValueError(f"not one to {MOST_TIMES} times of day: {text!r}")
    at = () if times == [_AT_ONCE] else tuple(map(time.fromisoformat, times))
    schedule = Schedule(at, _weekdays(days), quiet)
    if schedule.text != text or list(at) != sorted(set(at)):
        raise ValueError(f"not as a schedule is kept: {text!r}")
    return schedule


def _days_text(weekdays: frozenset[int] | None) -> str:
    if weekdays is None:
        return _WORKDAYS
    return _DAILY if weekdays == ALL_WEEK else ",".join(WEEKDAYS[day] for day in sorted(weekdays))


def _weekdays(text: str) -> frozenset[int] | None:
    if text == _WORKDAYS:
        return None
    return ALL_WEEK if text == _DAILY else frozenset(map(WEEKDAYS.index, text.split(",")))


def _quiet(text: str) -> Quiet:
    start, end = text.split("-")
    return Quiet(time.fromisoformat(start), time.fromisoformat(end))
