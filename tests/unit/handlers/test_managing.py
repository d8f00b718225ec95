from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.dispatch import dispatch
from handlers.request import Language, Request
from tests.unit.handlers.desk import HERE, Desk, words

GROUP = Request("event-1", HERE, "somebody", "", is_private=False)
ADMINS_ONLY = "这里的推送由管理员决定：请管理员来发这条命令。你自己想收，可以私聊我订阅。"


def ask(desk: Desk, line: str, request: Request) -> str:
    return words(dispatch(desk.context(), replace(request, text=line)))


CHANGES = (
    "订阅 充电桩",
    "退订 充电桩",
    "静音 充电桩",
    "推送时间 8:00",
    "暂停",
    "设置 时区 东京",
    "删除我的数据 确定",
)


@pytest.mark.parametrize("may_manage", [False, None], ids=["no admin", "nobody knows"])
@pytest.mark.parametrize("line", CHANGES)
def test_only_admins_change_what_a_group_gets(line, may_manage):
    desk = Desk()
    ask(desk, "订阅 充电桩", replace(GROUP, is_private=True))
    before = (dict(desk.chats.kept_settings), list(desk.chats.kept_subscriptions[HERE]))
    assert ask(desk, line, replace(GROUP, may_manage=may_manage)) == ADMINS_ONLY
    assert (desk.chats.kept_settings, desk.chats.kept_subscriptions[HERE]) == before


@pytest.mark.parametrize("line", CHANGES)
def test_admins_of_a_group_and_everybody_alone_change_it(line):
    for request in (replace(GROUP, may_manage=True), replace(GROUP, is_private=True, may_manage=False)):
        desk = Desk()
        ask(desk, "订阅 充电桩", request)
        assert "管理员" not in ask(desk, line, request)


@pytest.mark.parametrize("line", ["充电桩", "我的订阅", "设置", "帮助"])
def test_everybody_in_a_group_may_ask_and_look(line):
    said = ask(Desk(), line, replace(GROUP, may_manage=False))
    assert said
    assert ADMINS_ONLY not in said


def test_where_nothing_can_be_posted_it_says_how_to_invite():
    request = replace(GROUP, may_manage=True, reachable=False)
    assert "/invite" in ask(Desk(), "订阅 充电桩", request)
    assert "Please /invite me" in words(
        dispatch(replace(Desk().context(), language=Language.EN), replace(request, text="follow 充电桩"))
    )
