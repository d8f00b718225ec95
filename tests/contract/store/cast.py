"""Who is in these tests, and the steps on the way of an alert."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from bot.store import Store
from bot.store.claiming import Claim, Sender
from bot.store.rows import Attempt, Delivery, Message, Pause, Plan, Result, Settlement, State
from bot.store.schema import metadata
from handlers.ports import Settings, Subscription
from handlers.request import Conversation, Language
from handlers.schedule import daily
from tests.fakes.planned import Candidate, candidates

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
LOOK_BACK = timedelta(hours=12)
MINUTE = timedelta(minutes=1)
TODAY = date(2026, 11, 23)
ALICE = Conversation("telegram", "1001")
BOB = Conversation("telegram", "1002")
CAROL = Conversation("slack", "C1", team="T1", thread="1700000000.1")
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", NOW - timedelta(days=30), language=Language.ZH)
CHIPS = Subscription("半导体", NOW - timedelta(days=30), since=date(2021, 12, 1))


def follow(store: Store, *conversations: Conversation) -> None:
    for conversation in conversations:
        store.chats.subscribe(conversation, CHIPS, SETTINGS)


def plan(candidate: Candidate, *articles: str, topics: tuple[str, ...] = ("半导体",)) -> Plan:
    message = Message(topics, articles, '{"blocks":[]}', NOW + timedelta(hours=12))
    return Plan((candidate.chat_id,), TODAY, "daily", message)


def queue(store: Store, *conversations: Conversation) -> None:
    follow(store, *conversations)
    store.plans.record([plan(each, "a1") for each in candidates(store, NOW)], NOW)


def claim(store: Store, platform: str = "telegram", now: datetime = NOW, limit: int = 8) -> Claim:
    return store.deliveries.exchange(Sender(platform, "me"), (), limit, now)


def claim_one(store: Store, now: datetime = NOW) -> Delivery:
    (claimed,) = claim(store, now=now).deliveries
    return claimed


def settle(store: Store, claimed: Delivery, outcome: Settlement, now: datetime = NOW) -> bool:
    """Save an outcome; tell whether it counts."""
    result = Result(claimed, outcome, Attempt(now, now, "sent"))
    return not store.deliveries.exchange(Sender("telegram", "me"), (result,), 0, now).fenced


def pause(store: Store, platform: str, pause: Pause, now: datetime = NOW) -> tuple[Pause, ...]:
    """Let an outcome that does not count ask for a pause."""
    nobody = Delivery(0, 0, ALICE, None, "", 1, 0, "nobody")
    result = Result(nobody, Settlement(State.PENDING, 0, 0), pause=pause)
    return store.deliveries.exchange(Sender(platform, "me"), (result,), 0, now).paused


def everything(store: Store) -> str:
    with store.database.read() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return repr(rows)
