"""What every database promises: each test runs on all of `tests.contract.databases`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, inspect, select, update

from bot.store import Store, migrate, open_store
from bot.store.claiming import Claim, Sender, scope_of
from bot.store.database import given_time
from bot.store.inbound import Event
from bot.store.letters import Letters
from bot.store.misses import KeptMisses
from bot.store.rows import Attempt, Delivery, Message, Pause, Plan, Result, Settlement, State
from bot.store.schema import attempt, chat, lease, message, metadata
from handlers.errors import StoreError
from handlers.ports import Settings, Standing, Subscription
from handlers.request import Conversation, Language
from handlers.schedule import Edition, Quiet, Schedule, daily
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


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = open_store(url, time=given_time)
    yield store
    store.close()


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


# Chats


def test_a_new_chat_has_nothing(store: Store) -> None:
    assert store.chats.settings(ALICE) is None
    assert store.chats.subscriptions(ALICE) == ()
    assert not store.chats.unsubscribe(ALICE, "半导体")
    assert not store.chats.forget(ALICE)


def test_settings_come_back_as_they_were_saved(store: Store) -> None:
    since = NOW.astimezone(ZoneInfo("Asia/Tokyo"))
    settings = Settings(daily(time(7, 30)), "Europe/Berlin", since, paused=True)
    store.chats.save_settings(ALICE, SETTINGS)
    store.chats.save_settings(ALICE, settings)
    assert store.chats.settings(ALICE) == settings


def test_a_naive_datetime_is_a_mistake(store: Store) -> None:
    with pytest.raises(StoreError, match="time zone"):
        store.chats.save_settings(ALICE, replace(SETTINGS, active_since=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_subscribing_twice_follows_once(store: Store) -> None:
    assert store.chats.subscribe(ALICE, CHIPS, SETTINGS)
    assert not store.chats.subscribe(ALICE, replace(CHIPS, since=None), SETTINGS)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_subscriptions_are_listed_oldest_first(store: Store) -> None:
    for topic in ("海外", "5G", "半导体"):
        store.chats.subscribe(ALICE, replace(CHIPS, topic=topic), SETTINGS)
    assert [each.topic for each in store.chats.subscriptions(ALICE)] == ["海外", "5G", "半导体"]


def test_subscribing_keeps_the_settings_that_a_chat_has(store: Store) -> None:
    early = replace(SETTINGS, schedule=daily(time(6)))
    store.chats.save_settings(ALICE, early)
    store.chats.subscribe(ALICE, CHIPS, SETTINGS)
    assert store.chats.settings(ALICE) == early


def test_following_again_after_nothing_begins_now_and_a_second_topic_changes_nothing(store: Store) -> None:
    follow(store, ALICE)
    store.chats.unsubscribe(ALICE, "半导体")
    for topic, created_at in (("5G", NOW), ("海外", NOW + timedelta(hours=1))):
        store.chats.subscribe(ALICE, replace(CHIPS, topic=topic, created_at=created_at), SETTINGS)
    assert store.chats.settings(ALICE) == replace(SETTINGS, active_since=NOW)


def test_unsubscribing_ends_one_topic_of_one_chat(store: Store) -> None:
    follow(store, ALICE, BOB)
    store.chats.subscribe(ALICE, replace(CHIPS, topic="5G"), SETTINGS)
    assert store.chats.unsubscribe(ALICE, "半导体")
    assert [each.topic for each in store.chats.subscriptions(ALICE)] == ["5G"]
    assert store.chats.subscriptions(BOB) == (CHIPS,)


@pytest.mark.parametrize(
    "other",
    [
        replace(CAROL, platform="telegram"),
        replace(CAROL, team="T2"),
        replace(CAROL, chat="C2"),
        replace(CAROL, thread=""),
    ],
)
def test_chats_that_differ_in_anything_share_nothing(store: Store, other: Conversation) -> None:
    follow(store, CAROL)
    assert store.chats.subscriptions(other) == ()
    assert not store.chats.forget(other)
    assert store.chats.subscriptions(CAROL) == (CHIPS,)


@pytest.mark.parametrize("hostile", ["'; DROP TABLE chat; --", "%", "🙂" * 50, "\u202e半导体", "x" * 4096])
def test_any_topic_is_kept_to_the_letter(store: Store, hostile: str) -> None:
    store.chats.subscribe(ALICE, replace(CHIPS, topic=hostile), SETTINGS)
    assert [each.topic for each in store.chats.subscriptions(ALICE)] == [hostile]
    assert store.chats.unsubscribe(ALICE, hostile)


def test_what_was_saved_is_there_after_a_restart(store: Store, url: str) -> None:
    follow(store, ALICE)
    store.close()
    again = open_store(url)
    assert again.chats.subscriptions(ALICE) == (CHIPS,)
    again.close()


def test_a_rule_is_kept_to_the_letter_with_the_figures_that_are_known(store: Store) -> None:
    rule = replace(CHIPS, topic="指标 中国 5G基站数 > 200万")
    assert store.chats.subscribe(ALICE, rule, SETTINGS, ("aa", "bb"))
    assert store.chats.subscriptions(ALICE) == (rule,)
    assert candidates(store, NOW)[0].state.told == {"aa", "bb"}


def test_following_again_what_is_followed_makes_no_figure_known(store: Store) -> None:
    follow(store, ALICE)
    assert not store.chats.subscribe(ALICE, CHIPS, SETTINGS, ("aa",))
    assert candidates(store, NOW)[0].state.told == frozenset()


def test_figures_known_twice_are_known_once_and_to_one_chat(store: Store) -> None:
    store.chats.subscribe(ALICE, CHIPS, SETTINGS, ("aa", "aa"))
    store.chats.subscribe(ALICE, replace(CHIPS, topic="5G"), SETTINGS, ("aa", "bb"))
    follow(store, BOB)
    told = {each.state.conversation: each.state.told for each in candidates(store, NOW)}
    assert told == {ALICE: {"aa", "bb"}, BOB: frozenset()}


# Forgetting


def everything(store: Store) -> str:
    with store.database.read() as connection:
        rows = [row for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return repr(rows)


@pytest.mark.parametrize("sent", ["never", "under way", "sent"])
def test_forgetting_leaves_no_trace_but_the_count(store: Store, sent: str) -> None:
    queue(store, ALICE)
    if sent != "never":
        claimed = claim_one(store)
    if sent == "sent":
        settle(store, claimed, Settlement(State.SENT, 1, 0), NOW)
    assert store.chats.forget(ALICE)
    dump = everything(store)
    assert ALICE.chat not in dump
    assert "半导体" not in dump
    assert store.deliveries.counts() == {State.SENT if sent == "sent" else State.SUPPRESSED: 1}


def test_forgetting_one_chat_leaves_the_others(store: Store) -> None:
    queue(store, ALICE, BOB)
    store.chats.forget(ALICE)
    assert store.chats.subscriptions(BOB) == (CHIPS,)
    assert claim_one(store).conversation == BOB


def test_the_outcome_of_a_forgotten_delivery_does_not_count(store: Store) -> None:
    queue(store, ALICE)
    claimed = claim_one(store)
    store.chats.forget(ALICE)
    assert not settle(store, claimed, Settlement(State.DEAD, 1, 0, error="1001 blocked"), NOW)
    assert ALICE.chat not in everything(store)


def test_figures_known_are_forgotten_too(store: Store) -> None:
    store.chats.subscribe(ALICE, CHIPS, SETTINGS, ("figure-1",))
    store.chats.forget(ALICE)
    assert "figure-1" not in everything(store)


# Planning


def test_a_chat_is_a_candidate_with_all_that_planning_needs(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    assert candidate.state.conversation == ALICE
    assert candidate.state.settings == SETTINGS
    assert candidate.state.subscriptions == (CHIPS,)
    assert candidate.state.alerted == frozenset()


@pytest.mark.parametrize("reason", ["paused", "follows nothing", "gone"])
def test_a_chat_that_wants_nothing_is_no_candidate(store: Store, reason: str) -> None:
    queue(store, ALICE)
    if reason == "paused":
        store.chats.save_settings(ALICE, replace(SETTINGS, paused=True))
    elif reason == "follows nothing":
        store.chats.unsubscribe(ALICE, "半导体")
    else:
        gone = Settlement(State.DEAD, 1, 0, error="blocked", gone=True)
        settle(store, claim_one(store), gone, NOW)
    assert candidates(store, NOW + timedelta(days=1)) == []


def test_a_chat_that_was_gone_comes_back_by_subscribing(store: Store) -> None:
    queue(store, ALICE)
    settle(store, claim_one(store), Settlement(State.DEAD, 1, 0, error="blocked", gone=True), NOW)
    again = NOW + timedelta(days=1, hours=3)
    store.chats.subscribe(ALICE, replace(CHIPS, topic="5G", created_at=again), SETTINGS)
    assert candidates(store, again) == []
    assert len(candidates(store, NOW + timedelta(days=2))) == 1


def test_a_planned_date_is_planned_and_what_was_sent_is_remembered(store: Store) -> None:
    queue(store, ALICE)
    assert candidates(store, NOW) == []
    twice = replace(SETTINGS, schedule=daily(time(9), time(18, 30)))
    store.chats.save_settings(ALICE, twice)
    (evening,) = candidates(store, NOW + timedelta(hours=9, minutes=30))
    assert evening.state.planned == {(TODAY, "daily")}
    assert evening.state.alerted == {"a1"}


def test_the_figures_of_a_message_count_as_told(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    message = Message(("半导体",), (), '{"blocks":[]}', NOW + timedelta(hours=12), ("aa", "bb"))
    assert store.plans.record([replace(plan(candidate), message=message)], NOW) == 1
    (tomorrow,) = candidates(store, NOW + timedelta(days=1))
    assert tomorrow.state.told == {"aa", "bb"}
    assert tomorrow.state.alerted == frozenset()


def test_the_dates_that_are_planned_can_be_asked_for(store: Store) -> None:
    assert store.chats.planned(ALICE) == frozenset()
    queue(store, ALICE)
    follow(store, BOB)
    assert store.chats.planned(ALICE) == {(TODAY, "daily")}
    assert store.chats.planned(BOB) == frozenset()


def test_every_kind_of_schedule_comes_back(store: Store) -> None:
    workdays = Schedule((time(9), time(18, 30)), None, Quiet(time(22), time(8)))
    for schedule in (workdays, Schedule((time(17),), frozenset({0, 4})), Schedule()):
        settings = replace(SETTINGS, schedule=schedule)
        store.chats.save_settings(ALICE, settings)
        assert store.chats.settings(ALICE) == settings


def test_each_time_of_a_day_is_planned_for_itself(store: Store) -> None:
    follow(store, ALICE)
    store.chats.save_settings(ALICE, replace(SETTINGS, schedule=daily(time(9), time(18, 30))))
    (morning,) = candidates(store, NOW)
    store.plans.record([plan(morning, "a1")], NOW)
    assert candidates(store, NOW + timedelta(hours=9)) == []
    evening = NOW + timedelta(hours=9, minutes=30)
    (candidate,) = candidates(store, evening)
    store.plans.record([replace(plan(candidate, "a2"), slot="daily-2")], evening)
    assert candidates(store, evening) == []
    assert store.chats.planned(ALICE) == {(TODAY, "daily"), (TODAY, "daily-2")}


def test_an_edition_is_seen_once_and_due_for_who_wants_news_at_once(store: Store) -> None:
    follow(store, ALICE, BOB)
    store.chats.save_settings(BOB, replace(SETTINGS, schedule=Schedule()))
    assert store.plans.edition("abc", NOW) == Edition("abc", NOW)
    assert store.plans.see("abc", NOW) == Edition("abc", NOW)
    later = NOW + timedelta(hours=3)
    edition = store.plans.see("abc", later)
    assert edition == Edition("abc", NOW)
    batches = [
        {place for alike in batch for place in store.plans.places(alike.chats)}
        for batch in store.plans.due(later, LOOK_BACK, edition)
    ]
    assert {BOB} in batches
    assert list(store.plans.due(NOW + LOOK_BACK, LOOK_BACK, edition)) == []


def test_a_schedule_that_nobody_can_read_costs_only_its_own_chats(store: Store) -> None:
    follow(store, ALICE, BOB)
    with store.database.write() as connection:
        broken = update(chat).where(chat.c.chat_ref == ALICE.chat)
        connection.execute(broken.values(schedule="whenever"))
    assert [each.state.conversation for each in candidates(store, NOW)] == [BOB]


@pytest.mark.parametrize(
    ("state", "is_known"), [(State.SENT, True), (State.DEAD, False), (State.EXPIRED, False)]
)
def test_what_never_arrived_counts_as_new_again(store: Store, state: State, is_known: bool) -> None:
    queue(store, ALICE)
    if state is State.EXPIRED:
        store.deliveries.sweep(NOW + timedelta(hours=13))
    else:
        settle(store, claim_one(store), Settlement(state, 1, 0), NOW)
    tomorrow = NOW + timedelta(days=1)
    (candidate,) = candidates(store, tomorrow)
    assert candidate.state.alerted == (frozenset({"a1"}) if is_known else frozenset())
    again = replace(plan(candidate, "a1"), local_date=TODAY + timedelta(days=1))
    store.plans.record([again], tomorrow)
    (day_after,) = candidates(store, tomorrow + timedelta(days=1))
    assert day_after.state.alerted == {"a1"}


def test_bringing_in_follows_all_and_keeps_the_settings_in_one_go(store: Store) -> None:
    follow(store, ALICE)
    evening = replace(SETTINGS, schedule=daily(time(18)))
    muted = Subscription("5G", NOW, muted_until=NOW + timedelta(days=3))
    store.chats.bring(ALICE, (muted, CHIPS), evening, ("aa",))
    assert store.chats.subscriptions(ALICE) == (CHIPS, muted)
    assert store.chats.settings(ALICE) == evening
    assert candidates(store, NOW + timedelta(hours=9))[0].state.told == {"aa"}
    store.chats.bring(BOB, (CHIPS,), SETTINGS)
    assert store.chats.subscriptions(BOB) == (CHIPS,)


def test_a_topic_muted_after_the_plan_keeps_the_alert_back(store: Store) -> None:
    queue(store, ALICE)
    until = NOW + timedelta(days=7)
    assert store.chats.mute(ALICE, "半导体", until)
    assert not store.chats.mute(ALICE, "海外", until)
    assert store.chats.subscriptions(ALICE) == (replace(CHIPS, muted_until=until),)
    assert claim(store).suppressed == 1
    (candidate,) = candidates(store, NOW + timedelta(days=1))
    assert candidate.state.alerted == frozenset()
    assert store.chats.mute(ALICE, "半导体", None)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_the_standing_tells_the_last_alert_and_what_waits(store: Store) -> None:
    assert store.chats.standing(ALICE, NOW) == Standing()
    queue(store, ALICE)
    until = NOW + timedelta(minutes=5)
    pause(store, "telegram", Pause("", until, "token"))
    assert store.chats.standing(ALICE, NOW) == Standing(waiting=1, retry_at=until)
    later = until + timedelta(seconds=1)
    settle(store, claim_one(store, later), Settlement(State.SENT, 1, 0), later)
    assert store.chats.standing(ALICE, later) == Standing(last_sent=later)


def test_planned_dates_of_long_ago_are_not_read(store: Store) -> None:
    queue(store, ALICE)
    (later,) = candidates(store, NOW + timedelta(days=10))
    assert later.state.planned == frozenset()
    assert later.state.alerted == {"a1"}


def test_the_hour_before_the_alert_still_belongs_to_yesterday(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    yesterday = replace(plan(candidate, "a1"), local_date=TODAY - timedelta(days=1))
    store.plans.record([yesterday], NOW)
    assert candidates(store, NOW - timedelta(minutes=1)) == []
    assert len(candidates(store, NOW)) == 1


@pytest.mark.parametrize(
    ("active_since", "due"), [(NOW - timedelta(seconds=1), 1), (NOW, 1), (NOW + timedelta(seconds=1), 0)]
)
def test_alerts_switched_on_after_the_time_begin_the_day_after(
    store: Store, active_since: datetime, due: int
) -> None:
    store.chats.subscribe(ALICE, CHIPS, replace(SETTINGS, active_since=active_since))
    assert len(candidates(store, NOW + timedelta(minutes=1))) == due
    assert len(candidates(store, NOW + timedelta(days=1))) == 1


def test_an_alert_missed_for_too_long_waits_for_the_next_day(store: Store) -> None:
    follow(store, ALICE)
    assert len(candidates(store, NOW + LOOK_BACK - timedelta(seconds=1))) == 1
    assert candidates(store, NOW + LOOK_BACK) == []


def test_nothing_new_takes_the_slot_and_sends_nothing(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    assert store.plans.record([replace(plan(candidate), message=None)], NOW) == 0
    assert candidates(store, NOW) == []
    assert store.deliveries.counts() == {}


def test_many_chats_come_in_batches_and_each_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.plans.BATCH", 3)
    everyone = [Conversation("telegram", str(number)) for number in range(8)]
    follow(store, *everyone)
    store.chats.save_settings(everyone[0], replace(SETTINGS, schedule=daily(time(8))))
    batches = [
        [place for alike in batch for place in store.plans.places(alike.chats)]
        for batch in store.plans.due(NOW, LOOK_BACK)
    ]
    assert sorted(map(len, batches)) == [1, 1, 3, 3]
    assert {place for batch in batches for place in batch} == set(everyone)


def test_a_zone_that_does_not_exist_costs_only_its_own_chats(store: Store) -> None:
    follow(store, ALICE, BOB)
    store.chats.save_settings(ALICE, replace(SETTINGS, timezone="Atlantis/Capital"))
    assert [each.state.conversation for each in candidates(store, NOW)] == [BOB]


def test_recording_the_same_plan_twice_adds_nothing(store: Store) -> None:
    follow(store, ALICE)
    plans = [plan(each, "a1") for each in candidates(store, NOW)]
    assert store.plans.record(plans, NOW) == 1
    before = everything(store)
    assert store.plans.record(plans, NOW + timedelta(seconds=20)) == 0
    assert everything(store) == before


def test_a_slot_is_taken_once_whatever_the_index_says_later(store: Store) -> None:
    follow(store, ALICE)
    (candidate,) = candidates(store, NOW)
    store.plans.record([replace(plan(candidate), message=None)], NOW)
    assert store.plans.record([plan(candidate, "a2")], NOW) == 0


def test_a_message_that_many_get_is_kept_once_and_as_long_as_one_chat_has_it(store: Store) -> None:
    queue(store, ALICE, BOB)
    with store.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(message)) == 1
    store.chats.forget(ALICE)
    assert claim_one(store).payload == '{"blocks":[]}'
    store.chats.forget(BOB)
    with store.database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(message)) == 0


def test_a_chat_forgotten_while_it_was_planned_costs_only_itself(store: Store) -> None:
    follow(store, ALICE, BOB)
    plans = [plan(each, "a1") for each in candidates(store, NOW)]
    store.chats.forget(ALICE)
    assert store.plans.record(plans, NOW) == 1
    assert claim_one(store).conversation == BOB


def test_a_slot_is_another_one_by_chat_by_date_and_by_name(store: Store) -> None:
    follow(store, ALICE, CAROL)
    alice, carol = (plan(each) for each in candidates(store, NOW))
    others = (carol, replace(alice, local_date=TODAY + timedelta(days=1)), replace(alice, slot="daily-2"))
    for another in (alice, *others):
        assert store.plans.record([another], NOW) == 1
        assert store.plans.record([another], NOW) == 0


# Sending


def test_a_claimed_message_is_not_claimed_again(store: Store) -> None:
    queue(store, ALICE)
    claimed = claim_one(store)
    assert claimed.conversation == ALICE
    assert (claimed.attempts, claimed.ambiguous, claimed.language) == (1, 0, Language.ZH)
    assert claim(store, "telegram", NOW, 8) == Claim(is_all=True)


def test_a_claim_is_bounded_and_of_one_platform(store: Store) -> None:
    queue(store, ALICE, BOB, CAROL)
    assert len(claim(store, "telegram", NOW, 1).deliveries) == 1
    assert [each.conversation for each in claim(store, "slack", NOW, 8).deliveries] == [CAROL]
    assert store.deliveries.counts()[State.PENDING] == 1


def test_a_sent_message_stays_sent(store: Store) -> None:
    queue(store, ALICE)
    assert settle(store, claim_one(store), Settlement(State.SENT, 1, 0), NOW)
    store.deliveries.sweep(NOW + timedelta(days=1))
    assert store.deliveries.counts() == {State.SENT: 1}


def test_a_message_put_off_waits_until_its_time(store: Store) -> None:
    queue(store, ALICE)
    later = NOW + timedelta(minutes=1)
    put_off = Settlement(State.PENDING, 3, 1, not_before=later, error="timeout")
    settle(store, claim_one(store), put_off, NOW)
    assert claim(store, "telegram", NOW, 8) == Claim(is_all=True)
    assert (store.deliveries.due(NOW), store.deliveries.due(later)) == (0, 1)
    again = claim_one(store, later)
    assert (again.attempts, again.ambiguous) == (4, 1)


@pytest.mark.parametrize("change", ["paused", "unsubscribed"])
def test_what_is_no_longer_wanted_is_suppressed(store: Store, change: str) -> None:
    queue(store, ALICE, BOB)
    if change == "paused":
        store.chats.save_settings(ALICE, replace(SETTINGS, paused=True))
    else:
        store.chats.unsubscribe(ALICE, "半导体")
    found = claim(store)
    assert [each.conversation for each in found.deliveries] == [BOB]
    assert found.suppressed == 1
    assert store.deliveries.counts() == {State.SUPPRESSED: 1, State.SENDING: 1}


def test_unwanted_messages_in_front_do_not_hide_the_wanted_ones(store: Store) -> None:
    queue(store, *(Conversation("telegram", str(number)) for number in range(5)), BOB)
    for number in range(5):
        store.chats.unsubscribe(Conversation("telegram", str(number)), "半导体")
    found = claim(store, limit=2)
    assert [each.conversation for each in found.deliveries] == [BOB]
    assert found.suppressed == 5


def test_a_message_about_a_topic_still_followed_is_sent(store: Store) -> None:
    follow(store, ALICE)
    store.chats.subscribe(ALICE, replace(CHIPS, topic="5G"), SETTINGS)
    store.plans.record([plan(each, "a1", topics=("5G", "半导体")) for each in candidates(store, NOW)], NOW)
    store.chats.unsubscribe(ALICE, "5G")
    assert claim_one(store).conversation == ALICE


def test_a_message_too_late_expires(store: Store) -> None:
    queue(store, ALICE)
    late = NOW + timedelta(hours=12)
    assert claim(store, "telegram", late, 8) == Claim(is_all=True)
    assert store.deliveries.sweep(late).expired == 1
    assert store.deliveries.counts() == {State.EXPIRED: 1}


def test_a_lease_that_ran_out_makes_the_attempt_ambiguous(store: Store) -> None:
    queue(store, ALICE)
    first = claim_one(store)
    assert store.deliveries.sweep(NOW + timedelta(seconds=59)).reaped == 0
    later = NOW + timedelta(seconds=60)
    assert store.deliveries.sweep(later).reaped == 1
    second = claim_one(store, later)
    assert (second.attempts, second.ambiguous) == (2, 1)
    assert not settle(store, first, Settlement(State.SENT, 1, 0), later)
    assert settle(store, second, Settlement(State.SENT, 2, 1), later)


def test_after_three_attempts_of_unknown_end_a_message_is_held(store: Store) -> None:
    queue(store, ALICE)
    now = NOW
    for _ in range(3):
        claim_one(store, now)
        now += timedelta(seconds=60)
        store.deliveries.sweep(now)
    assert store.deliveries.counts() == {State.HELD: 1}


def pause(store: Store, platform: str, pause: Pause, now: datetime = NOW) -> tuple[Pause, ...]:
    """Let an outcome that does not count ask for a pause."""
    nobody = Delivery(0, 0, ALICE, None, "", 1, 0, "nobody")
    result = Result(nobody, Settlement(State.PENDING, 0, 0), pause=pause)
    return store.deliveries.exchange(Sender(platform, "me"), (result,), 0, now).paused


def test_a_paused_platform_is_left_alone_and_the_others_go_on(store: Store) -> None:
    queue(store, ALICE, CAROL)
    whole = Pause("", NOW + timedelta(minutes=5), "401")
    assert pause(store, "telegram", whole) == (whole,)
    assert pause(store, "telegram", replace(whole, until=NOW + MINUTE)) == ()
    assert claim(store, now=whole.until - timedelta(seconds=1)) == Claim(is_all=True)
    assert len(claim(store, "slack").deliveries) == 1
    assert claim_one(store, whole.until).conversation == ALICE


def test_a_paused_chat_is_left_alone_with_all_its_threads(store: Store) -> None:
    queue(store, ALICE, BOB, replace(ALICE, thread="7"))
    until = NOW + timedelta(hours=3)
    pause(store, "telegram", Pause(scope_of(ALICE), until, "flood"))
    assert [each.conversation for each in claim(store).deliveries] == [BOB]
    assert len(claim(store, now=until).deliveries) == 2


def test_a_pause_that_is_over_is_news_again(store: Store) -> None:
    whole = Pause("", NOW + MINUTE, "401")
    pause(store, "telegram", whole)
    again = replace(whole, until=NOW + 3 * MINUTE)
    assert pause(store, "telegram", again, NOW + MINUTE) == (again,)


def test_an_outcome_is_fenced_by_its_attempt_too(store: Store) -> None:
    queue(store, ALICE)
    first = claim_one(store)
    store.deliveries.sweep(NOW + MINUTE)
    second = claim_one(store, NOW + MINUTE)
    assert first.owner == second.owner
    assert not settle(store, first, Settlement(State.SENT, 1, 0))
    assert store.deliveries.counts() == {State.SENDING: 1}


def test_several_outcomes_and_a_claim_are_one_exchange(store: Store) -> None:
    queue(store, ALICE, BOB, Conversation("telegram", "1003"))
    claimed = claim(store, limit=2).deliveries
    results = [Result(each, Settlement(State.SENT, 1, 0), message_id="77") for each in claimed]
    lost = replace(results[0], delivery=replace(claimed[0], owner="another"))
    done = store.deliveries.exchange(Sender("telegram", "me"), [lost, *results], 8, NOW)
    assert (len(done.deliveries), done.is_all, done.fenced) == (1, True, 1)
    assert store.deliveries.counts() == {State.SENT: 2, State.SENDING: 1}


def test_a_message_goes_on_with_the_part_that_was_not_accepted(store: Store) -> None:
    queue(store, ALICE)
    claimed = claim_one(store)
    assert store.deliveries.advance(claimed, 1, "77", NOW + timedelta(seconds=50))
    assert store.deliveries.sweep(NOW + MINUTE).reaped == 0
    assert store.deliveries.sweep(NOW + timedelta(seconds=110)).reaped == 1
    assert not store.deliveries.advance(claimed, 2, "78", NOW)
    assert claim_one(store, NOW + 2 * MINUTE).parts_sent == 1


def test_what_was_claimed_in_a_commit_whose_answer_was_lost_is_free_again(store: Store) -> None:
    queue(store, ALICE, BOB)
    known, _unknown = claim(store).deliveries
    assert store.deliveries.disown("another", ()) == 0
    assert store.deliveries.disown("me", {known.id}) == 1
    again = claim_one(store)
    assert (again.conversation, again.attempts, again.ambiguous) == (BOB, 1, 0)


def test_a_start_that_knows_itself_alone_takes_back_at_once_what_was_leased(store: Store) -> None:
    queue(store, ALICE, CAROL)
    claim(store)
    claim(store, "slack")
    assert store.deliveries.reclaim(["telegram"], NOW) == 1
    assert claim_one(store).ambiguous == 1


def test_how_each_attempt_ended_is_kept(store: Store) -> None:
    queue(store, ALICE)
    put_off = Settlement(State.PENDING, 1, 0, not_before=NOW, error="timeout")
    told = Attempt(NOW, NOW + timedelta(seconds=2), "ambiguous", "timeout", 3.0)
    store.deliveries.exchange(Sender("telegram", "me"), [Result(claim_one(store), put_off, told)], 0, NOW)
    claim_one(store)
    store.deliveries.sweep(NOW + MINUTE)
    with store.database.read() as connection:
        rows = connection.execute(select(attempt).order_by(attempt.c.id)).all()
    assert [(row.n, row.outcome, row.status, row.retry_after) for row in rows] == [
        (1, "ambiguous", "timeout", 3.0),
        (2, "no_outcome", None, None),
    ]


@pytest.mark.parametrize("is_known", [False, True])
def test_a_chat_that_moved_is_followed_unless_its_new_place_is_known(store: Store, is_known: bool) -> None:
    queue(store, ALICE)
    new_place = Conversation("telegram", "-1009")
    if is_known:
        follow(store, new_place)
    moved = Settlement(State.PENDING, 1, 0, not_before=NOW, error="upgraded", moved_to=new_place.chat)
    assert settle(store, claim_one(store), moved)
    again = claim(store)
    assert [each.conversation for each in again.deliveries] == ([] if is_known else [new_place])
    assert again.suppressed == is_known
    assert store.chats.subscriptions(new_place) == (CHIPS,)


def test_the_next_message_and_the_oldest_can_be_asked_for(store: Store) -> None:
    assert store.deliveries.next_due("telegram") is None
    queue(store, ALICE)
    assert store.deliveries.next_due("telegram") == NOW
    assert store.deliveries.next_due("slack") is None


# Several at once


def test_two_planners_at_once_plan_everything_once(store: Store, url: str) -> None:
    follow(store, *(Conversation("telegram", str(number)) for number in range(30)))
    other = open_store(url, time=given_time)
    plans = [plan(each, "a1", "a2") for each in candidates(store, NOW)]
    with ThreadPoolExecutor(4) as threads:
        added = threads.map(lambda each: each.plans.record(plans, NOW), [store, other, store, other])
    assert sum(added) == 30
    other.close()


def test_two_workers_at_once_claim_every_message_once(store: Store, url: str) -> None:
    queue(store, *(Conversation("telegram", str(number)) for number in range(40)))
    other = open_store(url, time=given_time)
    with ThreadPoolExecutor(4) as threads:
        claims = threads.map(lambda n: claim((store, other)[n % 2], limit=5), range(8))
    claimed = [each.id for claim in claims for each in claim.deliveries]
    assert len(claimed) == len(set(claimed)) == 40
    other.close()


def test_many_writers_never_hear_that_the_database_is_locked(store: Store, url: str) -> None:
    other = open_store(url, time=given_time)

    def subscribe(number: int) -> bool:
        chats = (store, other)[number % 2].chats
        return chats.subscribe(ALICE, replace(CHIPS, topic=str(number // 2)), SETTINGS)

    with ThreadPoolExecutor(4) as threads:
        added = list(threads.map(subscribe, range(80)))
    assert sum(added) == 40
    assert len(store.chats.subscriptions(ALICE)) == 40
    other.close()


def test_a_run_is_closed_once_when_its_last_message_has_ended(store: Store) -> None:
    queue(store, ALICE, BOB)
    first, second = claim(store).deliveries
    settle(store, first, Settlement(State.SENT, 1, 0))
    assert store.runs.close(NOW) == ()
    settle(store, second, Settlement(State.DEAD, 8, 0, error="refused"))
    (run,) = store.runs.close(NOW)
    assert (run.key, run.due, run.counts) == ("2026-11-23T01:00Z", 2, {State.SENT: 1, State.DEAD: 1})
    assert run.undelivered == 1
    assert str(run).endswith("due=2 dead=1 sent=1")
    assert store.runs.close(NOW) == ()


def test_what_is_planned_later_in_the_minute_opens_its_run_again(store: Store) -> None:
    queue(store, ALICE)
    settle(store, claim_one(store), Settlement(State.SENT, 1, 0))
    store.runs.close(NOW)
    queue(store, BOB)
    assert store.runs.close(NOW) == ()
    settle(store, claim_one(store), Settlement(State.SENT, 1, 0))
    assert [run.due for run in store.runs.close(NOW)] == [2]


# Pruning


def test_what_is_old_is_deleted_and_the_rest_stays(store: Store) -> None:
    queue(store, ALICE, BOB)
    settle(store, claim(store, limit=1).deliveries[0], Settlement(State.SENT, 1, 0))
    store.inbound.accept("telegram", "1", "", NOW)
    assert store.pruning.prune(NOW) == {}
    assert store.pruning.prune(NOW + timedelta(days=8)) == {"inbound": 1}
    assert store.pruning.prune(NOW + timedelta(days=31)) == {"attempt": 1, "planned_slot": 2}
    assert store.pruning.prune(NOW + timedelta(days=91)) == {"delivery": 1}
    assert store.deliveries.counts() == {State.PENDING: 1}


@pytest.mark.parametrize(("state", "is_known"), [(State.SENT, True), (State.HELD, True), (State.DEAD, False)])
def test_what_arrived_is_known_when_its_delivery_is_deleted(
    store: Store, state: State, is_known: bool
) -> None:
    queue(store, ALICE)
    settle(store, claim_one(store), Settlement(state, 1, 0))
    later = NOW + timedelta(days=91)
    assert store.pruning.prune(later)["delivery"] == 1
    (candidate,) = candidates(store, later)
    assert candidate.state.alerted == (frozenset({"a1"}) if is_known else frozenset())


def test_actions_that_nobody_used_for_long_are_deleted(store: Store) -> None:
    token = store.actions.shorten("search 半导体")
    assert store.pruning.prune(datetime.now(UTC) + timedelta(days=91)) == {"action": 1}
    assert store.actions.expand(token) is None


def test_a_chat_that_is_gone_for_a_month_is_forgotten_and_one_that_came_back_is_not(store: Store) -> None:
    for place in (ALICE, BOB):
        queue(store, place)
        settle(store, claim_one(store), Settlement(State.DEAD, 1, 0, error="blocked", gone=True), NOW)
    store.chats.save_settings(BOB, SETTINGS)
    assert "chat" not in store.pruning.prune(NOW + timedelta(days=29))
    assert store.chats.settings(ALICE) is not None
    assert store.pruning.prune(NOW + timedelta(days=31))["chat"] == 1
    assert store.chats.settings(ALICE) is None
    assert ALICE.chat not in everything(store)
    assert store.chats.settings(BOB) is not None


def test_more_than_a_batch_is_deleted_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.pruning.BATCH", 2)
    for number in range(5):
        store.inbound.accept("telegram", str(number), "", NOW)
    assert store.pruning.prune(NOW + timedelta(days=8)) == {"inbound": 5}


def test_forgetting_takes_the_pauses_and_attempts_of_a_chat_along(store: Store) -> None:
    queue(store, ALICE)
    settle(store, claim_one(store), Settlement(State.SENT, 1, 0))
    pause(store, "telegram", Pause(scope_of(ALICE), NOW + MINUTE, "flood"))
    store.chats.forget(ALICE)
    assert ALICE.chat not in everything(store)
    with store.database.read() as connection:
        assert connection.execute(select(attempt)).all() == []


# Letters


def stuck(store: Store, *settlements: Settlement) -> None:
    """Queue a message for each outcome and settle it so."""
    queue(store, *(Conversation("telegram", str(number)) for number in range(len(settlements))))
    for claimed, settlement in zip(claim(store).deliveries, settlements, strict=True):
        settle(store, claimed, settlement)


DEAD = Settlement(State.DEAD, 8, 0, error="refused")
HELD = Settlement(State.HELD, 3, 3, error="timeout")


def test_messages_that_did_not_arrive_are_listed_newest_first(store: Store) -> None:
    stuck(store, DEAD, HELD, Settlement(State.SENT, 1, 0))
    letters = Letters(store.database).list([State.DEAD, State.HELD], 10)
    assert [(each.chat, each.state, each.attempts, each.reason) for each in letters] == [
        ("telegram:1", State.HELD, 3, "timeout"),
        ("telegram:0", State.DEAD, 8, "refused"),
    ]
    assert len(Letters(store.database).list(list(State), 1)) == 1


def test_a_message_is_sent_again_and_stays_marked_if_it_may_have_arrived(store: Store) -> None:
    stuck(store, DEAD, HELD, Settlement(State.SENT, 1, 0))
    letters = Letters(store.database)
    later = NOW + timedelta(days=2)
    assert letters.retry([999], later) == 0
    assert letters.retry(None, later) == 2
    assert [(each.attempts, each.ambiguous) for each in claim(store, now=later).deliveries] == [
        (1, 0),
        (1, 1),
    ]
    assert letters.retry(None, later) == 0


def test_a_message_that_is_dropped_is_listed_no_more(store: Store) -> None:
    stuck(store, DEAD, HELD)
    letters = Letters(store.database)
    held, _dead = letters.list([State.DEAD, State.HELD], 10)
    assert letters.drop([held.id]) == 1
    assert [each.state for each in letters.list([State.DEAD, State.HELD], 10)] == [State.DEAD]
    assert letters.drop(None) == 1
    assert store.deliveries.counts() == {State.SUPPRESSED: 2}


# Events from outside


def test_an_event_is_accepted_once_in_every_process(store: Store, url: str) -> None:
    other = open_store(url, time=given_time)
    with ThreadPoolExecutor(4) as threads:
        stores = [store, other, store, other]
        accepted = list(threads.map(lambda each: each.inbound.accept("slack", "T1|Ev1", "{}", NOW), stores))
    assert sum(accepted) == 1
    assert store.inbound.accept("telegram", "T1|Ev1", "{}", NOW)
    other.close()


def test_what_a_dead_process_left_is_taken_over_once_it_cannot_be_at_work_any_more(store: Store) -> None:
    for key in ("1", "2", "3"):
        store.inbound.accept("telegram", key, f"body {key}", NOW)
    store.inbound.accept("slack", "4", "body 4", NOW)
    store.inbound.done("telegram", "2", NOW)
    assert store.inbound.take_over("telegram", NOW, MINUTE) == ()
    later = NOW + MINUTE
    assert store.inbound.take_over("telegram", later, MINUTE) == (Event("1", "body 1"), Event("3", "body 3"))
    assert store.inbound.take_over("telegram", later, MINUTE) == ()


def test_an_event_that_kills_its_handler_is_tried_three_times(store: Store) -> None:
    store.inbound.accept("telegram", "1", "body", NOW)
    taken = [len(store.inbound.take_over("telegram", NOW, timedelta())) for _ in range(4)]
    assert taken == [1, 1, 0, 0]


def test_an_event_of_an_hour_ago_is_not_answered_any_more(store: Store) -> None:
    store.inbound.accept("telegram", "1", "body", NOW)
    assert store.inbound.take_over("telegram", NOW + timedelta(hours=1), timedelta()) == ()


def test_nothing_is_kept_of_what_was_in_a_finished_event(store: Store) -> None:
    store.inbound.accept("telegram", "1", "我的问题", NOW)
    store.inbound.done("telegram", "1", NOW)
    assert "我的问题" not in everything(store)
    assert not store.inbound.accept("telegram", "1", "我的问题", NOW)


def test_an_event_is_known_for_a_week(store: Store) -> None:
    for number in range(3):
        store.inbound.accept("telegram", str(number), "", NOW + number * MINUTE)
    assert store.pruning.prune(NOW + timedelta(days=7) + 2 * MINUTE) == {"inbound": 2}
    assert not store.inbound.knows("telegram", "1")
    assert not store.inbound.accept("telegram", "2", "", NOW)


# Leases

A_LONG_TIME = timedelta(days=1)


def test_a_lease_has_one_owner_at_a_time(store: Store, url: str) -> None:
    other = open_store(url, time=given_time)
    with ThreadPoolExecutor(4) as threads:
        taken = threads.map(
            lambda n: (store, other)[n % 2].leases.take("poller", f"p{n}", NOW, A_LONG_TIME), range(4)
        )
    assert sum(taken) == 1
    other.close()


def test_a_lease_is_prolonged_by_its_owner_and_given_back_by_nobody_else(store: Store) -> None:
    assert store.leases.take("poller", "a", NOW, A_LONG_TIME)
    assert store.leases.take("poller", "a", NOW, A_LONG_TIME)
    store.leases.release("poller", "b")
    assert not store.leases.take("poller", "b", NOW, A_LONG_TIME)
    store.leases.release("poller", "a")
    assert store.leases.take("poller", "b", NOW, A_LONG_TIME)


def test_a_lease_that_ran_out_goes_to_the_next_with_a_new_term(store: Store) -> None:
    store.leases.take("poller", "a", NOW, timedelta())
    assert store.leases.take("poller", "b", NOW, A_LONG_TIME)
    assert not store.leases.take("poller", "a", NOW, A_LONG_TIME)
    with store.database.read() as connection:
        assert connection.execute(select(lease.c.owner, lease.c.term)).all() == [("b", 2)]


def test_leases_in_force_are_counted_by_the_beginning_of_their_name(store: Store) -> None:
    for name, span in (("worker|a", A_LONG_TIME), ("worker|b", A_LONG_TIME), ("worker|c", timedelta())):
        store.leases.take(name, "x", NOW, span)
    store.leases.take("poller", "x", NOW, A_LONG_TIME)
    assert store.leases.count("worker|", NOW) == 2


# Actions


def test_an_action_comes_back_by_its_token_for_ever(store: Store, url: str) -> None:
    action = "/search " + "数字经济 " * 100
    token = store.actions.shorten(action)
    assert token == store.actions.shorten(action)
    assert len(token) == 17
    assert token.startswith("~")
    store.close()
    again = open_store(url)
    assert again.actions.expand(token) == action
    again.close()


def test_an_action_that_is_kept_is_not_looked_up_again_for_the_next_button(store: Store) -> None:
    token = store.actions.shorten("search 半导体")
    statements: list[str] = []
    event.listen(store.database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    assert [store.actions.shorten("search 半导体") for _ in range(3)] == [token] * 3
    assert statements == []
    assert store.actions.shorten("search 数字经济") != token
    assert len(statements) > 0


def test_a_token_nobody_made_has_no_action(store: Store) -> None:
    assert store.actions.expand("~AAAAAAAAAAAAAAAA") is None
    assert store.actions.shorten("a") != store.actions.shorten("b")


# Misses


@pytest.mark.parametrize(
    ("keeps_text", "kept"), [(False, [(TODAY, "", 3)]), (True, [(TODAY, "火星", 2), (TODAY, "木星 基地", 1)])]
)
def test_misses_are_counted_and_their_text_is_kept_only_if_switched_on(
    store: Store, keeps_text: bool, kept: list[tuple[date, str, int]]
) -> None:
    misses = KeptMisses(store.database, keeps_text)
    for text in ("火星", "木星\n基地", "火星"):
        misses.count(TODAY, text)
    assert [(miss.day, miss.text, miss.times) for miss in misses.since(TODAY)] == kept


def test_old_misses_are_deleted_and_long_ones_cut(store: Store) -> None:
    misses = KeptMisses(store.database, keeps_text=True)
    misses.count(TODAY - timedelta(days=91), "旧")
    misses.count(TODAY, "长" * 4_096)
    assert [len(miss.text) for miss in misses.since(date.min)] == [100]


def test_a_miss_that_cannot_be_counted_disturbs_nobody(store: Store) -> None:
    with store.database.write() as connection:
        connection.exec_driver_sql("DROP TABLE miss")
    KeptMisses(store.database).count(TODAY, "火星")


# Tables


def test_the_migrations_make_the_tables_that_the_queries_use(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.database.read() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}


def test_the_tables_can_be_taken_away_step_by_step_and_made_again(store: Store) -> None:
    follow(store, ALICE)
    for step in ("0004", "0003", "base"):
        migrate.downgrade(store.database, step)
    migrate.upgrade(store.database)
    assert store.chats.subscriptions(ALICE) == ()
    follow(store, ALICE)
    assert store.chats.subscriptions(ALICE) == (CHIPS,)


def test_a_pause_outlives_the_steps_down_and_up(store: Store) -> None:
    whole = Pause("", NOW + MINUTE, "401")
    pause(store, "telegram", whole)
    pause(store, "telegram", Pause(scope_of(ALICE), NOW + MINUTE, "flood"))
    migrate.downgrade(store.database, "0003")
    migrate.upgrade(store.database)
    assert pause(store, "telegram", whole) == ()
    assert len(pause(store, "telegram", Pause(scope_of(ALICE), NOW + MINUTE, "flood"))) == 1


def test_leases_follow_the_clock_of_a_server_and_not_of_whoever_asks(url: str) -> None:
    store = open_store(url)
    has_server = store.database.engine.dialect.name == "postgresql"
    store.leases.take("poller", "a", NOW, A_LONG_TIME)
    hasty = datetime.now(UTC) + timedelta(days=400)
    assert store.leases.take("poller", "b", hasty, A_LONG_TIME) is not has_server
    store.close()
