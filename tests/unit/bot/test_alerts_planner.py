from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.alerts import plan_due, preview
from bot.alerts.planner import rendering
from bot.store import Store, open_store
from bot.store.claiming import Sender
from bot.store.payload import load_reply
from bot.store.rows import State
from handlers.alerts import planning
from handlers.ports import ChatState, Settings, Subscription
from handlers.request import Conversation, Language
from handlers.schedule import daily
from tests.fakes.library import NOVEMBER, FakeLibrary
from tests.fakes.outbox import NOW, text_of

ALICE = Conversation("telegram", "1001")
BOB = Conversation("telegram", "1002")
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", NOW - timedelta(days=30), language=Language.ZH)
LIBRARY = FakeLibrary()
ME = Sender("telegram", "me")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path}/hangxun.sqlite")
    yield store
    store.close()


def follow(store: Store, conversation: Conversation, *topics: str, settings: Settings = SETTINGS) -> None:
    for topic in topics:
        store.chats.subscribe(conversation, Subscription(topic, NOW, NOVEMBER.published), settings)


def test_what_is_new_is_queued_as_one_message_a_chat(store: Store) -> None:
    follow(store, ALICE, "充电桩", "电池")
    follow(store, BOB, "海外")
    assert plan_due(store, LIBRARY, NOW) == 2
    payloads = {
        each.conversation: text_of(load_reply(each.payload))
        for each in store.deliveries.exchange(ME, (), 8, NOW).deliveries
    }
    assert "充电桩：从城区走向港口" in payloads[ALICE]
    assert "鹿特丹港的电池换电站" in payloads[BOB]


def test_planning_again_adds_nothing(store: Store) -> None:
    follow(store, ALICE, "充电桩")
    assert plan_due(store, LIBRARY, NOW) == 1
    assert plan_due(store, LIBRARY, NOW) == 0
    assert plan_due(store, LIBRARY, NOW + timedelta(hours=3)) == 0


def test_planning_in_several_threads_at_once_plans_once(store: Store) -> None:
    for number in range(20):
        follow(store, Conversation("telegram", str(number)), "充电桩")
    with ThreadPoolExecutor(4) as threads:
        queued = list(threads.map(lambda _: plan_due(store, LIBRARY, NOW), range(4)))
    assert sum(queued) == store.deliveries.counts()[State.PENDING] == 20


def test_the_next_day_brings_only_what_is_new_since(store: Store) -> None:
    follow(store, ALICE, "充电桩")
    before = FakeLibrary(held=LIBRARY.held[1:])
    assert plan_due(store, before, NOW) == 1
    tomorrow = NOW + timedelta(days=1)
    assert plan_due(store, LIBRARY, tomorrow) == 1
    (second,) = store.deliveries.exchange(ME, (), 8, tomorrow).deliveries
    text = text_of(load_reply(second.payload))
    assert "充电桩：从城区走向港口" in text
    assert "山东：港口里的充电桩" not in text


def test_chats_that_get_the_same_share_a_message_since_whenever_they_follow() -> None:
    plan, render = planning(LIBRARY, NOW), rendering(LIBRARY)
    days = (NOVEMBER.published, NOVEMBER.published - timedelta(days=7))
    followed = [(Subscription("充电桩", NOW, since),) for since in days]
    alerts = plan(ChatState(ALICE, SETTINGS, each) for each in followed)
    first, second = (render(*each) for each in zip(followed, alerts, strict=True))
    assert first.articles
    assert first is second


def test_rendering_does_not_take_one_alert_for_another_with_the_same_articles(store: Store) -> None:
    follow(store, ALICE, "充电桩", "海外")
    follow(store, BOB, "海外", "充电桩")
    plan_due(store, LIBRARY, NOW)
    first, second = store.deliveries.exchange(ME, (), 8, NOW).deliveries
    assert first.payload != second.payload


def test_nothing_new_sends_nothing_and_looks_no_more_that_day(store: Store) -> None:
    follow(store, ALICE, "卫星")
    assert plan_due(store, LIBRARY, NOW) == 0
    assert preview(store, LIBRARY, NOW) == ()


def test_a_preview_shows_who_would_get_what_and_writes_nothing(store: Store) -> None:
    follow(store, ALICE, "充电桩")
    (alert,) = preview(store, LIBRARY, NOW)
    assert alert.conversation == ALICE
    assert alert.entries
    assert preview(store, LIBRARY, NOW) == (alert,)
    assert store.deliveries.counts() == {}


def test_an_alias_that_became_another_topic_still_counts_as_followed(store: Store) -> None:
    follow(store, ALICE, "EV charger")
    assert plan_due(store, LIBRARY, NOW) == 1
    claim = store.deliveries.exchange(ME, (), 8, NOW)
    assert (len(claim.deliveries), claim.suppressed) == (1, 0)


def test_unsubscribing_after_the_plan_keeps_the_alert_back(store: Store) -> None:
    follow(store, ALICE, "充电桩", "卫星")
    plan_due(store, LIBRARY, NOW)
    store.chats.unsubscribe(ALICE, "充电桩")
    assert store.deliveries.exchange(ME, (), 8, NOW).suppressed == 1


RULE = "指标 中国 充电桩数"


def test_a_figure_is_queued_with_the_articles_and_told_once(store: Store) -> None:
    follow(store, ALICE, "海外", RULE)
    follow(store, BOB, "指标 中国 充电桩数 > 3000万")
    assert plan_due(store, LIBRARY, NOW) == 1
    (message,) = store.deliveries.exchange(ME, (), 8, NOW).deliveries
    text = text_of(load_reply(message.payload))
    assert message.conversation == ALICE
    assert "鹿特丹港的电池换电站" in text
    assert "充电桩数 · 中国　1200 万个" in text
    assert plan_due(store, LIBRARY, NOW + timedelta(days=1)) == 0


def test_a_figure_still_followed_is_sent_and_one_no_longer_followed_is_not(store: Store) -> None:
    follow(store, ALICE, RULE)
    follow(store, BOB, RULE, "卫星")
    plan_due(store, LIBRARY, NOW)
    store.chats.unsubscribe(BOB, RULE)
    claim = store.deliveries.exchange(ME, (), 8, NOW)
    assert [each.conversation for each in claim.deliveries] == [ALICE]
    assert claim.suppressed == 1
