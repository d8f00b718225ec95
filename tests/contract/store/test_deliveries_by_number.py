"""The step that lets a chat's deliveries tell what it was sent, and what holds without foreign keys."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select, text

from bot.store import Store, migrate
from bot.store.claiming import Sender
from bot.store.queueing import queue_messages, take_slots
from bot.store.rows import Attempt, Message, Plan, Result, Settlement, State
from bot.store.schema import attempt, delivery, message, metadata, planned_slot
from handlers.ports import Settings, Subscription
from handlers.request import Conversation
from handlers.schedule import daily
from tests.fakes.planned import candidates

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
TODAY = date(2026, 11, 23)
ALICE = Conversation("telegram", "1001")
BOB = Conversation("telegram", "1002")
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", NOW - timedelta(days=30))
CHIPS = Subscription("半导体", NOW - timedelta(days=30))
ME = Sender("telegram", "me")
NEWS = Message(("半导体",), ("a1",), '{"blocks":[]}', NOW + timedelta(hours=12))


def plan(store: Store, now: datetime = NOW) -> Plan:
    return Plan(tuple(each.chat_id for each in candidates(store, now)), TODAY, "daily", NEWS)


def queue(store: Store, *places: Conversation) -> None:
    for place in places:
        store.chats.subscribe(place, CHIPS, SETTINGS)
    store.plans.record([plan(store)], NOW)


def send_one(store: Store, state: State = State.SENT) -> Conversation:
    (claimed,) = store.deliveries.exchange(ME, (), 1, NOW).deliveries
    result = Result(claimed, Settlement(state, 1, 0), Attempt(NOW, NOW, str(state)))
    assert not store.deliveries.exchange(ME, (result,), 0, NOW).fenced
    return claimed.conversation


def known(store: Store, now: datetime) -> dict[Conversation, frozenset[str]]:
    return {each.state.conversation: each.state.alerted for each in candidates(store, now)}


def test_what_was_queued_and_sent_outlives_the_steps_down_and_up(store: Store) -> None:
    queue(store, ALICE, BOB)
    first = send_one(store)
    migrate.downgrade(store.database, "0008")
    with store.database.read() as connection:
        kept = connection.execute(text("SELECT topics FROM delivery")).scalars().all()
        assert kept == ['["半导体"]', '["半导体"]']
        sent = text("SELECT count(*) FROM received JOIN delivery ON delivery.id = received.delivery_id")
        assert connection.scalar(sent) == 2
    migrate.upgrade(store.database)
    with store.database.read() as connection:
        assert len(connection.execute(select(attempt)).all()) == 1
    assert known(store, NOW + timedelta(days=1)) == {ALICE: {"a1"}, BOB: {"a1"}}
    assert {first, send_one(store, State.DEAD)} == {ALICE, BOB}
    assert sorted(known(store, NOW + timedelta(days=1)).values(), key=len) == [set(), {"a1"}]


def test_what_arrived_with_a_deleted_delivery_outlives_the_steps_down_and_up(store: Store) -> None:
    queue(store, ALICE)
    send_one(store)
    later = NOW + timedelta(days=91)
    store.pruning.prune(later)
    migrate.downgrade(store.database, "0008")
    migrate.upgrade(store.database)
    assert known(store, later) == {ALICE: {"a1"}}


def test_chats_that_call_a_topic_by_other_names_still_get_their_message(store: Store) -> None:
    queue(store, ALICE, BOB)
    migrate.downgrade(store.database, "0008")
    with store.database.write() as connection:
        connection.execute(text("UPDATE delivery SET topics = '[\"chips\"]' WHERE id = 1"))
    migrate.upgrade(store.database)
    store.chats.unsubscribe(ALICE, "半导体")
    store.chats.subscribe(ALICE, Subscription("chips", NOW), SETTINGS)
    assert {send_one(store), send_one(store)} == {ALICE, BOB}


def test_a_chat_forgotten_while_it_is_planned_leaves_no_trace(store: Store) -> None:
    for number in range(5):
        place = Conversation("telegram", f"chat-{number}")
        store.chats.subscribe(place, CHIPS, SETTINGS)
        due = [plan(store)]
        with ThreadPoolExecutor(1) as elsewhere:
            with store.database.write() as connection:
                taken = take_slots(connection, due, NOW)
                forgotten = elsewhere.submit(store.chats.forget, place)
                queue_messages(connection, taken, NOW)
            assert forgotten.result()
        with store.database.read() as connection:
            assert connection.execute(select(planned_slot)).all() == []
            assert connection.execute(select(message)).all() == []
            assert set(connection.execute(select(delivery.c.chat_id, delivery.c.state))) == {
                (None, State.SUPPRESSED)
            }
            rows = [row for table in metadata.sorted_tables for row in connection.execute(select(table))]
        assert place.chat not in repr(rows)


def test_a_linked_chat_hands_over_what_it_was_sent_however_long_ago(store: Store) -> None:
    queue(store, ALICE, BOB)
    send_one(store)
    send_one(store)
    later = NOW + timedelta(days=91)
    store.pruning.prune(later)
    code = store.chats.link_code(ALICE, SETTINGS, later)
    store.chats.link(BOB, code, later)
    assert known(store, later) == {ALICE: {"a1"}}
