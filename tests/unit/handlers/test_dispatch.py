from __future__ import annotations

import pytest

from tests.unit.handlers.desk import HERE, Desk, button, labels, words


def followed(desk: Desk) -> list[str]:
    return [subscription.topic for subscription in desk.chats.subscriptions(HERE)]


@pytest.mark.parametrize(
    "line",
    ["订阅 电池", "订阅电池", "订阅：电池", "／订阅 电池", "/subscribe 电池", "SUBSCRIBE batteries",
     "訂閱 電池", "  订阅　电池 \n", "follow battery", "/订阅电池"],
)  # fmt: skip
def test_a_command_goes_by_every_name_people_type(line):
    desk = Desk()
    desk.ask(line)
    assert [desk.library.topic(topic).name for topic in followed(desk)] in (["电池"], ["電池"])


@pytest.mark.parametrize(
    "line", ["帮助中小企业", "subscription economy", "设置在港口的充电桩", "help small firms"]
)
def test_a_line_that_only_begins_like_a_command_is_a_search(line):
    assert f"没有找到“{line}”" in words(Desk().ask(line))


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("My subscriptions", "我的订阅"),
        ("forget me", "删除我的数据"),
        ("who are you?", "你好"),
        ("帮助！", "?"),
    ],
)
def test_a_name_of_several_words_is_a_command(line, short):
    assert words(Desk().ask(line)) == words(Desk().ask(short))


@pytest.mark.parametrize("line", ["搜索 。", "search !?"])
def test_a_search_for_signs_alone_is_told_what_is_missing(line):
    assert words(Desk().ask(line)) == "请在命令后面写上内容，例如：搜索 5G基站有多少"


@pytest.mark.parametrize("line", ["谢谢", "多谢！", "Thank you!", "thanks"])
def test_a_kind_word_is_no_question(line):
    assert words(Desk().ask(line)) == "不客气，想到什么随时问。"


def test_plain_text_is_a_search():
    assert "充电桩：从城区走向港口" in words(Desk().ask("充电桩"))


def test_an_unknown_command_offers_the_nearest_one_with_its_argument():
    desk = Desk()
    reply = desk.ask("/subcribe 电池")
    assert words(reply) == "没有“/subcribe”这个命令。"
    desk.press(reply, "订阅")
    assert followed(desk) == ["电池"]


def test_an_unknown_command_like_no_other_offers_help():
    assert labels(Desk().ask("/xyzzyxyzzy")) == ("帮助",)


@pytest.mark.parametrize("line", ["", "   ", "\n", "/", "／", "\u200b\u202e", "。", "/。", "(((", "👍", "……"])
def test_an_empty_message_gets_examples_that_work(line):
    desk = Desk()
    reply = desk.ask(line)
    assert words(reply) == "发来一个词或一个问题就行，例如："
    assert len(labels(reply)) == 3
    assert all("没有找到" not in words(desk.press(reply, label)) for label in labels(reply))


def test_a_message_that_is_too_long_gets_one_clear_line():
    reply = Desk().ask("长" * 100_000)
    assert words(reply) == "这条消息有 100,000 个字，太长了，最多 4,096 个。请只发问题本身。"


def test_the_longest_message_is_still_answered_and_its_buttons_too():
    desk = Desk()
    reply = desk.ask("充" * 4096)
    assert "没有找到" in words(reply)
    assert "没有找到" in words(desk.ask("search " + "充" * 4096 + " --page 2", pressed=True))


def test_a_pressed_action_is_read_as_a_command_whatever_follows():
    assert "没有编号为“art001 or so”的文章" in words(Desk().ask("article art001 or so", pressed=True))


def test_hidden_characters_do_not_hide_a_command():
    desk = Desk()
    desk.ask("\u202e订阅\u200b 电池")
    assert followed(desk) == ["电池"]


def test_the_button_of_an_unknown_command_is_a_line_a_user_could_type():
    assert button(Desk().ask("/unsubscibe 电池"), "退订").action == "unsubscribe 电池"


def test_a_question_in_english_is_answered_in_english_whatever_the_chat_speaks():
    assert "Nothing found" in words(Desk().ask("how many zeppelins are there"))
    assert "没有找到" in words(Desk().ask("zeppelins"))
