"""The days on which China works, days off and made-up working Saturdays included.

The State Council publishes the days of a year in the autumn before it; the only importer of chinese_calendar.
"""

from __future__ import annotations

from datetime import date

import chinese_calendar

_SATURDAY = 5


def is_workday(day: date) -> bool:
    """Tell whether China works on a date; Monday to Friday in a year whose days are not known."""
    if not knows_workdays(day.year):
        return day.weekday() < _SATURDAY
    return bool(chinese_calendar.is_workday(day))


def knows_workdays(year: int) -> bool:
    """Tell whether the working days of a year are known."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
