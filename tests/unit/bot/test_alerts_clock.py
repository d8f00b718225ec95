from __future__ import annotations

from datetime import timedelta

from bot.alerts import Clock
from tests.fakes.outbox import NOW


def test_a_clock_started_at_a_moment_goes_on_from_there() -> None:
    clock = Clock.started_at(NOW)
    first, second = clock.now(), clock.now()
    assert NOW <= first <= second < NOW + timedelta(minutes=1)


def test_the_real_clock_is_aware_and_jitter_is_a_fraction() -> None:
    clock = Clock()
    assert clock.now().utcoffset() == timedelta()
    assert 0 <= clock.jitter() < 1
