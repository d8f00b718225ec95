"""Every time zone, every local date of seven years, four times a day: each is due exactly once."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from handlers.due import due_time
from tests.faults.ledger import Ledger
from tests.faults.stage import Stage

TIMES = (time(0, 0), time(0, 30), time(2, 30), time(9, 0))
DAY = timedelta(days=1)


async def every_zone(_stage: Stage, *, years: range) -> Ledger:
    """Walk over the due times of all zones that differ, in a process beside this one."""
    with ProcessPoolExecutor(1) as pool:
        loop = asyncio.get_running_loop()
        counted = await loop.run_in_executor(pool, _count_all, years)
    due, once, repeated, zones = counted
    return Ledger(due=due, delivered=once, lost=due - once, dup=repeated, also={"zones": zones})


def _count_all(years: range) -> tuple[int, int, int, int]:
    """Return how many local dates there are, on how many it is due once, more than once, and the zones."""
    days = [
        date(years.start, 1, 1) + n * DAY
        for n in range((date(years.stop, 1, 1) - date(years.start, 1, 1)).days)
    ]
    zones = _different_zones(days)
    due = once = repeated = 0
    for zone in zones:
        for at in TIMES:
            on = [due_time(day, at, zone).astimezone(ZoneInfo(zone)).date() for day in days]
            due += len(days)
            once += sum(shown == day for shown, day in zip(on, days, strict=True))
            repeated += len(on) - len(set(on))
    return due, once, repeated, len(zones)


def _different_zones(days: list[date]) -> list[str]:
    """Return one name of each set of zones whose clocks show the same all the time, by the hour."""
    hours = [
        datetime(day.year, day.month, day.day, hour, tzinfo=UTC) for day in days for hour in range(0, 24, 6)
    ]
    found = {}
    for name in sorted(available_timezones()):
        found.setdefault(tuple(hour.astimezone(ZoneInfo(name)).utcoffset() for hour in hours), name)
    return sorted(found.values())
