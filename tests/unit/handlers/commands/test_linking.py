from __future__ import annotations

import pytest

from handlers.ports import Linking
from handlers.request import Conversation
from tests.fakes.chats import FakeChats
from tests.unit.handlers.desk import HERE, Desk, copies, labels, words

PHONE = Conversation("telegram", "7")


def test_it_shows_a_code_to_type_in_the_other_chat():
    reply = Desk().ask("关联")
    assert words(reply).startswith("在另一个平台的私聊里对我说：关联 ABCD-2345\n10 分钟内有效，只能用一次。")
    assert copies(reply)[0].text == "关联 ABCD-2345"


@pytest.mark.parametrize(
    "line", ["关联 ABCD-2345", "关联 abcd2345", "/link abcd 2345", "关联：ＡＢＣＤ２３４５"]
)
def test_a_code_from_elsewhere_links_the_chats(line):
    desk = Desk(chats=FakeChats(kept_codes={"ABCD2345": PHONE}))
    reply = desk.ask(line)
    assert words(reply).startswith("已关联：两边的订阅合在了一起。\n推送发到 Telegram，也关联了 Terminal。")
    here = desk.press(reply, "推送到这里")
    assert words(here) == "推送发到 Terminal，也关联了 Telegram。"
    assert labels(here) == ("解除关联",)
    assert "已解除关联" in words(desk.press(here, "解除关联"))


def test_a_wrong_code_and_one_of_the_same_chat_are_told_apart():
    assert "不对，或者已经过期" in words(Desk().ask("关联 ZZZZ-9999"))
    own = Desk(chats=FakeChats(kept_codes={"ABCD2345": HERE}))
    assert "本来就是同一个账号" in words(own.ask("关联 ABCD2345"))


class Guessed(FakeChats):
    def link(self, *_: object) -> Linking:  # type: ignore[override]
        return Linking.TOO_OFTEN


def test_guessing_is_stopped():
    assert words(Desk(chats=Guessed()).ask("关联 ABCD2345")) == "试错太多次了，请 10 分钟以后再试。"


def test_it_is_for_private_chats():
    assert "请在私聊里进行" in words(Desk().ask("关联", is_private=False))


def test_what_is_no_code_is_a_search_or_explained():
    assert "没有找到" in words(Desk().ask("关联 交易"))
    assert "8 位字母和数字" in words(Desk().ask("/关联 交易"))
    assert "没有关联" in words(Desk().ask("关联 解除"))
    assert "没有关联" in words(Desk().ask("/link here"))


def test_forgetting_says_that_linked_chats_are_meant_too():
    desk = Desk(chats=FakeChats(kept_codes={"ABCD2345": PHONE}))
    assert "关联的聊天" not in words(desk.ask("删除我的数据"))
    desk.ask("关联 ABCD2345")
    assert "关联的聊天也一起" in words(desk.ask("删除我的数据"))
