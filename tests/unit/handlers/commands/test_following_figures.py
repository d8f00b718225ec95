from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.ports import Subscription
from handlers.request import Language
from knowledge.metrics.track import statement_key
from tests.fakes.library import METRICS, NOVEMBER, FakeLibrary
from tests.unit.handlers.desk import DEFAULTS, HERE, NOW, Desk, button, labels, words


def followed(desk: Desk) -> list[str]:
    return [subscription.topic for subscription in desk.chats.subscriptions(HERE)]


def test_following_a_figure_answers_with_its_value_its_source_and_when_more_comes():
    reply = Desk().ask("订阅 指标 充电桩")
    assert words(reply).splitlines() == [
        "已订阅 充电桩数 · 中国",
        "现在：1200 万个　截至2026年10月底",
        "截至今年10月底，全国累计建成充电桩1200万个，同比增长41.5%，占全球约六成。",
        "《充电桩：从城区走向港口》 产业环境 · 第3页 · 港航周报 2026 年第 11 期 · 2026年11月20日",
        "每天 09:00（北京时间），有新数字或修订才推送，最早 11月24日 09:00。",
    ]
    assert labels(reply) == ("全文", "改时间", "撤销")


def test_what_the_answer_shows_is_known_and_no_alert_repeats_it():
    desk = Desk()
    desk.ask("订阅 指标 充电桩")
    rule = "指标 中国 充电桩数"
    assert desk.chats.subscriptions(HERE) == (Subscription(rule, NOW, NOVEMBER.published),)
    assert desk.chats.kept_told[HERE] == {statement_key(METRICS[0]), statement_key(METRICS[3])}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("订阅 指标 充电桩 > 1500万", "达到“> 1500万”时推送：每天 09:00（北京时间），最早 11月24日 09:00。"),
        ("订阅 充电桩数超过1000万", "已经达到“> 1000万”；退回去以后再次达到时推送，最早 11月24日 09:00。"),
        ("订阅 指标 低空经济规模", "库里还没有这个数字。"),
        ("订阅 指标 鹿特丹港 换电站数 > 20", "达到“> 20”时推送"),
    ],
)
def test_it_says_what_will_be_told(line, said):
    assert said in words(Desk().ask(line))


def test_a_paused_chat_is_told():
    desk = Desk()
    desk.chats.save_settings(HERE, replace(DEFAULTS, paused=True))
    reply = desk.ask("订阅 指标 充电桩")
    assert words(reply).endswith("推送现在是暂停的。")
    assert "恢复" in labels(reply)


@pytest.mark.parametrize(
    "line", ["订阅 指标 充电桩 > 很多", "订阅 指标", "订阅 指标 > 200万", "订阅 充电桩 > 1" + "0" * 30]
)
def test_what_is_not_understood_is_refused_with_an_example(line):
    desk = Desk()
    said = words(desk.ask(line))
    assert said.startswith("没看懂“")
    assert said.endswith("例如：订阅 指标 5G基站 > 200万")
    assert followed(desk) == []


def test_the_example_of_the_refusal_works():
    assert "达到“> 200万”时推送" in words(Desk().ask("订阅 指标 5G基站 > 200万"))


def test_following_twice_in_other_words_says_so():
    desk = Desk()
    desk.ask("订阅 指标 充电桩 > 1500万")
    for line in ("订阅 中国充电桩数 超过 1500万", "订阅 充电桩 有多少 超过一千五百万"):
        assert words(desk.ask(line)).startswith("已经订阅了 充电桩数 · 中国 > 1500万")
    assert followed(desk) == ["指标 中国 充电桩数 > 1500万"]


def test_figures_and_topics_share_one_bound():
    desk = Desk()
    for number in range(50):
        desk.ask(f"订阅 主题{number}")
    assert words(desk.ask("订阅 指标 充电桩")) == "一个聊天最多订阅 50 个主题，请先退订一些。"


def test_the_buttons_of_a_new_rule_work():
    desk = Desk()
    reply = desk.ask("订阅 指标 充电桩 > 1500万")
    assert "充电桩：从城区走向港口" in words(desk.press(reply, "全文"))
    undone = desk.press(reply, "撤销")
    assert words(undone) == "已退订 充电桩数 · 中国 > 1500万。"
    assert followed(desk) == []
    desk.press(undone, "重新订阅")
    assert followed(desk) == ["指标 中国 充电桩数 > 1500万"]


def test_the_list_shows_figures_with_their_value_beside_topics():
    desk = Desk()
    for line in ("订阅 电池", "订阅 指标 充电桩 > 1500万", "订阅 指标 低空经济规模"):
        desk.ask(line)
    reply = desk.ask("我的订阅")
    assert words(reply).splitlines()[1:4] == [
        "电池 | 最近一期 2 篇 · 2026年11月23日订阅 | ",
        "充电桩数 · 中国 > 1500万 | 现在 1200 万个 · 截至2026年10月底 · 2026年11月23日订阅 | ",
        "低空经济规模 | 还没有数字 · 2026年11月23日订阅 | ",
    ]
    figure = desk.press(reply, "2")
    assert words(figure).startswith("充电桩数 · 中国 > 1500万\n现在：1200 万个　截至2026年10月底")
    assert button(figure, "所有数字").action == "metric 中国 充电桩数"
    assert words(desk.press(reply, "3")) == "低空经济规模\n库里还没有这个数字。"


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("退订 指标 充电桩 > 1500万", ["充电桩", "指标 中国 充电桩数"]),
        ("退订 指标 充电桩", ["充电桩", "指标 中国 充电桩数 > 1500万"]),
        ("退订 充电桩", ["指标 中国 充电桩数", "指标 中国 充电桩数 > 1500万"]),
        ("退订 全部", []),
    ],
)
def test_a_figure_and_a_topic_of_one_name_are_dropped_apart(line, left):
    desk = Desk()
    for name in ("充电桩", "指标 充电桩", "指标 充电桩 > 1500万"):
        desk.ask(f"订阅 {name}")
    desk.ask(line)
    assert followed(desk) == left


def test_a_rule_goes_by_its_figure_alone_where_no_threshold_is_named():
    desk = Desk()
    desk.ask("订阅 指标 充电桩 > 1500万")
    assert words(desk.ask("退订 指标 充电桩 > 900万")) == "没有订阅“指标 充电桩 > 900万”。"
    desk.ask("退订 指标 充电桩")
    assert followed(desk) == []


def test_a_rule_whose_figure_is_gone_can_still_be_seen_and_dropped():
    desk = Desk()
    desk.ask("订阅 指标 充电桩")
    desk.library = FakeLibrary(printed=())
    assert "中国 充电桩数 | 还没有数字" in words(desk.ask("我的订阅"))
    desk.press(desk.ask("退订"), "中国 充电桩数")
    assert followed(desk) == []


def test_an_english_line_is_answered_in_english():
    said = words(Desk(language=Language.EN).ask("subscribe figure 充电桩 > 15 million"))
    assert said.startswith("You now follow charging points · China > 1500万\nNow: 12 million　as of Oct 2026")
    assert (
        "I tell when it is > 1500万, every day at 09:00 (Asia/Shanghai); 24 Nov 09:00 at the earliest."
        in said
    )
