from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.due import due_time, next_alert, zone_of
from handlers.ports import Settings

TIMES = (time(0), time(0, 30), time(2, 30), time(9))
SKIPPED = {("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Fakaofo", date(2011, 12, 30))}


def local(zone: str, *moment: int) -> datetime:
    return datetime(*moment, tzinfo=ZoneInfo(zone))


def clock_changes(zone: str, year: int) -> list[date]:
    """The dates of a year on whose next day the zone has another offset."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    noons = [datetime.combine(day, time(12), ZoneInfo(zone)) for day in days]
    return [a.date() for a, b in pairwise(noons) if a.utcoffset() != b.utcoffset()]


def test_a_due_time_is_the_local_time_in_utc():
    assert due_time(date(2026, 11, 23), time(9), "Asia/Shanghai") == datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_a_time_the_clock_jumps_over_is_due_at_the_end_of_the_jump():
    due = due_time(date(2027, 3, 14), time(2, 30), "America/New_York")
    assert due == local("America/New_York", 2027, 3, 14, 3, 0)


def test_midnight_that_does_not_exist_is_due_at_the_first_instant_of_the_day():
    due = due_time(date(2026, 4, 24), time(0), "Africa/Cairo")
    assert due == local("Africa/Cairo", 2026, 4, 24, 1, 0)


def test_a_time_the_clock_shows_twice_is_due_the_first_time():
    due = due_time(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
    assert due == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_date_that_a_zone_skipped_is_due_when_the_next_one_begins():
    assert due_time(date(2011, 12, 30), time(9), "Pacific/Apia") == local("Pacific/Apia", 2011, 12, 31, 0, 0)


@pytest.mark.parametrize("year", [2024, 2026, 2030])
def test_every_zone_has_one_due_instant_a_date_around_every_clock_change(year):
    for zone in sorted(available_timezones()):
        for change in clock_changes(zone, year):
            dates = [change + timedelta(days=n) for n in range(-1, 3)]
            for at in TIMES:
                dues = [due_time(day, at, zone) for day in dates]
                assert dues == sorted(set(dues)), (zone, change, at)
                shown = [due.astimezone(ZoneInfo(zone)) for due in dues]
                assert [moment.date() for moment in shown] == dates, (zone, change, at)
                assert all(moment.time() >= at for moment in shown), (zone, change, at)


@given(
    st.sampled_from(sorted(available_timezones())), st.dates(date(1995, 1, 1), date(2036, 1, 1)), st.times()
)
def test_due_instants_grow_with_the_dates(zone, day, at):
    at = at.replace(microsecond=0)
    first, second = due_time(day, at, zone), due_time(day + timedelta(days=1), at, zone)
    assert first < second or (first == second and first.astimezone(ZoneInfo(zone)).date() > day)


def settings(**more: object) -> Settings:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    return Settings(time(9), "Asia/Shanghai", since, **more)  # type: ignore[arg-type]


def test_the_next_alert_is_today_before_its_time_and_tomorrow_after():
    before, after = local("Asia/Shanghai", 2026, 11, 23, 8, 59), local("Asia/Shanghai", 2026, 11, 23, 9, 0)
    assert next_alert(settings(), before) == local("Asia/Shanghai", 2026, 11, 23, 9, 0)
    assert next_alert(settings(), after) == local("Asia/Shanghai", 2026, 11, 24, 9, 0)


def test_a_day_that_had_its_alert_has_no_second_one_though_its_time_was_moved():
    now = local("Asia/Shanghai", 2026, 11, 23, 7, 0)
    today, tomorrow = date(2026, 11, 23), date(2026, 11, 24)
    assert next_alert(settings(), now, frozenset({today})) == local("Asia/Shanghai", 2026, 11, 24, 9, 0)
    both = frozenset({today, tomorrow})
    assert next_alert(settings(), now, both) == local("Asia/Shanghai", 2026, 11, 25, 9, 0)


def test_a_paused_chat_has_no_next_alert():
    assert next_alert(settings(paused=True), datetime(2026, 11, 23, tzinfo=UTC)) is None


@pytest.mark.parametrize("name", ["Atlantis/Capital", "../../etc/passwd", "", "America", "\0"])
def test_a_zone_that_is_gone_counts_as_utc(name):
    assert zone_of(name) == ZoneInfo("UTC")
