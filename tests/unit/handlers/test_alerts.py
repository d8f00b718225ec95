from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from handlers.alerts import Alert, alert_reply, plan_alerts, planning
from handlers.ports import ChatState, Settings, Subscription
from handlers.request import Conversation, Language
from handlers.schedule import Edition, Quiet, Schedule, daily
from knowledge.model import Topic, TopicMatch
from tests.fakes.library import ARTICLES, BATTERY, CHARGERS, NOVEMBER, FakeLibrary
from tests.unit.handlers.desk import buttons, labels, words

HERE = Conversation("telegram", "7")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
DUE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", LONG_AGO)


def following(*topics: str, since: date | None = NOVEMBER.published) -> tuple[Subscription, ...]:
    return tuple(Subscription(topic, LONG_AGO, since) for topic in topics)


CHAT = ChatState(HERE, SETTINGS, following("充电桩", "电池", "海外"))


def plan(chat: ChatState = CHAT, now: datetime = DUE) -> tuple[Alert, ...]:
    return plan_alerts(FakeLibrary(), [chat], now)


def articles(alert: Alert) -> list[str]:
    return [entry.match.citation.article_id for entry in alert.entries]


def test_a_chat_gets_what_is_new_once_under_the_first_of_its_topics():
    [alert] = plan()
    assert articles(alert) == ["art001", "art002", "art003", "art004", "art006", "art005"]
    abroad = alert.entries[4]
    assert abroad.topic.name == "充电桩"
    assert [topic.name for topic in abroad.also] == ["电池", "海外"]


def test_the_alert_reads_like_a_digest():
    reply = alert_reply(plan()[0], Language.ZH)
    said = words(reply)
    assert said.startswith(
        "行讯 · 11月24日　2 个主题 · 6 篇新文章\n充电桩\n充电桩：从城区走向港口 | 产业环境 · 第3页 |"
    )
    assert "鹿特丹港的电池换电站 | 海外借鉴 · 第18页 · 也属“电池”“海外” |" in said
    assert "\n电池\n钠电池上船，交付周期缩短" in said
    assert "出自：港航周报 2026 年第 11 期 · 2026年11月20日" in said
    reading = ("全文 1", "全文 2", "全文 3", "全文 4", "全文 5", "全文 6")
    assert labels(reply) == (*reading, "为什么推送", "少推…", "静音…", "退订…", "设置")
    assert buttons(reply)[5].action == "article art005"


def test_the_alert_speaks_the_chat_s_language():
    [alert] = plan(replace(CHAT, settings=replace(SETTINGS, language=Language.EN)))
    assert alert.language is Language.EN
    assert "charging piles" in words(alert_reply(alert, alert.language))


def test_only_ten_articles_are_shown_and_the_rest_is_counted():
    many = tuple(replace(CHARGERS, id=f"art{number}") for number in range(14))
    [alert] = plan_alerts(FakeLibrary(held=many), [CHAT], DUE)
    reply = alert_reply(alert, Language.ZH)
    assert len(alert.entries) == 14
    assert labels(reply)[9:12] == ("全文 10", "还有 4 篇", "为什么推送")
    assert "14 篇新文章" in words(reply)


def test_a_topic_with_much_news_leaves_room_for_the_others():
    many = tuple(replace(CHARGERS, id=f"art{number}") for number in range(14))
    [alert] = plan_alerts(FakeLibrary(held=(*many, BATTERY)), [CHAT], DUE)
    said = words(alert_reply(alert, Language.ZH))
    assert said.count("充电桩：从城区走向港口 |") == 9
    assert "\n电池\n钠电池上船" in said


def test_only_the_first_article_of_a_topic_brings_a_sentence():
    lines = words(alert_reply(plan()[0], Language.ZH)).splitlines()
    quoting = [line.split(" | ")[0] for line in lines if " | " in line and not line.endswith("| ")]
    assert quoting == ["充电桩：从城区走向港口", "钠电池上船，交付周期缩短"]


def test_what_was_alerted_before_is_not_new():
    chat = replace(CHAT, alerted=frozenset({"art001", "art002", "art003", "art004", "art006"}))
    assert [articles(alert) for alert in plan(chat)] == [["art005"]]


def test_nothing_new_still_plans_the_date():
    chat = replace(CHAT, alerted=frozenset(article.id for article in ARTICLES))
    assert [(alert.local_date, alert.entries) for alert in plan(chat)] == [(date(2026, 11, 24), ())]


def test_articles_from_before_the_subscription_are_not_new_but_undated_ones_are():
    undated = replace(ARTICLES[7], id="undated", title="充电桩", published=None)
    library = FakeLibrary(held=(*ARTICLES, undated))
    [alert] = plan_alerts(library, [replace(CHAT, subscriptions=following("充电桩"))], DUE)
    assert "art007" not in articles(alert)
    assert "undated" in articles(alert)


def test_a_subscription_made_with_an_empty_library_takes_everything():
    [alert] = plan(replace(CHAT, subscriptions=following("充电桩", since=None)))
    assert "art007" in articles(alert)


@pytest.mark.parametrize(
    ("late", "due"),
    [
        (timedelta(seconds=-1), 0),
        (timedelta(0), 1),
        (timedelta(hours=11, minutes=59), 1),
        (timedelta(hours=12), 0),
    ],
)
def test_a_chat_is_due_from_its_time_for_twelve_hours(late, due):
    assert len(plan(now=DUE + late)) == due


def test_a_late_evening_alert_is_made_up_for_after_midnight():
    chat = replace(CHAT, settings=replace(SETTINGS, schedule=daily(time(22))))
    [alert] = plan(chat, datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    assert alert.local_date == date(2026, 11, 24)
    assert alert.expires_at == datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "chat",
    [
        replace(CHAT, planned=frozenset({(date(2026, 11, 24), "daily")})),
        replace(CHAT, settings=replace(SETTINGS, paused=True)),
        replace(CHAT, settings=replace(SETTINGS, active_since=DUE + timedelta(seconds=1))),
    ],
    ids=["planned already", "paused", "switched on later"],
)
def test_a_chat_that_is_not_due_gets_nothing(chat):
    assert plan(chat) == ()


def test_the_plan_says_where_when_and_until_when():
    [alert] = plan()
    assert (alert.conversation, alert.slot) == (HERE, "daily")
    assert alert.local_date == date(2026, 11, 24)
    assert alert.expires_at == DUE + timedelta(hours=12)
    assert alert.language is Language.ZH


@dataclass(frozen=True)
class CountingLibrary(FakeLibrary):
    asked: list[str] = field(default_factory=list)

    def about(self, topic: Topic, since: date | None = None) -> tuple[TopicMatch, ...]:
        self.asked.append(topic.name)
        return super().about(topic, since)


def test_the_library_is_asked_once_for_a_topic_that_many_chats_follow():
    library = CountingLibrary()
    chats = [replace(CHAT, conversation=Conversation("telegram", str(number))) for number in range(50)]
    alerts = plan_alerts(library, chats, DUE)
    assert len(alerts) == 50
    assert library.asked == ["充电桩", "电池", "海外"]
    assert len({id(alert.entries) for alert in alerts}) == 1


def test_what_was_held_comes_in_one_message_and_every_slot_counts_as_planned():
    night = Schedule((time(7), time(7, 30), time(23)), quiet=Quiet(time(22), time(8)))
    chat = replace(CHAT, settings=replace(SETTINGS, schedule=night))
    alerts = plan(chat, datetime(2026, 11, 24, 0, 0, tzinfo=UTC))  # 08:00 in Shanghai
    assert [(alert.slot, len(alert.entries)) for alert in alerts] == [
        ("daily-2", 6),
        ("daily", 0),
        ("daily-3", 0),
    ]
    assert [alert.local_date.day for alert in alerts] == [24, 24, 23]


def test_a_muted_topic_waits_until_it_is_heard_again():
    chargers, battery, _abroad = CHAT.subscriptions
    muted = replace(chargers, muted_until=DUE + timedelta(days=7))
    chat = replace(CHAT, subscriptions=(muted, battery))
    [alert] = plan(chat)
    assert {entry.topic.name for entry in alert.entries} == {"电池"}
    sent = frozenset(articles(alert))
    [later] = plan(replace(chat, alerted=sent), DUE + timedelta(days=7))
    assert {entry.topic.name for entry in later.entries} == {"充电桩"}


def test_news_at_once_comes_with_the_edition_that_brings_it_and_once():
    chat = replace(CHAT, settings=replace(SETTINGS, schedule=Schedule()))
    assert plan(chat) == ()
    edition = Edition("abc", DUE)
    [alert] = plan_alerts(FakeLibrary(), [chat], DUE, edition)
    assert (alert.slot, len(alert.entries)) == ("at-once abc", 6)
    planned = frozenset({(alert.local_date, alert.slot)})
    assert plan_alerts(FakeLibrary(), [replace(chat, planned=planned)], DUE, edition) == ()


def test_each_day_plans_each_chat_once():
    chat, dates = CHAT, []
    for hour in range(24 * 5):
        for alert in plan(chat, DUE + timedelta(hours=hour)):
            dates.append(alert.local_date)
            chat = replace(chat, planned=chat.planned | {(alert.local_date, alert.slot)})
    assert dates == [date(2026, 11, 24) + timedelta(days=n) for n in range(5)]


def test_a_chat_that_set_no_language_is_told_in_that_of_the_operator() -> None:
    undecided = replace(CHAT, settings=replace(SETTINGS, language=None))
    decided = replace(CHAT, settings=replace(SETTINGS, language=Language.ZH))
    told = planning(FakeLibrary(), DUE, language=Language.EN)([undecided, decided])
    assert [alert.language for alert in told] == [Language.EN, Language.ZH]
