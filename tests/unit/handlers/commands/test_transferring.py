from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.dispatch import dispatch
from handlers.reply import File, Reply
from handlers.request import Request
from tests.unit.handlers.desk import HERE, NOW, Desk, labels, words


def exported(desk: Desk, line: str = "导出订阅") -> File:
    [block] = desk.ask(line).blocks
    assert isinstance(block, File)
    return block


def text_of(desk: Desk) -> str:
    return exported(desk).content.decode()


def following(*topics: str) -> Desk:
    desk = Desk()
    for topic in topics:
        desk.ask(f"订阅 {topic}")
    return desk


def topics(desk: Desk) -> list[str]:
    return [one.topic for one in desk.chats.kept_subscriptions.get(HERE, [])]


@pytest.mark.parametrize("line", ["导出订阅", "导出 订阅", "/backup", "备份"])
def test_the_file_holds_what_is_followed_and_the_settings(line):
    desk = following("充电桩", "指标 充电桩 > 1500万")
    desk.ask("推送时间 工作日 9:00 18:30")
    file = exported(desk, line)
    assert file.name == "行讯订阅.json"
    held = json.loads(file.content)
    assert held["settings"]["schedule"] == "workdays 09:00 18:30"
    assert [one["topic"] for one in held["subscriptions"]] == ["充电桩", "指标 中国 充电桩数 > 1500万"]
    assert "2 个订阅" in file.caption.value


def test_a_file_is_shown_before_it_changes_anything():
    source = following("充电桩", "电池", "海外")
    source.ask("推送时间 每周五 17:00")
    source.ask("静默 22:00-8:00")
    desk = following("电池")
    reply = desk.ask(f"导入 {text_of(source)}")
    assert words(reply) == (
        "导入这份文件：新增 2 个订阅：充电桩、海外；已有 1 个，保持不变。\n"
        "推送会改为：每周五 17:00（北京时间）。\n静默时间：22:00–08:00。"
    )
    assert labels(reply) == ("全部导入", "只导入订阅", "不导入")
    assert topics(desk) == ["电池"]
    assert "什么都没有变" in words(desk.press(reply, "不导入"))
    assert words(desk.press(reply, "只导入订阅")) == "已导入：新增 2 个订阅。"
    assert topics(desk) == ["电池", "充电桩", "海外"]
    assert desk.chats.kept_settings[HERE].schedule.text == "daily 09:00"


def test_all_of_a_file_is_brought_in_and_again_changes_nothing():
    source = following("充电桩")
    source.ask("静音 充电桩")
    source.ask("推送时间 即时")
    desk = Desk(now=NOW + timedelta(hours=1))
    desk.press(desk.ask(f"导入{text_of(source)}"), "全部导入")
    [one] = desk.chats.kept_subscriptions[HERE]
    assert one.muted_until == NOW + timedelta(days=7)
    kept = desk.chats.kept_settings[HERE]
    assert (kept.schedule.text, kept.active_since) == ("daily at-once", desk.now)
    again = desk.ask(f"导入 {text_of(source)}")
    assert words(again) == "导入这份文件：没有新的订阅；已有 1 个，保持不变。\n推送设置不变。"
    assert labels(again) == ("不导入",)


def test_the_figures_of_a_rule_that_is_brought_in_are_no_news():
    source = following("指标 充电桩")
    desk = Desk()
    desk.press(desk.ask(f"导入 {text_of(source)}"), "只导入订阅")
    assert desk.chats.kept_told[HERE] == source.chats.kept_told[HERE]


def ask_with(desk: Desk, document: str, text: str = "") -> Reply:
    request = Request("event-1", HERE, "somebody", text, document=document)
    return dispatch(desk.context(), request)


def test_a_file_that_is_sent_is_shown_with_and_without_words():
    text = text_of(following("充电桩"))
    for said in ("", "导入", "看看这个"):
        assert "新增 1 个订阅：充电桩" in words(ask_with(Desk(), text, said))
    assert words(ask_with(Desk(), "hello")) == "这不是一份完整的 JSON，没有导入。请发导出的原文件。"


def test_without_a_file_it_says_how():
    assert words(Desk().ask("导入")).startswith("把导出的文件发给我")
    assert "没有找到" in words(Desk().ask("导入 关税"))


def test_more_than_a_chat_may_follow_is_refused_whole():
    many = [f"词{n}" for n in range(60)]
    text = json.dumps({"format": "hangxun-subscriptions", "version": 1, "subscriptions": many})
    desk = Desk()
    assert "最多订阅 50 个" in words(desk.ask(f"导入 {text}"))
    assert topics(desk) == []


def test_fifty_long_topics_fit_the_button():
    many = [f"{n}号{'长' * 190}" for n in range(50)]
    text = json.dumps({"format": "hangxun-subscriptions", "version": 1, "subscriptions": many})
    desk = Desk()
    desk.press(ask_with(desk, text), "只导入订阅")
    assert len(topics(desk)) == 50


def test_a_group_s_file_is_for_its_admins():
    request = Request("e", HERE, "guest", "", is_private=False, document=text_of(following("充电桩")))
    desk = Desk()
    preview = dispatch(desk.context(), request)
    action = next(b.action for block in preview.blocks if block.kind == "buttons" for b in block.buttons)
    pressed = replace(request, document="", text=action, pressed=True)
    assert "管理员" in words(dispatch(desk.context(), pressed))
    assert topics(desk) == []
