from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.ports import Subscription
from handlers.request import Language
from handlers.rule_preview import problem_error
from knowledge.rules.reading import Problem, Trouble
from tests.fakes.library import CHARGERS, OCTOBER, FakeLibrary
from tests.unit.handlers.desk import DEFAULTS, HERE, NOW, Desk, button, buttons, copies, labels, words

RULE = "充电桩 AND (港口 OR 海外) -电池"


def followed(desk: Desk) -> list[str]:
    return [subscription.topic for subscription in desk.chats.subscriptions(HERE)]


def test_a_rule_shows_what_it_would_bring_before_it_is_kept():
    desk = Desk()
    reply = desk.ask("订阅 充电桩 且（码头 或 海外）非 电池")
    assert words(reply).splitlines()[:3] == [
        RULE,
        "充电桩（含 充电站、充电设施、EV charger、换电……） · 港口（含 码头、port）"
        " · 海外（含 鹿特丹、overseas） · 电池（含 钠电池、battery）",
        "在最近一期会推送 2 篇。要保存吗？",
    ]
    assert "充电桩：从城区走向港口 | 产业环境 · 第3页 | " in words(reply)
    assert labels(reply) == ("保存", "收紧", "取消")
    assert followed(desk) == []


def test_saving_keeps_the_rule_in_its_one_form():
    desk = Desk()
    saved = desk.press(desk.ask("subscribe (码头 OR 海外) AND charging piles NOT battery"), "保存")
    assert saved.in_place
    assert words(saved).startswith("已订阅 (港口 OR 海外) AND 充电桩 -电池\n每天 09:00")
    assert followed(desk) == ["(港口 OR 海外) AND 充电桩 -电池"]
    assert labels(saved) == ("看这 2 篇", "改时间", "撤销")
    assert words(desk.ask("订阅 (港口 OR 海外) AND 充电桩 -电池")).startswith("已经订阅了")
    desk.press(saved, "撤销")
    assert followed(desk) == []


def test_cancelling_keeps_nothing():
    desk = Desk()
    cancelled = desk.press(desk.ask(f"订阅 {RULE}"), "取消")
    assert (words(cancelled), cancelled.in_place) == ("没有保存，订阅没有变化。", True)
    assert followed(desk) == []


def test_tightening_offers_narrower_rules_with_their_counts():
    desk = Desk()
    reply = desk.press(desk.ask("订阅 充电桩 OR 电池"), "收紧")
    assert words(reply).splitlines() == [
        "充电桩 OR 电池　最近一期 5 篇，可以收紧为：",
        "同时写 港口　2 篇 | (充电桩 OR 电池) AND 港口 | ",
        "不写 港口　3 篇 | (充电桩 OR 电池) -港口 | ",
        "只要栏目 运营竞争　2 篇 | (充电桩 OR 电池) AND 栏目:运营竞争 | ",
    ]
    assert labels(reply) == ("1", "2", "3", "照样保存", "取消")
    narrower = desk.press(reply, "2")
    assert "在最近一期会推送 3 篇。" in words(narrower)
    desk.press(narrower, "保存")
    assert followed(desk) == ["(充电桩 OR 电池) -港口"]


def test_a_rule_that_cannot_be_narrowed_can_still_be_saved():
    desk = Desk()
    reply = desk.ask("subscribe 卫星 OR 火箭 --tighten")
    assert words(reply) == "卫星 OR 火箭　最近一期 0 篇，没有更窄又不落空的规则。"
    desk.press(reply, "照样保存")
    assert followed(desk) == ["卫星 OR 火箭"]


def test_a_rule_that_finds_nothing_yet_says_so():
    reply = Desk().ask("订阅 卫星 -电池")
    assert "在最近一期一篇也没有；以后有了就推送。要保存吗？" in words(reply)
    assert labels(reply) == ("保存", "取消")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("充电桩 AND (港口", "有一个左括号没有配上右括号。"),
        ("充电桩 AND", "“AND”这里缺一个要找的词。"),
        ("-电池", "只说了不要什么；请至少写一个要找的词，OR 的每一边也是。"),
        ("作者:张三 AND 充电桩", "没有“作者:”这一项，可以用 栏目: 标题: 地区: ；要找这几个字就加上引号。"),
        ("充电桩 AND (港口、海外)", "“、”有两种意思：都要请写 AND，任一即可请写 OR。"),
        ("充电桩 OR " + "长" * 50, "“" + "长" * 19 + "…”太长，一个词最多 40 个字。"),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_kept(line, said):
    desk = Desk()
    assert words(desk.ask(f"订阅 {line}")) == said
    assert followed(desk) == []


@pytest.mark.parametrize("language", list(Language))
def test_every_trouble_is_said_in_one_line(language):
    for trouble in Trouble:
        text = problem_error(Desk(language=language).context(), Problem(trouble, "x")).text.value
        assert text
        assert "\n" not in text


def test_the_longest_line_is_read_as_a_rule():
    line = " OR ".join(["充电桩"] * 500)
    assert words(Desk().ask(f"订阅 {line} -电池")).startswith("充电桩 -电池\n")


def test_a_free_word_that_is_everywhere_is_asked_about_first():
    many = tuple(replace(CHARGERS, id=f"a{n}", title="随处可见的词") for n in range(12))
    rest = tuple(replace(CHARGERS, id=f"b{n}", title=str(n), blocks=()) for n in range(6))
    desk = Desk(library=FakeLibrary(held=(*many, *rest)))
    reply = desk.ask("订阅 随处可见")
    assert "这个词很宽：最近一期 18 篇里有 12 篇。照样保存，还是收紧？" in words(reply)
    assert labels(reply) == ("保存", "收紧", "看这 12 篇", "取消")
    desk.press(reply, "保存")
    assert followed(desk) == ["随处可见"]


def test_what_a_list_of_words_means_is_asked():
    desk = Desk()
    reply = desk.ask("订阅 充电桩、火箭，1,000吨级")
    assert words(reply) == "“充电桩、火箭，1,000吨级”是要其中任一个，还是都要？"
    assert labels(reply) == (
        "任一：充电桩 OR 火箭 OR 1,000吨级",
        "都要：充电桩 AND 火箭 AND 1,000吨级",
        "就找这几个字",
    )
    assert words(desk.press(reply, labels(reply)[0])).startswith("充电桩 OR 火箭 OR 1,000吨级\n")
    desk.press(reply, "就找这几个字")
    assert followed(desk) == ["充电桩、火箭，1,000吨级"]


def test_a_known_topic_is_followed_in_one_step_and_can_be_narrowed():
    desk = Desk()
    reply = desk.ask("订阅 充电桩")
    assert followed(desk) == ["充电桩"]
    assert labels(reply) == ("看这 5 篇", "收紧范围", "改时间", "撤销")
    narrower = desk.press(reply, "收紧范围")
    assert words(narrower).startswith(
        "充电桩　最近一期 5 篇，可以收紧为：\n同时写 港口　2 篇 | 充电桩 AND 港口 | "
    )


def test_one_press_puts_a_narrower_rule_in_place_from_when_the_old_one_began():
    desk = Desk()
    desk.chats.subscribe(HERE, Subscription("充电桩", NOW, OCTOBER.published), DEFAULTS)
    reply = desk.ask("少推 充电桩")
    assert labels(reply)[-2:] == ("静音 7 天", "退订")
    changed = desk.press(reply, "1")
    assert words(changed).startswith("已改为 充电桩 AND 港口\n")
    assert desk.chats.subscriptions(HERE) == (Subscription("充电桩 AND 港口", NOW, OCTOBER.published),)
    desk.press(changed, "撤销")
    assert desk.chats.subscriptions(HERE) == (Subscription("充电桩", NOW, OCTOBER.published),)


def test_a_rule_is_edited_by_its_line():
    desk = Desk()
    desk.ask(f"subscribe {RULE} --save")
    [edit] = copies(desk.ask(f"我的订阅 {RULE}"))
    assert (edit.label, edit.text) == ("改规则", f"订阅 {RULE} 代替 {RULE}")
    line = edit.text.replace("海外", "卫星", 1)
    assert words(desk.ask(line)).startswith("已改为 充电桩 AND (港口 OR 卫星) -电池\n")
    assert followed(desk) == ["充电桩 AND (港口 OR 卫星) -电池"]


def test_what_is_not_followed_cannot_be_taken_the_place_of():
    desk = Desk()
    desk.ask("订阅 人工智能 代替 人工")
    assert followed(desk) == ["人工智能 代替 人工"]


def test_a_rule_in_place_of_one_that_is_gone_is_shown_first():
    desk = Desk()
    assert labels(desk.ask("subscribe 充电桩 -电池 --instead 充电桩"))[0] == "保存"
    assert followed(desk) == []


def test_a_full_list_can_still_be_changed():
    desk = Desk()
    for number in range(49):
        desk.ask(f"订阅 主题{number}")
    desk.ask("订阅 充电桩")
    assert words(desk.ask("subscribe 充电桩 -电池 --instead 充电桩")).startswith("已改为 充电桩 -电池")
    assert len(followed(desk)) == 50


def test_less_asks_which_and_says_what_is_not_followed():
    desk = Desk()
    assert words(desk.ask("少推")).startswith("还没有订阅。")
    desk.ask("订阅 电池")
    assert labels(desk.ask("少推")) == ("电池",)
    assert words(desk.ask("少推 港口")) == "没有订阅“港口”。"
    assert words(desk.ask("less batteries")).startswith("电池　最近一期 2 篇")


def test_a_figure_cannot_be_narrowed_but_muted_and_dropped():
    desk = Desk()
    desk.ask("订阅 指标 充电桩 > 1500万")
    reply = desk.ask("少推 指标 充电桩 > 1500万")
    assert words(reply) == "充电桩数 · 中国 > 1500万　只在有新数字时推送；可以静音或退订。"
    assert labels(reply) == ("静音 7 天", "退订")
    desk.press(reply, "退订")
    assert followed(desk) == []


def test_why_names_the_subscription_the_words_and_what_can_be_done():
    desk = Desk()
    desk.ask("订阅 充电桩")
    desk.ask(f"subscribe {RULE} --save")
    desk.ask("订阅 卫星")
    reply = desk.ask("why art001 art006 unknown")
    assert words(reply).splitlines() == [
        "因为你订阅了 充电桩（2026年11月23日）：",
        "充电桩：从城区走向港口 | 标题中有“充电桩” · 正文出现 82 次 | ",
        "鹿特丹港的电池换电站 | 标题中有“换电” · 正文出现 1 次 | ",
        f"因为你订阅了 {RULE}（2026年11月23日）：",
        "充电桩：从城区走向港口 | 标题中有“充电桩”“港口” · 正文出现 103 次 | ",
    ]
    assert labels(reply)[:3] == ("少推“充电桩”", "“充电桩”静音 7 天", "退订“充电桩”")
    assert button(reply, "退订“充电桩”").action == "unsubscribe 充电桩"
    assert f"mute {RULE}" in [each.action for each in buttons(reply)]


def test_why_names_the_figure_that_was_followed():
    desk = Desk()
    desk.ask("订阅 指标 充电桩")
    said = words(desk.ask("why art001"))
    assert said.startswith("因为你订阅了 充电桩数 · 中国（2026年11月23日）：\n充电桩数 · 中国　1200 万个")


def test_why_of_a_rule_about_a_section_says_so():
    desk = Desk()
    desk.ask("subscribe 栏目:技术情报 --save")
    assert "钠电池上船，交付周期缩短 | 符合规则里的栏目 | " in words(desk.ask("why art005"))


def test_why_after_the_subscription_is_gone():
    assert words(Desk().ask("why art001")) == "这些文章对应的订阅已经改了或退了，以后不会再这样推送。"


def test_a_kept_rule_is_listed_shown_and_dropped_by_its_text():
    desk = Desk()
    desk.ask(f"subscribe {RULE} --save")
    assert f"{RULE} | 最近一期 2 篇" in words(desk.ask("我的订阅"))
    assert words(desk.ask("退订 charging piles AND (port OR 海外) -battery")) == f"已退订 {RULE}。"
