from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import chain, repeat
from pathlib import Path

import pytest

from bot.alerts import Clock, Ledger
from bot.alerts.policy import Policy
from bot.alerts.worker import Worker
from bot.errors import DeliveryError, Outcome
from bot.platform import WHOLE, Platform, Progress
from bot.store import Store, open_store
from bot.store.claiming import Claim, Sender
from bot.store.deliveries import Deliveries
from bot.store.payload import dump_reply
from bot.store.rows import Message, Plan, Result, State
from handlers.errors import StoreError
from handlers.ports import Settings, Subscription
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Conversation, Language
from handlers.schedule import daily
from tests.fakes.outbox import NOW, FakePlatform, HandClock
from tests.fakes.planned import Candidate, candidates

LOOK_BACK = timedelta(hours=12)
WINDOW = Policy().window
FAST = Policy(telegram_per_second=1000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/hangxun.sqlite")
    yield store
    store.close()


def queue(store: Store, chats: int, *, language: Language = Language.ZH) -> None:
    settings = Settings(daily(NOW.time()), "UTC", NOW - timedelta(days=1), language=language)
    for number in range(chats):
        followed = Subscription("半导体", NOW)
        store.chats.subscribe(Conversation("telegram", str(number)), followed, settings)
    store.plans.record([plan(each) for each in candidates(store, NOW)], NOW)


def plan(candidate: Candidate, payload: str | None = None) -> Plan:
    chat = candidate.state.conversation
    text = payload or dump_reply(Reply((Paragraph(Text(f"给 {chat.chat} 的推送")),)))
    message = Message(("半导体",), ("a1",), text, NOW + LOOK_BACK)
    return Plan((candidate.chat_id,), NOW.date(), "daily", message)


async def deliver(store: Store, platform: Platform, clock: HandClock) -> Ledger:
    store.deliveries.sweep(clock.at)
    return Ledger(**await Worker(store.deliveries, platform, clock.clock(), FAST).deliver_due())


async def test_everything_due_is_sent_once(store: Store) -> None:
    queue(store, 20)
    platform, clock = FakePlatform(), HandClock()
    assert await deliver(store, platform, clock) == Ledger(delivered=20)
    assert sorted(platform.chats) == sorted(map(str, range(20)))
    assert await deliver(store, platform, clock) == Ledger()
    assert "给 7 的推送" in platform.texts


async def test_messages_leave_at_the_pace_of_the_platform(store: Store) -> None:
    queue(store, 31)
    clock = HandClock()
    await Worker(store.deliveries, FakePlatform(), clock.clock()).deliver_due()
    assert 1.0 <= sum(clock.waited) <= 1.1


async def test_alerts_and_answers_do_not_share_threads(store: Store) -> None:
    queue(store, 3)
    is_answered = threading.Event()
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    answer = asyncio.create_task(asyncio.to_thread(is_answered.wait, 5))
    assert await deliver(store, FakePlatform(), HandClock()) == Ledger(delivered=3)
    assert not answer.done()
    is_answered.set()
    assert await answer


async def test_no_more_than_the_window_is_ever_under_way(store: Store) -> None:
    queue(store, 3 * WINDOW)
    most = 0

    def look(_conversation: Conversation) -> None:
        nonlocal most
        most = max(most, store.deliveries.counts()[State.SENDING])

    await deliver(store, FakePlatform(before=look), HandClock())
    assert most == WINDOW


FAILURES = [
    (Outcome.NOT_SENT, Ledger(pending=1), State.PENDING),
    (Outcome.AMBIGUOUS, Ledger(pending=1, bound=1), State.PENDING),
    (Outcome.PERMANENT, Ledger(dead=1), State.DEAD),
    (Outcome.CREDENTIAL, Ledger(pending=1), State.PENDING),
]


@pytest.mark.parametrize(("outcome", "ledger", "state"), FAILURES)
async def test_a_failure_ends_where_its_kind_says(
    store: Store, outcome: Outcome, ledger: Ledger, state: State
) -> None:
    queue(store, 1)
    platform = FakePlatform(script=iter([DeliveryError("no", outcome)]))
    assert await deliver(store, platform, HandClock()) == ledger
    assert store.deliveries.counts() == {state: 1}


async def test_a_message_not_sent_arrives_later_and_unmarked(store: Store) -> None:
    queue(store, 1)
    platform, clock = FakePlatform(script=iter([DeliveryError("refused", Outcome.NOT_SENT)])), HandClock()
    await deliver(store, platform, clock)
    assert await deliver(store, platform, clock) == Ledger()
    clock.turn(seconds=31)
    assert await deliver(store, platform, clock) == Ledger(delivered=1)
    assert platform.texts == ["给 0 的推送"]


@pytest.mark.parametrize(
    ("language", "mark"),
    [(Language.ZH, "（可能重复 · 编号 1）"), (Language.EN, "(possibly a repeat · no. 1)")],
)
async def test_a_message_of_unknown_end_comes_again_marked(
    store: Store, language: Language, mark: str
) -> None:
    queue(store, 1, language=language)
    platform, clock = FakePlatform(script=iter([DeliveryError("reset", Outcome.AMBIGUOUS)])), HandClock()
    await deliver(store, platform, clock)
    clock.turn(minutes=1)
    assert await deliver(store, platform, clock) == Ledger(delivered=1, dup=1)
    assert platform.texts == [f"{mark}\n给 0 的推送"]


async def test_a_message_is_never_sent_more_than_three_times(store: Store) -> None:
    queue(store, 1)
    platform = FakePlatform(script=repeat(DeliveryError("reset", Outcome.AMBIGUOUS)))
    clock = HandClock()
    ledgers = []
    for _ in range(5):
        ledgers.append(await deliver(store, platform, clock))
        clock.turn(hours=1)
    assert ledgers == [
        Ledger(pending=1, bound=1),
        Ledger(pending=1, bound=1),
        Ledger(held=1, bound=1),
        Ledger(),
        Ledger(),
    ]


async def test_a_refused_message_gives_up_after_eight_attempts(store: Store) -> None:
    queue(store, 1)
    platform, clock = FakePlatform(script=repeat(DeliveryError("503", Outcome.NOT_SENT))), HandClock()
    for _ in range(7):
        assert await deliver(store, platform, clock) == Ledger(pending=1)
        clock.turn(minutes=31)
    assert await deliver(store, platform, clock) == Ledger(dead=1)


async def test_a_chat_that_is_gone_is_asked_once(store: Store) -> None:
    queue(store, 1)
    platform = FakePlatform(script=iter([DeliveryError("blocked by the user", Outcome.PERMANENT)]))
    await deliver(store, platform, HandClock())
    tomorrow = NOW + timedelta(days=1)
    assert candidates(store, tomorrow) == []


async def test_a_revoked_token_pauses_the_platform_and_loses_nothing(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    queue(store, 30)
    refusals = repeat(DeliveryError("unauthorized", Outcome.CREDENTIAL), WINDOW)
    platform, clock = FakePlatform(script=chain(refusals)), HandClock()
    with caplog.at_level(logging.ERROR):
        first = await deliver(store, platform, clock)
    assert first.pending == WINDOW
    assert caplog.text.count("alerts paused") == 1
    assert await deliver(store, platform, clock) == Ledger()
    clock.turn(minutes=6)
    assert await deliver(store, platform, clock) == Ledger(delivered=30)
    assert len(platform.seen) == 30


async def test_a_long_pause_that_a_platform_asks_for_is_obeyed_after_a_restart(store: Store) -> None:
    queue(store, 30)
    flood = DeliveryError("429", Outcome.NOT_SENT, retry_after=timedelta(hours=3))
    platform, clock = FakePlatform(script=iter([flood])), HandClock()
    before = await deliver(store, platform, clock)
    assert before.delivered < 30
    clock.turn(hours=2)
    assert await deliver(store, platform, clock) == Ledger()
    clock.turn(hours=1, seconds=2)
    after = await deliver(store, platform, clock)
    assert before.delivered + after.delivered == 30


async def test_an_attempt_without_an_answer_is_cut_off(store: Store) -> None:
    queue(store, 1)

    class Deaf(FakePlatform):
        async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
            await asyncio.Event().wait()

    worker = Worker(store.deliveries, Deaf(), HandClock().clock(), Policy(deadline_seconds=0.01))
    assert Ledger(**await worker.deliver_due()) == Ledger(pending=1, bound=1)


async def test_a_crash_between_sending_and_saving_repeats_at_most_once_and_marked(store: Store) -> None:
    queue(store, 3)
    clock, platform = HandClock(), FakePlatform()
    crashed = Worker(Full(store.database), platform, clock.clock(), FAST)
    assert Ledger(**await crashed.deliver_due()) == Ledger(lost=3, bound=3)
    clock.turn(seconds=61)
    assert await deliver(store, platform, clock) == Ledger(delivered=3, dup=3)
    assert len(platform.seen) == 6
    assert sum("可能重复" in text for text in platform.texts) == 3
    clock.turn(hours=1)
    assert await deliver(store, platform, clock) == Ledger()


class Full(Deliveries):
    """Takes no outcome, as a full disk does."""

    def exchange(self, sender: Sender, results: Sequence[Result], limit: int, now: datetime) -> Claim:
        if results:
            raise StoreError("database or disk is full")
        return super().exchange(sender, results, limit, now)


async def test_an_outcome_that_cannot_be_saved_at_first_is_saved_later(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    queue(store, 3)
    failures = iter([True, True, True])

    class Down(Deliveries):
        def exchange(self, sender: Sender, results: Sequence[Result], limit: int, now: datetime) -> Claim:
            if results and next(failures, False):
                raise StoreError("the server is shutting down")
            return super().exchange(sender, results, limit, now)

    worker = Worker(Down(store.database), FakePlatform(), HandClock().clock(), FAST)
    assert Ledger(**await worker.deliver_due()) == Ledger(delivered=3)
    assert caplog.text.count("nothing saved or claimed") == 1


async def test_while_it_runs_a_worker_keeps_outcomes_until_the_database_is_back(store: Store) -> None:
    queue(store, 3)
    clock = HandClock()

    class Away(Deliveries):
        """Is there for the first claim, and then not for ten minutes, which are many leases."""

        def exchange(self, sender: Sender, results: Sequence[Result], limit: int, now: datetime) -> Claim:
            if results:
                self.refuse()
                worker.stop()
            return super().exchange(sender, results, limit, now)

        def next_due(self, platform: str) -> datetime | None:
            self.refuse()
            return super().next_due(platform)

        def refuse(self) -> None:
            if clock.at < NOW + timedelta(minutes=10):
                raise StoreError("the server is shutting down")

    worker = Worker(Away(store.database), FakePlatform(), clock.clock(), FAST)
    await worker.run()
    assert store.deliveries.counts() == {State.SENT: 3}


async def test_what_was_claimed_without_our_knowing_is_sent_unmarked(store: Store) -> None:
    queue(store, WINDOW + 2)
    failures = iter([True])

    class CutOff(Deliveries):
        """Loses the answer to its first commit."""

        def exchange(self, sender: Sender, results: Sequence[Result], limit: int, now: datetime) -> Claim:
            claim = super().exchange(sender, results, limit, now)
            if next(failures, False):
                raise StoreError("connection lost")
            return claim

    platform, clock = FakePlatform(), HandClock()
    worker = Worker(CutOff(store.database), platform, clock.clock(), FAST)
    assert (await worker.deliver_due()).total() == 0
    assert Ledger(**await worker.deliver_due()) == Ledger(delivered=WINDOW + 2)
    assert not any("可能重复" in text for text in platform.texts)


async def test_one_message_that_cannot_be_read_does_not_hold_up_the_others(store: Store) -> None:
    queue(store, 3)
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE message SET payload = '{' WHERE id = 1")
    assert await deliver(store, FakePlatform(), HandClock()) == Ledger(delivered=2, dead=1)


async def test_a_defect_while_sending_one_message_does_not_hold_up_the_others(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    queue(store, 3)
    platform = FakePlatform(script=iter([KeyError("defect")]))
    assert await deliver(store, platform, HandClock()) == Ledger(delivered=2, pending=1, bound=1)
    assert "sending broke off" in caplog.text


class Parts(FakePlatform):
    """A platform that cuts every message in three and fails where the script says."""

    async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
        for part in range(progress.taken + 1, 4):
            error = next(self.script, None)
            if error is not None:
                raise error
            self.seen.append((conversation, Reply((Paragraph(Text(f"part {part}")),))))
            await progress.accepted(str(part), part == 3)


async def test_a_message_of_several_parts_goes_on_with_the_one_that_failed(store: Store) -> None:
    queue(store, 1)
    script = iter([None, DeliveryError("refused", Outcome.NOT_SENT), None])
    platform, clock = Parts(script=script), HandClock()
    assert await deliver(store, platform, clock) == Ledger(pending=1)
    clock.turn(minutes=1)
    assert await deliver(store, platform, clock) == Ledger(delivered=1)
    assert platform.texts == ["part 1", "part 2", "part 3"]


async def test_each_part_has_its_turn_in_the_chat(store: Store) -> None:
    queue(store, 1)
    clock = HandClock()
    await deliver(store, Parts(), clock)
    assert [round(wait) for wait in clock.waited if wait > 0.5] == [1, 1]


async def test_a_message_of_several_parts_stops_where_its_progress_cannot_be_saved(store: Store) -> None:
    queue(store, 1)

    class Down(Deliveries):
        def advance(self, *args: object) -> bool:
            raise StoreError("down")

    platform, clock = Parts(), HandClock()
    await Worker(Down(store.database), platform, clock.clock()).deliver_due()
    clock.turn(minutes=1)
    assert await deliver(store, platform, clock) == Ledger(delivered=1)
    assert platform.texts == ["part 1", "part 2", "part 3"]


async def test_a_chat_whose_turn_is_far_away_does_not_take_up_the_window(store: Store) -> None:
    settings = Settings(daily(NOW.time()), "UTC", NOW - timedelta(days=1))
    for thread in range(4):
        place = Conversation("telegram", "-100", thread=str(thread))
        store.chats.subscribe(place, Subscription("半导体", NOW), settings)
    store.plans.record([plan(each) for each in candidates(store, NOW)], NOW)
    clock, platform = HandClock(), FakePlatform()
    await deliver(store, platform, clock)
    clock.turn(seconds=11)
    await deliver(store, platform, clock)
    assert len(platform.seen) == 4
    assert max(clock.waited) < 5


async def test_a_database_that_gives_nothing_is_asked_again_later(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    class Locked(Deliveries):
        def exchange(self, *args: object) -> Claim:
            raise StoreError("database is locked")

    worker = Worker(Locked(store.database), FakePlatform(), Clock())
    assert (await worker.deliver_due()).total() == 0
    assert "nothing saved or claimed" in caplog.text


async def test_what_is_no_longer_wanted_is_counted_as_suppressed(store: Store) -> None:
    queue(store, 2)
    store.chats.forget(Conversation("telegram", "0"))
    store.chats.unsubscribe(Conversation("telegram", "1"), "半导体")
    assert await deliver(store, FakePlatform(), HandClock()) == Ledger(suppressed=1)


async def test_stopping_ends_what_is_under_way_and_claims_no_more(store: Store) -> None:
    queue(store, 3 * WINDOW)
    platform = FakePlatform()
    worker = Worker(store.deliveries, platform, HandClock().clock(), FAST)
    platform.before = lambda _: worker.stop()
    assert Ledger(**await worker.deliver_due()) == Ledger(delivered=WINDOW)
    assert store.deliveries.counts() == {State.SENT: WINDOW, State.PENDING: 2 * WINDOW}


def test_a_ledger_is_one_line_that_adds_up() -> None:
    ledger = Ledger(delivered=5, dup=1, bound=2, dead=1, expired=1, held=1, suppressed=1, pending=1)
    assert str(ledger) == (
        "due=10 delivered=5 lost=0 dup=1 bound=2 dead=1 expired=1 held=1 suppressed=1 pending=1"
    )
