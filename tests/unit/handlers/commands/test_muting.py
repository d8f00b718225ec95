from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.handlers.desk import HERE, NOW, Desk, labels, words


def following(*topics: str) -> Desk:
    desk = Desk()
    for topic in topics:
        desk.ask(f"订阅 {topic}")
    return desk


def muted_until(desk: Desk) -> dict[str, object]:
    return {one.topic: one.muted_until for one in desk.chats.kept_subscriptions[HERE]}


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("静音 充电桩", 7),
        ("静音充电桩", 7),
        ("静音 充电桩 3天", 3),
        ("静音 充电桩 3", 3),
        ("静音充电桩3天", 3),
        ("静音 EV charger", 7),
        ("mute 充电桩 for 14 days", 14),
        ("/mute 充电桩 1 day", 1),
    ],
)
def test_a_topic_is_muted_for_seven_days_or_as_many_as_named(line, days):
    desk = following("充电桩", "电池")
    assert "静音到" in words(desk.ask(line))
    assert muted_until(desk) == {"充电桩": NOW + timedelta(days=days), "电池": None}


def test_it_says_until_when_and_offers_to_undo_it():
    desk = following("充电桩")
    reply = desk.ask("静音 充电桩")
    assert words(reply) == "充电桩 静音到 11月30日，其间的新内容之后一起补上。"
    assert words(desk.press(reply, "取消静音")) == "充电桩 不再静音，攒下的新内容随下次推送一起来。"
    assert muted_until(desk) == {"充电桩": None}


def test_without_a_topic_it_asks_which_and_a_button_does_it():
    desk = following("充电桩", "电池")
    reply = desk.ask("静音")
    assert words(reply) == "静音哪一个？"
    assert labels(reply) == ("充电桩", "电池")
    desk.press(reply, "电池")
    assert muted_until(desk)["电池"] == NOW + timedelta(days=7)
    assert labels(desk.ask("取消静音")) == ("电池",)


def test_what_is_not_followed_cannot_be_muted():
    desk = following("充电桩")
    assert words(desk.ask("静音 卫星 3天")) == "没有订阅“卫星”。"
    assert words(desk.ask("静音 充电桩 365天")) == "静音最多 90 天。"
    assert words(desk.ask("静音 充电桩 10000天")) == "静音最多 90 天。"
    assert words(desk.ask("取消静音 充电桩")) == "没有静音的订阅。"
    assert "还没有订阅" in words(Desk().ask("静音 充电桩"))


def test_the_list_the_topic_and_the_settings_say_what_is_muted():
    desk = following("充电桩", "电池")
    desk.ask("静音 充电桩")
    assert "静音到11月30日" in words(desk.ask("我的订阅"))
    assert "静音：充电桩（到11月30日），之后一起补上。" in words(desk.ask("设置"))
    topic = desk.ask("subscriptions 充电桩")
    assert {"取消静音", "退订"} <= set(labels(topic))
    assert "静音 7 天" in labels(desk.ask("subscriptions 电池"))
    assert "退订" not in labels(desk.ask("subscriptions 海外"))
