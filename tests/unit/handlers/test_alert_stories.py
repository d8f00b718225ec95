from __future__ import annotations

from dataclasses import replace

from handlers.alerts import Alert, alert_reply, plan_alerts, with_stories
from handlers.request import Language
from tests.contract.renderers import RENDERERS
from tests.fakes.library import ARTICLES, METRICS, FakeLibrary
from tests.unit.handlers.desk import button, labels, words
from tests.unit.handlers.test_alerts import CHAT, DUE, following

REPEATS = {"art003": "art001", "art004": "art001", "art006": "art001"}


def alert(library: FakeLibrary, *topics: str) -> Alert:
    chat = replace(CHAT, subscriptions=following(*topics))
    [planned] = plan_alerts(library, [chat], DUE)
    return with_stories(library, planned)


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


def test_a_long_alert_keeps_its_order_and_every_article_whole_on_every_platform():
    held = tuple(
        replace(
            article,
            id=f"x{turn}{number}",
            title=f"第{turn}{number}号" + "充电桩的长标题" * 7,
            section=f"栏目{turn}",
        )
        for turn in range(2)
        for number, article in enumerate(ARTICLES[:6])
    )
    library = FakeLibrary(held=held, repeats={"x15": "x00"})
    reply = alert_reply(alert(library, *(f"栏目:栏目{turn} AND 充电桩" for turn in range(2))), Language.ZH)
    for renderer in RENDERERS:
        seen = renderer.show(reply).replace("\n", "").replace(" ", "")
        places = [seen.index(f"第{turn}{number}号") for turn in range(2) for number in range(5)]
        assert places == sorted(places), renderer.name
