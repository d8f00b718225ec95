"""From a subscription to the alert in the chat: the whole service on a real database, by a clock of ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from bot.alerts import AlertService, Ledger, deliver_once
from bot.errors import DeliveryError, Outcome
from bot.platform import WHOLE, Progress
from bot.store import Store, open_store
from bot.store.rows import State
from handlers.ports import Settings, Subscription
from handlers.reply import Reply
from handlers.request import Conversation, Language
from handlers.schedule import daily
from tests.fakes.library import NOVEMBER, FakeLibrary
from tests.fakes.outbox import NOW, FakePlatform, HandClock, text_of

ALICE = Conversation("telegram", "1001")
BOB = Conversation("telegram", "1002")
CAROL = Conversation("slack", "C1", team="T1")
SETTINGS = Settings(daily(NOW.time()), "UTC", NOW - timedelta(days=1), language=Language.ZH)
LIBRARY = FakeLibrary()
DAY = timedelta(days=1)


class Platform(FakePlatform):
    """A recording platform whose messages can be waited for."""

    def __init__(self, name: str = "telegram", **behaviour: object) -> None:
        super().__init__(name, **behaviour)  # type: ignore[arg-type]
        self.arrived: asyncio.Queue[str] = asyncio.Queue()

    async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
        await super().send(conversation, reply, progress)
        self.arrived.put_nowait(text_of(reply))

    async def next(self) -> str:
        async with asyncio.timeout(5):
            return await self.arrived.get()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/hangxun.sqlite"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url)
    yield store
    store.close()


def follow(store: Store, conversation: Conversation, *topics: str) -> None:
    for topic in topics:
        store.chats.subscribe(conversation, Subscription(topic, NOW, NOVEMBER.published), SETTINGS)


@asynccontextmanager
async def running(
    store: Store, clock: HandClock, *platforms: Platform, library: Callable[[], FakeLibrary] = FakeLibrary
) -> AsyncIterator[AlertService]:
    service = AlertService(
        store, lambda: nullcontext(library()), {each.name: each for each in platforms}, clock.clock()
    )
    await service.start()
    yield service
    await service.stop()


async def test_an_alert_arrives_once_however_often_the_clock_ticks_and_the_bot_restarts(
    store: Store, url: str
) -> None:
    follow(store, ALICE, "充电桩", "海外")
    platform, clock = Platform(), HandClock()
    async with running(store, clock, platform) as service:
        alert = await platform.next()
        await service.tick(clock.turn(seconds=20))
        await service.tick(clock.turn(hours=3))
    assert "充电桩" in alert
    assert "鹿特丹港的电池换电站" in alert
    again = open_store(url)
    async with running(again, clock, platform) as service:
        await service.tick(clock.turn(seconds=20))
    again.close()
    assert platform.chats == ["1001"]


async def test_an_alert_planned_before_a_restart_is_sent_after_it(store: Store) -> None:
    follow(store, ALICE, "充电桩")
    clock = HandClock()
    async with running(store, clock) as service:
        await service.tick(clock.at)
    assert store.deliveries.counts() == {State.PENDING: 1}
    platform = Platform()
    async with running(store, clock, platform):
        assert "充电桩" in await platform.next()


async def test_every_platform_gets_its_own_and_one_that_is_down_holds_up_none(store: Store) -> None:
    follow(store, ALICE, "充电桩")
    follow(store, CAROL, "电池")
    telegram = Platform(script=iter([DeliveryError("401", Outcome.CREDENTIAL)]))
    slack, clock = Platform("slack"), HandClock()
    async with running(store, clock, telegram, slack):
        assert "钠电池上船" in await slack.next()
    assert store.deliveries.counts() == {State.SENT: 1, State.PENDING: 1}
    clock.turn(minutes=6)
    async with running(store, clock, telegram, slack):
        assert "充电桩" in await telegram.next()
    assert (telegram.chats, slack.chats) == (["1001"], ["C1"])


async def test_two_replicas_in_the_same_minute_send_everything_once(store: Store, url: str) -> None:
    everyone = [Conversation("telegram", str(number)) for number in range(30)]
    for conversation in everyone:
        follow(store, conversation, "充电桩")
    other, platform, clock = open_store(url), Platform(), HandClock()
    async with running(store, clock, platform), running(other, clock, platform):
        for _ in everyone:
            await platform.next()
    other.close()
    assert store.deliveries.counts() == {State.SENT: 30}
    assert sorted(platform.chats) == sorted(each.chat for each in everyone)


async def test_stopping_waits_for_a_message_under_way(store: Store) -> None:
    follow(store, ALICE, "充电桩")
    started, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Platform):
        async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
            started.set()
            await go_on.wait()
            await super().send(conversation, reply, progress)

    async with running(store, HandClock(), Slow()):
        async with asyncio.timeout(5):
            await started.wait()
        asyncio.get_running_loop().call_soon(go_on.set)
    assert store.deliveries.counts() == {State.SENT: 1}


async def test_a_message_that_will_not_end_is_cut_off_and_comes_again_marked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.alerts.service.DRAIN_SECONDS", 0.01)
    follow(store, ALICE, "充电桩")
    started = asyncio.Event()

    class Stuck(Platform):
        async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
            started.set()
            await asyncio.Event().wait()

    clock = HandClock()
    async with running(store, clock, Stuck()):
        async with asyncio.timeout(5):
            await started.wait()
    clock.turn(seconds=61)
    platform = Platform()
    async with running(store, clock, platform):
        assert (await platform.next()).startswith("（可能重复 · 编号 1）")


async def test_a_library_that_cannot_be_opened_costs_one_tick_only(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    follow(store, ALICE, "充电桩")
    libraries = iter([None, LIBRARY])
    platform, clock = Platform(), HandClock()

    def library() -> FakeLibrary:
        if (found := next(libraries)) is None:
            raise RuntimeError("no index")
        return found

    async with running(store, clock, platform, library=library) as service:
        await service.tick(clock.at)
        assert "充电桩" in await platform.next()
    assert "alerts not planned" in caplog.text


async def test_a_person_who_asked_to_be_forgotten_gets_nothing_more(store: Store) -> None:
    follow(store, ALICE, "充电桩")
    follow(store, BOB, "充电桩")
    clock, platform = HandClock(), Platform()
    async with running(store, clock) as service:
        await service.tick(clock.at)
    store.chats.forget(ALICE)
    async with running(store, clock, platform):
        await platform.next()
    assert platform.chats == ["1002"]


async def test_delivering_once_accounts_for_every_message(store: Store) -> None:
    follow(store, ALICE, "充电桩")
    follow(store, BOB, "充电桩")
    follow(store, CAROL, "充电桩")
    telegram = Platform(script=iter([DeliveryError("blocked", Outcome.PERMANENT)]))
    clock = HandClock()
    ledger = await deliver_once(store, LIBRARY, {"telegram": telegram}, clock.clock())
    assert ledger == Ledger(delivered=1, dead=1, pending=1)
    assert str(ledger).startswith("due=3 delivered=1 lost=0 ")
    clock.turn(hours=13)
    assert await deliver_once(store, LIBRARY, {"telegram": telegram}, clock.clock()) == Ledger(expired=1)
    clock.turn(hours=12)
    slack = Platform("slack")
    again = await deliver_once(store, LIBRARY, {"telegram": telegram, "slack": slack}, clock.clock())
    assert again == Ledger(delivered=1), "what expired counts as new again"
