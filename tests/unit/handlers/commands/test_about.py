"""help, start, privacy and forget_me."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.commands import COMMANDS
from handlers.request import Language
from knowledge.model import Kind
from tests.fakes.library import METRICS, FakeLibrary
from tests.unit.handlers.desk import HERE, Desk, labels, words


def test_help_lists_every_command_that_people_type():
    said = words(Desk().ask("帮助"))
    assert all((command.usage.zh in said) == command.listed for command in COMMANDS)


@pytest.mark.parametrize("line", ["帮助 订阅", "help subscribe", "help /subscribe", "帮助 follow"])
def test_help_on_a_command_tells_its_other_names(line):
    assert words(Desk().ask(line)).endswith("也可以写：subscribe、订阅、follow")


def test_help_on_something_else_says_so():
    assert words(Desk().ask("/help nothing")) == "没有“/nothing”这个命令。"


@pytest.mark.parametrize("line", ["/start", "你好", "/start deep-link-payload"])
def test_the_greeting_shows_three_questions_that_work(line):
    desk = Desk()
    reply = desk.ask(line)
    assert words(reply).startswith("你好，我是行讯\n")
    assert "库里有 2 期、8 篇文章、15 个指标，最新一期：港航周报 2026 年第 11 期 · 2026年11月20日。" in words(
        reply
    )
    assert labels(reply) == ("中国充电桩数是多少", "充电桩", "电池", "目录", "订阅", "帮助")
    assert words(desk.press(reply, "中国充电桩数是多少")).startswith("充电桩数 · 中国　1200 万个")


def test_the_english_greeting_asks_by_english_names():
    reply = Desk(language=Language.EN).ask("hello")
    assert words(reply).startswith("Hello, I am Hangxun")
    assert labels(reply)[:3] == ("charging piles", "batteries", "ports")


def test_without_figures_the_examples_are_topics():
    growth_only = tuple(metric for metric in METRICS if metric.kind is Kind.GROWTH)
    reply = Desk(library=FakeLibrary(printed=growth_only)).ask("/start")
    assert labels(reply)[:3] == ("充电桩", "电池", "港口")


def test_a_figure_that_its_question_does_not_find_is_no_example():
    wordy = replace(METRICS[4], indicator="江海联运" * 6)
    hidden = replace(METRICS[0], indicator="多少桩")
    reply = Desk(library=FakeLibrary(printed=(wordy, hidden, METRICS[7]))).ask("/start")
    assert labels(reply)[0] == "山东省充电桩数是多少"


def test_an_empty_library_greets_without_examples():
    reply = Desk(library=FakeLibrary(held=(), printed=(), held_issues=())).ask("/start")
    assert "库里还没有内容" in words(reply)
    assert labels(reply) == ("目录", "订阅", "帮助")


def test_privacy_says_what_is_kept_and_leads_to_deleting_it():
    desk = Desk()
    desk.ask("订阅 电池")
    asked = desk.press(desk.ask("隐私"), "删除我的数据")
    assert "1 个订阅" in words(asked)
    assert desk.chats.subscriptions(HERE)
    assert words(desk.press(asked, "确定删除")) == "已删除这个聊天的全部数据。"
    assert desk.chats.subscriptions(HERE) == ()
    assert desk.chats.settings(HERE) is None


def test_forgetting_twice_says_that_nothing_is_kept():
    assert words(Desk().ask("忘记我 确认")) == "这个聊天没有保存任何数据。"
