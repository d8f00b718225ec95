"""Every time zone, every local date of seven years, four times a day: each is due exactly once.

The years are walked through day by day, as the planner looks back: what it finds in a window is due then.
Dates and times are those that the clock of the zone shows at that instant.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from handlers.due import recent_slots
from handlers.schedule import Slot, daily
from tests.faults.ledger import Ledger
from tests.faults.stage import Stage

SCHEDULE = daily(time(0, 0), time(0, 30), time(2, 30), time(9, 0))
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


async def every_zone(_stage: Stage, *, years: range) -> Ledger:
    """Walk through the years in every zone, in a process beside this one."""
    names = sorted(available_timezones())
    with ProcessPoolExecutor(1) as pool:
        counts = await asyncio.get_running_loop().run_in_executor(pool, _walk, names, years)
    return Ledger(
        due=counts["due"], delivered=counts["once"], lost=counts["due"] - counts["once"],
        dup=counts["found"] - counts["once"], also={"zones": len(names), "off_time": counts["off"]},
    )  # fmt: skip


def _walk(names: list[str], years: range) -> Counter[str]:
    return sum((_count(name, years) for name in names), Counter[str]())


def _count(zone: str, years: range) -> Counter[str]:
    """Count what was due in a zone, what was found at all and in all, and what at a wrong time."""
    first, last = date(years.start, 1, 1), date(years.stop - 1, 12, 31)
    dates = (last - first).days + 1
    begin = datetime(years.start, 1, 1, tzinfo=UTC) - 2 * DAY
    windows = pairwise(begin + n * DAY for n in range(dates + 5))
    clock = ZoneInfo(zone)
    slots = [slot for window in windows for slot in recent_slots(SCHEDULE, zone, window)]
    shown = Counter((slot.due.astimezone(clock).date(), slot.name) for slot in slots)
    found = [count for (day, _), count in shown.items() if first <= day <= last]
    return Counter(
        due=dates * len(SCHEDULE.times), once=len(found), found=sum(found),
        off=sum(not _is_on_time(slot, clock) for slot in slots),
    )  # fmt: skip


def _is_on_time(slot: Slot, clock: ZoneInfo) -> bool:
    """Whether the clock shows the time of a slot when it is due, or was put forward over it this second."""
    at = SCHEDULE.times[int(slot.name.removeprefix("daily-") if "-" in slot.name else 1) - 1]
    meant = datetime.combine(slot.local_date, at)
    before, then = ((slot.due - ago).astimezone(clock).replace(tzinfo=None) for ago in (SECOND, 0 * SECOND))
    return before < meant <= then
