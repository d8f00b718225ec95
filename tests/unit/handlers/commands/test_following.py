from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from handlers.ports import Settings, Subscription
from handlers.request import Language
from handlers.schedule import daily
from tests.fakes.library import NOVEMBER, FakeLibrary
from tests.unit.handlers.desk import DEFAULTS, HERE, NOW, Desk, button, labels, words


def followed(desk: Desk) -> list[str]:
    return [subscription.topic for subscription in desk.chats.subscriptions(HERE)]


def test_subscribing_answers_with_what_the_newest_issue_has_and_when_it_comes():
    reply = Desk().ask("订阅 电池")
    lines = words(reply).splitlines()
    assert lines[0] == "已订阅 电池（含 钠电池、battery）"
    assert lines[1] == (
        "每天 09:00（北京时间），有新内容才推送。"
        "最近一期有 2 篇，下次推送（11月24日 09:00）送到；也可以现在看。"
    )
    assert lines[2] == "钠电池上船，交付周期缩短 | 技术情报 · 第15页 | "
    assert labels(reply) == ("看这 2 篇", "改时间", "撤销")


def test_what_is_kept_begins_with_the_newest_issue_and_now():
    desk = Desk()
    desk.ask("订阅 电池")
    assert desk.chats.subscriptions(HERE) == (Subscription("电池", NOW, NOVEMBER.published),)
    assert desk.chats.settings(HERE) == replace(DEFAULTS, active_since=NOW, language=Language.ZH)


def test_a_group_keeps_no_language_of_the_one_who_subscribed():
    desk = Desk(language=Language.EN)
    desk.ask("subscribe batteries", is_private=False)
    assert desk.chats.kept_settings[HERE].language is None


def test_an_alias_follows_its_topic():
    desk = Desk()
    desk.ask("订阅 码头")
    assert followed(desk) == ["港口"]


def test_following_twice_says_so():
    desk = Desk()
    desk.ask("订阅 电池")
    assert words(desk.ask("订阅 钠电池")).startswith("已经订阅了 电池")
    assert followed(desk) == ["电池"]


def test_a_topic_without_news_says_when_the_first_can_come():
    reply = Desk().ask("订阅 卫星")
    assert "最近一期还没有这方面的文章，以后有了就推送（最早 11月24日 09:00）。" in words(reply)
    assert labels(reply) == ("改时间", "撤销")


@pytest.mark.parametrize(
    ("topic", "line"), [("电池", "最近一期有 2 篇，现在就可以看。"), ("卫星", "最近一期还没有这方面的文章。")]
)
def test_a_paused_chat_is_told_and_can_resume(topic, line):
    desk = Desk()
    desk.chats.save_settings(HERE, replace(DEFAULTS, paused=True))
    reply = desk.ask(f"订阅 {topic}")
    assert f"{line}推送现在是暂停的。" in words(reply)
    desk.press(reply, "恢复")
    assert desk.chats.kept_settings[HERE].paused is False


def test_the_buttons_of_a_new_subscription_work():
    desk = Desk()
    reply = desk.ask("订阅 电池")
    assert "电池　最近一期 2 篇" in words(desk.press(reply, "看这 2 篇"))
    assert words(desk.press(reply, "改时间")).startswith("推送设置")
    undone = desk.press(reply, "撤销")
    assert words(undone) == "已退订 电池。"
    assert followed(desk) == []
    desk.press(undone, "重新订阅")
    assert followed(desk) == ["电池"]


@pytest.mark.parametrize("line", ["订阅", "订阅 。", "follow ..."])
def test_without_a_topic_the_popular_ones_are_offered(line):
    desk = Desk()
    reply = desk.ask(line)
    assert labels(reply) == ("充电桩 5", "电池 2", "港口 2", "海外 1")
    desk.press(reply, "港口 2")
    assert followed(desk) == ["港口"]


def test_without_a_topic_and_without_issues_it_says_how():
    assert words(Desk(library=FakeLibrary(held_issues=())).ask("订阅")).splitlines() == [
        "想订阅什么？发“订阅”加一个词就行。",
        "也可以订阅一个数字，例如：订阅 指标 5G基站 > 200万",
        "几个条件可以合成一条规则，例如：订阅 半导体 AND（补贴 OR 投资）-手机",
    ]


def test_an_empty_library_takes_subscriptions_for_later():
    desk = Desk(library=FakeLibrary(held=(), held_issues=()))
    desk.ask("订阅 电池")
    assert desk.chats.subscriptions(HERE)[0].since is None


def test_a_topic_has_forty_characters_at_most():
    desk = Desk()
    assert words(desk.ask("订阅 " + "长" * 41)) == "主题最多 40 个字，请用一个词。"
    desk.ask("订阅 " + "长" * 40)
    assert followed(desk) == ["长" * 40]


def test_a_chat_follows_fifty_topics_at_most():
    desk = Desk()
    for number in range(50):
        desk.ask(f"订阅 主题{number}")
    reply = desk.ask("订阅 电池")
    assert words(reply) == "一个聊天最多订阅 50 个主题，请先退订一些。"
    assert labels(reply) == ("退订…",)
    assert words(desk.ask("订阅 主题7")).startswith("已经订阅了 主题7")


def test_unsubscribing_asks_which_where_none_is_named():
    desk = Desk()
    for topic in ("电池", "港口", "火箭"):
        desk.ask(f"订阅 {topic}")
    reply = desk.ask("退订")
    assert labels(reply) == ("电池", "港口", "火箭", "全部退订")
    desk.press(reply, "火箭")
    assert followed(desk) == ["电池", "港口"]
    assert words(desk.press(reply, "全部退订")) == "已退订全部 2 个主题。"
    assert followed(desk) == []


@pytest.mark.parametrize("line", ["退订全部", "unsubscribe all", "退订 所有"])
def test_all_can_be_dropped_in_words(line):
    desk = Desk()
    desk.ask("订阅 电池")
    desk.ask(line)
    assert followed(desk) == []


def test_a_free_word_that_means_all_is_dropped_alone():
    desk = Desk()
    desk.ask("subscribe all")
    desk.ask("subscribe 电池")
    desk.ask("unsubscribe all")
    assert followed(desk) == ["电池"]


def test_what_is_not_followed_cannot_be_dropped():
    desk = Desk()
    desk.ask("订阅 电池")
    reply = desk.ask("退订 港口")
    assert words(reply) == "没有订阅“港口”。"
    assert labels(reply) == ("电池",)


def test_a_topic_that_left_the_table_can_still_be_dropped():
    desk = Desk()
    desk.chats.subscribe(HERE, Subscription("钠电池", NOW), DEFAULTS)
    desk.ask("退订 钠电池")
    assert followed(desk) == []


def test_who_follows_nothing_is_invited():
    desk = Desk()
    for line in ("退订", "我的订阅"):
        reply = desk.ask(line)
        assert words(reply) == "还没有订阅。订阅一个主题，有新内容时每天推送一次。"
        assert labels(desk.press(reply, "订阅"))[0] == "充电桩 5"


def test_the_list_of_subscriptions_says_what_is_new_and_when_it_comes():
    desk = Desk()
    desk.ask("订阅 电池")
    desk.ask("订阅 卫星")
    reply = desk.ask("我的订阅")
    assert words(reply).splitlines() == [
        "我的订阅　2 个",
        "电池 | 最近一期 2 篇 · 2026年11月23日订阅 | ",
        "卫星 | 最近一期 0 篇 · 2026年11月23日订阅 | ",
        "下次推送：11月24日 09:00（北京时间）",
    ]
    assert labels(reply) == ("1", "2", "退订…", "设置")
    assert "钠电池上船" in words(desk.press(reply, "1"))
    assert words(desk.press(reply, "2")) == "卫星　最近一期 0 篇"


def test_the_list_of_a_paused_chat_says_so():
    desk = Desk()
    desk.ask("订阅 电池")
    desk.ask("设置 暂停")
    assert words(desk.ask("我的订阅")).endswith("推送现在是暂停的。")


def test_many_subscriptions_and_many_articles_have_pages():
    desk = Desk()
    for number in range(9):
        desk.ask(f"订阅 主题{number}")
    second = desk.press(desk.ask("我的订阅"), "下一页")
    assert second.in_place
    assert "主题8" in words(second)
    library = FakeLibrary(held=tuple(replace(FakeLibrary().held[0], id=f"a{n}") for n in range(7)))
    topic = Desk(library=library).ask("subscriptions 充电桩")
    assert labels(topic) == ("1", "2", "3", "4", "5", "下一页", "所有各期")
    assert button(topic, "下一页").action == "subscriptions 充电桩 --page 2"


def test_dates_are_those_of_the_chat_s_own_zone():
    desk = Desk(now=datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    desk.chats.save_settings(HERE, Settings(daily(time(9)), "Asia/Tokyo", NOW))
    desk.ask("订阅 电池")
    assert "2026年11月24日订阅" in words(desk.ask("我的订阅"))
