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
    "line",
    ["帮助中小企业", "subscription economy", "设置在港口的充电桩", "help small firms", "静默期",
     "帮助 中小企业", "语言 模型", "language model", "quiet period", "暂停 补贴", "export growth"],
)  # fmt: skip
def test_a_line_that_only_begins_like_a_command_is_a_search(line):
    assert f"没有找到“{line}”" in words(Desk().ask(line))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("静默 期", "没看懂静默时间“期”。请写成 静默 22:00-8:00，或者 静默 关。"),
        ("静默：abc", "没看懂静默时间“abc”。请写成 静默 22:00-8:00，或者 静默 关。"),
        ("推送时间 xx", "没看懂时间“xx”。请写成 08:30、8点半 或 下午6点"),
        ("时区 xx", "没有时区“xx”。"),
        ("推送设置 xx", "没看懂“xx”。可以设置时间、静默、时区、暂停、恢复、语言。"),
        ("导出 充电桩", "可以导出成 CSV、XLSX，例如：导出 csv 数字经济"),
    ],
)
def test_a_value_that_cannot_be_read_is_told_so_with_the_search_it_may_have_been(line, said):
    desk = Desk()
    reply = desk.ask(line)
    assert words(reply).startswith(said)
    searched = desk.press(reply, f"搜索“{line}”")
    assert words(searched) == words(desk.ask(f"搜索 {line}"))


def test_a_value_behind_a_slash_is_no_search():
    assert labels(Desk().ask("/静默 abc")) == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("语言 英文", "From now on I answer in English."),
        ("language english", "From now on I answer in English."),
        ("lang 中文", "以后用中文回答。"),
        ("语言 德语", "可选的语言：中文、English。"),
        ("时区 东京", "时区改为 东京时间。"),
        ("timezone tokyo", "时区改为 东京时间。"),
        ("时区", "用哪个时区？"),
        ("推送时间 9:30", "推送时间改为 09:30。"),
        ("静默 22:00-8:00", "静默时间设为 22:00–08:00"),
    ],
)
def test_a_setting_needs_no_slash(line, said):
    assert words(Desk().ask(line)).startswith(said)


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("My subscriptions", "我的订阅"),
        ("forget me", "删除我的数据"),
        ("who are you?", "你好"),
        ("帮助！", "?"),
        ("怎么订阅？", "帮助"),
        ("你会什么", "帮助"),
        ("改时间", "设置"),
        ("最新一期", "目录 1"),
        ("有什么新闻？", "目录 1"),
        ("latest", "目录 1"),
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
