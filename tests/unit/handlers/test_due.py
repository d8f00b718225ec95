from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.due import due_time, held_slot, next_alert, recent_slots, zone_of
from handlers.ports import Settings
from handlers.schedule import Edition, Quiet, Schedule, daily, read_schedule

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
    return Settings(daily(time(9)), "Asia/Shanghai", since, **more)  # type: ignore[arg-type]


def test_the_next_alert_is_today_before_its_time_and_tomorrow_after():
    before, after = local("Asia/Shanghai", 2026, 11, 23, 8, 59), local("Asia/Shanghai", 2026, 11, 23, 9, 0)
    assert next_alert(settings(), before) == local("Asia/Shanghai", 2026, 11, 23, 9, 0)
    assert next_alert(settings(), after) == local("Asia/Shanghai", 2026, 11, 24, 9, 0)


def test_a_day_that_had_its_alert_has_no_second_one_though_its_time_was_moved():
    now = local("Asia/Shanghai", 2026, 11, 23, 7, 0)
    today, tomorrow = date(2026, 11, 23), date(2026, 11, 24)
    one = frozenset({(today, "daily")})
    assert next_alert(settings(), now, one) == local("Asia/Shanghai", 2026, 11, 24, 9, 0)
    both = frozenset({(today, "daily"), (tomorrow, "daily")})
    assert next_alert(settings(), now, both) == local("Asia/Shanghai", 2026, 11, 25, 9, 0)


def test_a_paused_chat_has_no_next_alert():
    assert next_alert(settings(paused=True), datetime(2026, 11, 23, tzinfo=UTC)) is None


@pytest.mark.parametrize("name", ["Atlantis/Capital", "../../etc/passwd", "", "America", "\0"])
def test_a_zone_that_is_gone_counts_as_utc(name):
    assert zone_of(name) == ZoneInfo("UTC")


# Several times, free days, quiet hours, at once

EVENINGS = Quiet(time(22), time(8))
SHANGHAI = "Asia/Shanghai"


def slots(schedule: Schedule, *moments: datetime, edition: Edition | None = None) -> list[str]:
    """Return the slots between two moments, oldest first: 11-23 daily at 23 09:00."""
    found = recent_slots(schedule, SHANGHAI, (moments[0], moments[1]), edition)
    shown = [(slot, slot.due.astimezone(ZoneInfo(SHANGHAI))) for slot in reversed(found)]
    return [f"{slot.local_date:%m-%d} {slot.name} at {due:%d %H:%M}" for slot, due in shown]


def week(schedule: Schedule, year: int, month: int, day: int) -> list[str]:
    first = local(SHANGHAI, year, month, day)
    return slots(schedule, first, first + timedelta(days=7))


def test_several_times_are_several_slots_of_a_date():
    found = slots(daily(time(18, 30), time(9)), local(SHANGHAI, 2026, 11, 23), local(SHANGHAI, 2026, 11, 24))
    assert found == ["11-23 daily at 23 09:00", "11-23 daily-2 at 23 18:30"]


def test_a_slot_is_due_from_its_instant_on():
    nine = local(SHANGHAI, 2026, 11, 23, 9, 0)
    assert slots(daily(time(9)), nine - timedelta(seconds=1), nine) == ["11-23 daily at 23 09:00"]
    assert slots(daily(time(9)), nine, nine + timedelta(seconds=1)) == []


def test_a_weekly_alert_comes_on_its_days():
    mondays_fridays = Schedule((time(9),), frozenset({0, 4}))
    assert week(mondays_fridays, 2026, 11, 23) == ["11-23 daily at 23 09:00", "11-27 daily at 27 09:00"]


def test_working_days_leave_holidays_out_and_take_working_saturdays_in():
    workdays = Schedule((time(9),), None)
    national_day = week(workdays, 2026, 10, 1)
    assert national_day == []
    made_up_for = week(workdays, 2026, 10, 8)
    assert [line[:5] for line in made_up_for] == ["10-08", "10-09", "10-10", "10-12", "10-13", "10-14"]


def test_in_a_year_whose_holidays_are_unknown_monday_to_friday_count():
    assert [line[:5] for line in week(Schedule((time(9),), None), 2099, 10, 1)] == [
        "10-01", "10-02", "10-05", "10-06", "10-07"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (time(21, 59), "23 21:59"),
        (time(22), "24 08:00"),
        (time(23, 30), "24 08:00"),
        (time(0), "23 08:00"),
        (time(7, 59), "23 08:00"),
        (time(8), "23 08:00"),
    ],
)
def test_quiet_hours_are_half_open_and_hold_until_their_end(at, due):
    schedule = replace(daily(at), quiet=EVENINGS)
    found = slots(schedule, local(SHANGHAI, 2026, 11, 23), local(SHANGHAI, 2026, 11, 25))
    assert f"11-23 daily at {due}" in found


def test_quiet_hours_within_a_day_hold_until_their_end():
    schedule = replace(daily(time(13)), quiet=Quiet(time(12), time(14)))
    assert week(schedule, 2026, 11, 23)[0] == "11-23 daily at 23 14:00"


def test_what_quiet_hours_hold_on_a_friday_night_comes_on_monday_for_who_works_on_working_days():
    schedule = Schedule((time(23),), None, EVENINGS)
    friday = local(SHANGHAI, 2026, 11, 27)
    assert slots(schedule, friday, friday + timedelta(days=3, hours=8)) == [
        "11-26 daily at 27 08:00",
        "11-27 daily at 30 08:00",
    ]


def test_the_next_alert_of_a_held_slot_is_its_release_and_it_can_be_said_why():
    kept = replace(settings(), schedule=replace(daily(time(7)), quiet=EVENINGS))
    early = local(SHANGHAI, 2026, 11, 23, 7, 30)
    assert next_alert(kept, early) == local(SHANGHAI, 2026, 11, 23, 8, 0)
    held = held_slot(kept, early, frozenset())
    assert held is not None
    assert held.meant == local(SHANGHAI, 2026, 11, 23, 7, 0)
    assert held_slot(kept, early, frozenset({held.key})) is None
    assert held_slot(kept, local(SHANGHAI, 2026, 11, 23, 6, 59), frozenset()) is None
    assert held_slot(kept, local(SHANGHAI, 2026, 11, 23, 8, 0), frozenset()) is None


AT_ONCE = Schedule()


def test_alerts_at_once_are_due_when_an_edition_is_first_seen_and_once():
    seen = local(SHANGHAI, 2026, 11, 23, 15, 7)
    found = slots(AT_ONCE, seen - timedelta(hours=12), seen, edition=Edition("abc", seen))
    assert found == ["11-23 at-once abc at 23 15:07"]
    assert slots(AT_ONCE, seen, seen + timedelta(hours=12), edition=Edition("abc", seen)) == []
    assert slots(daily(time(9)), seen - timedelta(hours=1), seen, edition=Edition("abc", seen)) == []


def test_alerts_at_once_wait_for_quiet_hours_and_free_days():
    seen = local(SHANGHAI, 2026, 11, 27, 23, 0)  # a Friday
    until = seen + timedelta(days=4)
    quiet = Schedule((), quiet=EVENINGS)
    assert slots(quiet, seen, until, edition=Edition("abc", seen)) == ["11-27 at-once abc at 28 08:00"]
    working = Schedule((), None, EVENINGS)
    assert slots(working, seen, until, edition=Edition("abc", seen)) == ["11-27 at-once abc at 30 08:00"]


def test_alerts_at_once_have_no_next_time():
    assert next_alert(replace(settings(), schedule=AT_ONCE), local(SHANGHAI, 2026, 11, 23)) is None


SCHEDULES = st.builds(
    Schedule,
    st.lists(
        st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=3, unique=True
    )
    .map(sorted)
    .map(tuple),
    st.one_of(st.none(), st.frozensets(st.integers(0, 6), min_size=1)),
    st.one_of(st.none(), st.builds(Quiet, st.times(), st.times())),
)


@given(
    SCHEDULES, st.sampled_from(sorted(available_timezones())), st.dates(date(2024, 1, 1), date(2030, 12, 1))
)
def test_a_tick_every_hour_finds_each_slot_once_whatever_is_held(schedule, zone, day):
    start = datetime.combine(day, time(), UTC)
    moments = [start + timedelta(hours=n) for n in range(24 * 4)]
    found = [slot for pair in pairwise(moments) for slot in recent_slots(schedule, zone, pair)]
    assert len({slot.key for slot in found}) == len(found)
    assert set(found) == set(recent_slots(schedule, zone, (moments[0], moments[-1])))
    for slot in found:
        shown = slot.due.astimezone(ZoneInfo(zone))
        assert schedule.counts(shown.date())
        assert slot.due >= slot.meant


@given(SCHEDULES)
def test_a_schedule_reads_back_from_the_line_that_is_kept(schedule):
    tidy = replace(schedule, quiet=None)
    assert read_schedule(tidy.text) == tidy


@pytest.mark.parametrize("line", ["daily", "daily quiet 22:00-08:00", "never 09:00", "daily 9 o'clock", ""])
def test_another_line_is_no_schedule(line):
    with pytest.raises(ValueError, match=r"."):
        read_schedule(line)
