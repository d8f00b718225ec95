from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time

from handlers.alerts import Alert, alert_reply, plan_alerts, planning
from handlers.ports import ChatState, Settings, Subscription
from handlers.request import Conversation, Language
from handlers.schedule import daily
from knowledge.metrics.track import Change, statement_key
from knowledge.model import Issue, Metric, MetricHit, Period, Quantity
from tests.fakes.library import ISSUES, METRICS, NOVEMBER, FakeLibrary, quantity
from tests.unit.handlers.desk import buttons, labels, words

HERE = Conversation("telegram", "7")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
DUE = datetime(2026, 12, 24, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
SETTINGS = Settings(daily(time(9)), "Asia/Shanghai", LONG_AGO)
DECEMBER = Issue("harbour-2026-12", "港航周报 2026 年第 12 期", date(2026, 12, 20))
PLAIN, RULE = "指标 中国 充电桩数", "指标 中国 充电桩数 > 1500万"


def printed(number: int, value: str, month: int = 11, *, forecast: bool = False) -> Metric:
    """A number of charging piles that the issue of December prints, in 万."""
    end = date(2026, month, 30)
    return replace(
        METRICS[0],
        id=f"new{number}",
        citation=replace(METRICS[0].citation, issue=DECEMBER, title="充电桩年末盘点", page=8),
        quantity=Quantity(quantity(value, "万个").value, "万个", quantity(f"{value}0000", "个").value, "个"),
        period=Period(f"截至2026年{month}月底", None, end),
        sentence=f"截至{month}月底，全国充电桩达{value}万个。",
        forecast=forecast,
    )


def library(*metrics: Metric) -> FakeLibrary:
    return FakeLibrary(printed=(*METRICS, *metrics), held_issues=(DECEMBER, *ISSUES))


def chat(*topics: str, told: tuple[Metric, ...] = (METRICS[0], METRICS[3])) -> ChatState:
    subscriptions = tuple(Subscription(topic, LONG_AGO, NOVEMBER.published) for topic in topics)
    return ChatState(HERE, SETTINGS, subscriptions, told=frozenset(map(statement_key, told)))


def plan(state: ChatState, *metrics: Metric) -> Alert:
    [alert] = plan_alerts(library(*metrics), [state], DUE)
    return alert


def figures(alert: Alert) -> list[tuple[str, Change]]:
    return [(entry.news.metric.id, entry.news.change) for entry in alert.figures]


def test_a_new_value_is_news():
    alert = plan(chat(PLAIN), printed(1, "1600"))
    assert figures(alert) == [("new1", Change.NEW)]
    assert alert.has_news
    assert alert.entries == ()


def test_what_was_told_is_no_news():
    new = printed(1, "1600")
    alert = plan(chat(PLAIN, told=(METRICS[0], METRICS[3], new)), new)
    assert alert.figures == ()
    assert not alert.has_news


def test_a_corrected_sentence_is_no_news_and_a_corrected_value_is():
    new = printed(1, "1600")
    told = (METRICS[0], METRICS[3], new)
    corrected = replace(new, id="again", sentence="截至11月底，全国共有充电桩1600万个。")
    assert plan(chat(PLAIN, told=told), corrected).figures == ()
    assert figures(plan(chat(PLAIN, told=told), printed(2, "1650"))) == [("new2", Change.NEW)]


def test_a_rule_hears_of_a_crossing_only():
    assert figures(plan(chat(RULE), printed(1, "1400"))) == []
    assert figures(plan(chat(RULE), printed(1, "1600"))) == [("new1", Change.CROSSED)]
    assert figures(plan(chat(RULE), printed(1, "1600", forecast=True))) == []


def test_a_figure_that_two_rules_tell_is_told_once_as_the_crossing_it_is():
    alert = plan(chat(PLAIN, RULE), printed(1, "1600"))
    assert figures(alert) == [("new1", Change.CROSSED)]
    assert alert.figures[0].topics == (RULE, PLAIN)


def test_the_alert_shows_value_change_sentence_and_source_before_the_articles():
    reply = alert_reply(plan(chat(RULE, "电池"), printed(1, "1600")), Language.ZH)
    assert words(reply).splitlines()[:3] == [
        "行讯 · 12月24日　1 个新数字 · 1 个主题 · 2 篇新文章",
        "关注的指标",
        "充电桩数 · 中国　1600 万个　截至2026年11月底（达到“> 1500万”，上次 1200 万个，截至2026年10月底）"
        " | 《充电桩年末盘点》 产业环境 · 第8页 · 港航周报 2026 年第 12 期 · 2026年12月20日"
        " | 截至11月底，全国充电桩达1600万个。",
    ]
    assert "\n电池\n" in words(reply)
    assert labels(reply) == ("全文 1", "全文 2", "全文 3", "为什么推送", "少推…", "静音…", "退订…", "设置")
    assert buttons(reply)[0].action == "article art001"
    assert buttons(reply)[1].action == "article art005"


def test_an_alert_of_figures_alone_says_so():
    reply = alert_reply(plan(chat(PLAIN), printed(1, "1600")), Language.ZH)
    assert words(reply).startswith("行讯 · 12月24日　1 个新数字\n关注的指标\n")


def test_a_revision_says_what_it_was():
    revised = replace(printed(1, "1250", 10), period=METRICS[0].period)
    reply = alert_reply(plan(chat(PLAIN), revised), Language.ZH)
    assert "1250 万个　截至2026年10月底（修订，原为 1200 万个，截至2026年10月底）" in words(reply)


def test_only_three_figures_are_shown_the_strongest_first_and_the_rest_is_counted():
    alert = plan(
        chat(PLAIN, "指标 山东省 充电桩数", told=(METRICS[0], METRICS[3], METRICS[7])),
        printed(1, "1300", 6),
        printed(2, "1310", 9),
        printed(3, "1600", 11),
        printed(4, "5000", 12, forecast=True),
        replace(printed(5, "70"), subject="山东省"),
    )
    assert [each for each, _ in figures(alert)][:3] == ["new3", "new5", "new2"]
    reply = alert_reply(alert, Language.ZH)
    assert words(reply).startswith("行讯 · 12月24日　5 个新数字")
    assert labels(reply)[-6:-3] == ("还有 2 个数字", "为什么推送", "少推…")


def test_the_alert_speaks_english():
    reply = alert_reply(plan(chat(RULE), printed(1, "1600")), Language.EN)
    assert words(reply).splitlines()[:2] == ["Hangxun · 24 Dec　1 new figure", "Figures you follow"]
    assert "(> 1500万, before: 12 million, as of Oct 2026)" in words(reply)


def test_topics_are_looked_for_in_articles_and_rules_in_figures():
    alert = plan(chat("充电桩"), printed(1, "1600"))
    assert alert.figures == ()
    assert alert.entries


@dataclass(frozen=True)
class CountingLibrary(FakeLibrary):
    asked: list[str] = field(default_factory=list)

    def figures(self, question: str, *, limit: int = 200) -> tuple[MetricHit, ...]:
        self.asked.append(question)
        return super().figures(question, limit=limit)


def test_a_rule_that_many_chats_follow_is_looked_up_once_for_all_batches():
    counting = CountingLibrary(printed=(*METRICS, printed(1, "1600")))
    plan_batch = planning(counting, DUE)
    chats = [
        replace(chat(PLAIN, RULE, told=()), conversation=Conversation("telegram", str(number)))
        for number in range(50)
    ]
    alerts = (*plan_batch(chats[:20]), *plan_batch(chats[20:]))
    assert len(alerts) == 50
    assert len(counting.asked) == 2
    assert len({id(alert.figures) for alert in alerts}) == 1
