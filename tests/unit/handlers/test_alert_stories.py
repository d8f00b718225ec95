from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.alerts import Alert, alert_reply, plan_alerts, storytelling
from handlers.reply import Reply
from handlers.request import Language
from tests.contract.renderers import RENDERERS, Renderer
from tests.fakes.library import CHARGERS, METRICS, FakeLibrary
from tests.unit.handlers.desk import button, labels, words
from tests.unit.handlers.test_alerts import CHAT, DUE, following

REPEATS = {"art003": "art001", "art004": "art001", "art006": "art001"}


def alert(library: FakeLibrary, *topics: str) -> Alert:
    chat = replace(CHAT, subscriptions=following(*topics))
    [planned] = plan_alerts(library, [chat], DUE)
    return storytelling(library)(planned)


def said(library: FakeLibrary, *topics: str) -> str:
    return words(alert_reply(alert(library, *topics), Language.ZH))


def test_the_same_news_is_one_entry_that_names_the_others():
    shown = alert(FakeLibrary(repeats=REPEATS), "充电桩", "海外")
    assert [entry.match.citation.article_id for entry in shown.entries] == ["art001", "art002"]
    assert [topic.name for topic in shown.entries[0].also] == ["海外"]
    line = next(line for line in words(alert_reply(shown, Language.ZH)).splitlines() if "另见" in line)
    assert (
        "产业环境 · 第3页 · 也属“海外” · 另见《山东：港口里的充电桩》《广西平陆运河沿线布局充电桩》等 3 篇 |"
        in line
    )


def test_what_is_folded_still_counts():
    assert said(FakeLibrary(repeats=REPEATS), "充电桩").startswith("行讯 · 11月24日　1 个主题 · 5 篇新文章")


def test_different_news_stays_apart():
    assert len(alert(FakeLibrary(), "充电桩").entries) == 5


def test_the_strongest_figures_come_first_each_with_the_number_of_its_article():
    lines = said(FakeLibrary(), "充电桩", "电池").splitlines()
    assert lines[1:5] == [
        "要点数字",
        "充电桩数 · 中国　1200 万个　截至2026年10月底 | 《充电桩：从城区走向港口》 · 见 1 | ",
        "钠电池市场规模 · 中国　约 1.21 万亿元　2025年 | 《钠电池上船，交付周期缩短》 · 见 6 | ",
        "充电桩数 · 山东　62 万个　原文未注明时间 | 《山东：港口里的充电桩》 · 见 3 | ",
    ]
    assert lines[5] == "充电桩"


def test_figures_that_are_followed_take_the_place_of_others():
    lines = said(FakeLibrary(), "指标 中国 充电桩数", "充电桩")
    assert lines.count("充电桩数 · 中国　1200 万个") == 1
    assert lines.index("关注的指标") < lines.index("要点数字")


def test_figures_of_one_article_share_a_button():
    reply = alert_reply(alert(FakeLibrary(), "指标 中国 充电桩数", "电池"), Language.ZH)
    assert "\n充电桩数 · 中国　3000 万个" in words(reply)
    assert labels(reply)[:3] == ("全文 1", "全文 3", "全文 4")


def test_an_article_without_a_figure_on_its_topic_brings_none():
    assert "要点数字" not in said(FakeLibrary(printed=METRICS[9:10]), "充电桩")


def test_a_rule_of_words_brings_its_articles_under_its_own_text():
    shown = said(FakeLibrary(), "充电桩 AND 港口 -电池", "电池")
    assert "\n充电桩 AND 港口 -电池\n充电桩：从城区走向港口 |" in shown


def test_one_topic_can_be_changed_from_the_alert_at_once():
    reply = alert_reply(alert(FakeLibrary(), "充电桩"), Language.ZH)
    changes = ("少推“充电桩”", "“充电桩”静音 7 天", "退订“充电桩”")
    assert labels(reply)[-5:] == ("为什么推送", *changes, "设置")
    actions = [button(reply, label).action for label in ("为什么推送", *changes)]
    assert actions == [
        "why art001 art002 art003 art004 art006",
        "less 充电桩",
        "mute 充电桩",
        "unsubscribe 充电桩",
    ]


def test_of_several_topics_one_is_chosen_first():
    reply = alert_reply(alert(FakeLibrary(), "充电桩", "电池"), Language.ZH)
    actions = [button(reply, label).action for label in ("少推…", "静音…", "退订…")]
    assert actions == ["less", "mute", "unsubscribe"]


def longest() -> Reply:
    """Return an alert in which all is as long as it may be."""
    held = tuple(
        replace(CHARGERS, id=f"x{n:02}", title=f"第{n:02}号" + "长标题" * 30, section=f"末{n:02}" * 40)
        for n in range(48)
    )
    repeats = {f"x{number:02}": f"x{number % 12:02}" for number in range(12, 48)}
    rules = (f"充电桩 OR 电池 OR {'很长的词' * 9}{number}" for number in range(4))
    return alert_reply(alert(FakeLibrary(held=held, repeats=repeats), *rules), Language.ZH)


@pytest.mark.parametrize("renderer", RENDERERS, ids=lambda renderer: renderer.name)
def test_the_longest_alert_is_split_between_articles_and_keeps_their_order(renderer: Renderer):
    payloads = ["".join(renderer.read(payload).split()) for payload in renderer.render(longest())]
    titles = [f"第{number:02}号长标题" for number in range(10)]
    where = [next(at for at, text in enumerate(payloads) if title in text) for title in titles]
    assert where == sorted(where)
    for title, at in zip(titles, where, strict=True):
        entry = payloads[at].partition(title)[2].partition("另见")[0]
        assert f"末{title[1:3]}末{title[1:3]}" in entry
    whole = "".join(payloads)
    assert [whole.index(title) for title in titles] == sorted(whole.index(title) for title in titles)
    assert whole.count("全文") == 10
