from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.alerts import AlertService, Duties, Policy
from bot.store import Store, open_store
from bot.store.claiming import Sender
from bot.store.rows import State
from handlers.ports import Settings, Subscription
from handlers.request import Conversation
from handlers.schedule import daily
from knowledge.model import Topic
from tests.fakes.library import NOVEMBER, FakeLibrary
from tests.fakes.outbox import NOW, FakePlatform, HandClock

ALICE = Conversation("telegram", "1001")
BOB = Conversation("telegram", "1002")
SETTINGS = Settings(daily(NOW.time()), "UTC", NOW - timedelta(days=30))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/hangxun.sqlite")
    store.chats.subscribe(ALICE, Subscription("充电桩", NOW, NOVEMBER.published), SETTINGS)
    yield store
    store.close()


def service(
    store: Store, clock: HandClock, duties: Duties | None = None, steady: HandClock | None = None
) -> AlertService:
    """Return a service that sends on Telegram; `steady` has the seconds that never jump."""
    seen = replace(clock.clock(), seconds=(steady or clock).seconds)
    return AlertService(store, lambda: nullcontext(FakeLibrary()), {"telegram": FakePlatform()}, seen, duties)


async def test_a_clock_that_is_days_off_plans_nothing_until_it_is_right_again(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    clock = HandClock()
    steady = clock.clock()
    alerts = AlertService(
        store,
        lambda: nullcontext(FakeLibrary()),
        {},
        type(steady)(steady.now, NOW.timestamp, steady.sleep, steady.jitter),
    )
    await alerts.tick(clock.turn(days=-3))
    assert store.deliveries.counts() == {}
    assert "hours off" in caplog.text
    await alerts.tick(clock.turn(days=3))
    assert store.deliveries.counts() == {State.PENDING: 1}


async def test_what_is_under_way_when_the_clock_is_set_is_not_taken_for_lost(store: Store) -> None:
    clock, steady = HandClock(), HandClock()
    alerts = service(store, clock, steady=steady)
    await alerts.tick(clock.at)
    store.deliveries.exchange(Sender("telegram", "at work"), (), 8, clock.at)
    for _ in range(3):
        await alerts.tick(clock.turn(hours=1))
        assert store.deliveries.counts() == {State.SENDING: 1}
    steady.turn(seconds=61)
    await alerts.tick(clock.turn(seconds=61))
    assert store.deliveries.counts() == {State.PENDING: 1}


async def test_a_process_that_does_not_plan_queues_nothing(store: Store) -> None:
    clock = HandClock()
    await service(store, clock, Duties(plans=False)).tick(clock.at)
    assert store.deliveries.counts() == {}


async def test_a_start_alone_takes_back_what_the_last_process_was_sending(store: Store) -> None:
    clock = HandClock()
    planner = service(store, clock)
    await planner.tick(clock.at)
    store.deliveries.exchange(Sender("telegram", "dead"), (), 8, clock.at)
    duties = Duties(alone=True)
    alerts = service(store, clock, duties)
    await alerts.start()
    await alerts.stop()
    assert duties.telemetry.events["reaped"] == 1


async def test_processes_that_send_on_one_platform_are_counted_until_they_leave(store: Store) -> None:
    clock = HandClock()
    services = [service(store, clock) for _ in range(2)]
    for each in services:
        await each.tick(clock.at)
    assert store.leases.count("sender|telegram|", clock.at) == 2
    await services[0].stop()
    assert store.leases.count("sender|telegram|", clock.at) == 1


async def test_the_operator_hears_of_a_run_with_dead_letters_in_one_line(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    clock = HandClock()
    await service(store, clock).tick(clock.at)
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE delivery SET state = 'dead'")
    for _ in range(2):
        await service(store, clock).tick(clock.at)
    lines = [record.getMessage() for record in caplog.records if "run ended" in record.getMessage()]
    assert len(lines) == 1
    assert lines[0].endswith("due=1 dead=1")


async def test_what_may_not_go_to_a_chat_is_suppressed(store: Store) -> None:
    clock = HandClock()
    duties = Duties(policy=Policy(receives=lambda _place: False))
    alerts = service(store, clock, duties)
    await alerts.tick(clock.at)
    (worker,) = alerts._workers
    tally = await worker.deliver_due()
    assert tally["suppressed"] == 1
    assert store.deliveries.counts() == {State.SUPPRESSED: 1}


async def test_a_chat_whose_alert_cannot_be_planned_costs_only_itself(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.chats.subscribe(BOB, Subscription("broken", NOW, NOVEMBER.published), SETTINGS)

    class Broken(FakeLibrary):
        def topic(self, text: str) -> Topic:
            if text == "broken":
                raise KeyError(text)
            return super().topic(text)

    clock = HandClock()
    alerts = AlertService(store, lambda: nullcontext(Broken()), {}, clock.clock())
    await alerts.tick(clock.at)
    assert store.deliveries.counts() == {State.PENDING: 1}
    assert caplog.text.count("chat not planned") == 1
