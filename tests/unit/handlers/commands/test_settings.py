from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from handlers.ports import Standing
from handlers.request import Language
from handlers.schedule import Schedule, daily
from tests.unit.handlers.desk import DEFAULTS, HERE, NOW, Desk, labels, words

EARLIER = replace(DEFAULTS, active_since=NOW - timedelta(days=30))


def kept(line: str, *, pressed: bool = False) -> tuple[Desk, str]:
    desk = Desk()
    desk.chats.save_settings(HERE, EARLIER)
    return desk, words(desk.ask(line, pressed=pressed))


def test_the_settings_are_shown_with_the_next_alert():
    reply = Desk().ask("设置")
    assert words(reply).splitlines()[:3] == [
        "推送设置",
        "每天 09:00（北京时间）· 已开启 · 语言：中文",
        "下次推送：11月24日 09:00",
    ]
    assert labels(reply) == (
        "08:00", "12:00", "18:00", "只在工作日", "即时", "静默 22–8",
        "东京时间", "伦敦时间", "纽约时间", "暂停", "English"
    )  # fmt: skip


def test_a_day_that_had_its_alert_gets_no_second_one_by_moving_the_time():
    desk = Desk()
    desk.chats.save_settings(HERE, EARLIER)
    assert "下次推送：11月23日 18:00" in words(desk.ask("设置 时间 18:00"))
    desk.chats.kept_slots[HERE] = frozenset({(NOW.date(), "daily")})
    for line in ("设置 时间 18:30", "设置", "我的订阅", "订阅 电池"):
        assert "11月23日 18:30" not in words(desk.ask(line))
    assert "11月24日 18:30" in words(desk.ask("设置"))


@pytest.mark.parametrize(
    "line",
    [
        "设置 时间 08:30",
        "设置时间8点半",
        "设置 8:30",
        "/settings time 8:30",
        "设置 推送时间改到 8：30",
        "set at 8:30",
    ],
)
def test_the_time_is_set_however_it_is_written(line):
    desk, said = kept(line)
    assert said.startswith("推送时间改为 08:30。\n推送设置\n每天 08:30")
    assert desk.chats.kept_settings[HERE].schedule == daily(time(8, 30))


@pytest.mark.parametrize(
    ("line", "zone", "shown"),
    [
        ("设置 时区 东京", "Asia/Tokyo", "东京时间"),
        ("设置时区：纽约", "America/New_York", "纽约时间"),
        ("settings zone europe/london", "Europe/London", "伦敦时间"),
        ("设置 时区 Africa/Cairo", "Africa/Cairo", "Africa/Cairo"),
        ("settings timezone new york", "America/New_York", "纽约时间"),
    ],
)
def test_the_zone_goes_by_city_or_name(line, zone, shown):
    desk, said = kept(line)
    assert desk.chats.kept_settings[HERE].timezone == zone
    assert f"时区改为 {shown}。" in said


@pytest.mark.parametrize("line", ["设置 时间 10:00", "设置 时区 东京"])
def test_a_moved_alert_counts_from_now(line):
    desk, _ = kept(line)
    assert desk.chats.kept_settings[HERE].active_since == NOW


@pytest.mark.parametrize(
    "line", ["设置 时间 09:00", "设置 时区 北京", "设置 恢复", "设置 暂停", "设置 语言 英文"]
)
def test_what_moves_nothing_does_not_start_anew(line):
    desk, _ = kept(line)
    assert desk.chats.kept_settings[HERE].active_since == EARLIER.active_since


def test_pausing_and_resuming():
    desk = Desk()
    desk.chats.save_settings(HERE, EARLIER)
    paused = desk.press(desk.ask("设置"), "暂停")
    assert paused.in_place
    assert words(paused).startswith("推送已暂停，订阅都保留。\n推送设置\n每天 09:00（北京时间）· 已暂停")
    assert "下次推送" not in words(paused)
    assert words(desk.press(paused, "恢复")).startswith("推送已恢复。")
    assert desk.chats.kept_settings[HERE] == replace(EARLIER, active_since=NOW)


def test_the_language_changes_at_once():
    desk = Desk()
    english = desk.press(desk.ask("设置"), "English")
    assert words(english).startswith("From now on I answer in English.\nAlert settings\nEvery day at 09:00")
    assert desk.chats.kept_settings[HERE].language is Language.EN
    desk.language = Language.EN
    assert "以后用中文回答" in words(desk.press(english, "中文"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "设置 时间 25:00",
            "没看懂时间“25:00”。请写成 08:30、8点半 或 下午6点；"
            "也可以写 工作日 9:00 18:30、每周五 17:00、即时。",
        ),
        ("设置 时区 火星", "没有时区“火星”。请写城市或 Asia/Shanghai 这样的名字。"),
        ("设置 语言 法语", "可选的语言：中文、English。"),
        ("/设置 音量 5", "没看懂“音量 5”。可以设置时间、静默、时区、暂停、恢复、语言。"),
    ],
)
def test_what_cannot_be_set_is_explained_and_nothing_changes(line, said):
    desk, answer = kept(line)
    assert answer == said
    assert desk.chats.kept_settings[HERE] == EARLIER


@pytest.mark.parametrize("line", ["设置 充电桩的企业", "set theory in ports", "settings of offshore ports"])
def test_a_question_that_begins_with_the_word_is_a_search(line):
    _, answer = kept(line)
    assert "没有找到" in answer or "Nothing found" in answer


@pytest.mark.parametrize(
    ("line", "kept_as"),
    [
        ("每周五 17:00", "fri 17:00"),
        ("每个工作日早上9点和下午6点", "workdays 09:00 18:00"),
        ("weekdays 9:00, 18:00", "workdays 09:00 18:00"),
        ("推送时间 即时", "daily at-once"),
        ("静默 22:00-8:00", "daily 09:00 quiet 22:00-08:00"),
        ("免打扰 晚上10点到早上8点", "daily 09:00 quiet 22:00-08:00"),
        ("quiet 22-8", "daily 09:00 quiet 22:00-08:00"),
    ],
)
def test_a_line_that_is_a_schedule_needs_no_command(line, kept_as):
    desk, _ = kept(line)
    assert desk.chats.kept_settings[HERE].schedule.text == kept_as


@pytest.mark.parametrize("line", ["周五", "9点", "9 18", "2021", "工作日"])
def test_a_day_or_a_time_alone_is_a_search(line):
    desk, _ = kept(line)
    assert desk.chats.kept_settings[HERE] == EARLIER


def test_more_times_than_a_day_may_have_are_refused():
    _, said = kept("推送时间 9:00 10:00 11:00 12:00 13:00 14:00 15:00")
    assert said == "一天最多推送 6 次。"
    assert "用哪个时区" in kept("设置 时区")[1]
    assert "没看懂静默时间“随便”" in kept("/静默 随便")[1]


def test_the_settings_say_what_is_held_and_why():
    desk = Desk(now=NOW.replace(hour=23, minute=30))  # 07:30 of the next day in Shanghai
    desk.chats.save_settings(HERE, EARLIER)
    desk.ask("推送时间 7:00 18:00")
    desk.chats.save_settings(HERE, replace(desk.chats.kept_settings[HERE], active_since=EARLIER.active_since))
    said = words(desk.ask("静默 22:00-8:00"))
    assert "下次推送：11月24日 08:00" in said
    assert "留着：11月24日 07:00 的推送，静默结束后（11月24日 08:00）发。" in said


def test_the_settings_say_how_delivery_stands():
    desk = Desk()
    desk.chats.save_settings(HERE, EARLIER)
    desk.chats.kept_standing = Standing(NOW - timedelta(days=1), 2, NOW + timedelta(minutes=5))
    said = words(desk.ask("设置"))
    assert "上次推送：11月22日 10:00" in said
    assert "等着发：2 条推送，平台暂时不收，11月23日 10:05 再试。" in said


def test_a_year_whose_working_days_are_not_known_is_named():
    desk = Desk(now=NOW.replace(year=2098, month=12, day=20))
    assert "2099 年的放假调休安排还没有收录" in words(desk.ask("推送时间 工作日"))


def test_alerts_at_once_catch_up_after_a_pause():
    desk = Desk()
    desk.chats.save_settings(HERE, replace(EARLIER, schedule=Schedule(), paused=True))
    desk.ask("恢复")
    assert desk.chats.kept_settings[HERE] == replace(EARLIER, schedule=Schedule())
