"""A small invented library: two issues, eight articles, fifteen metrics, a few topics.

A whole `handlers.ports.Library` with a naive search: a query's words must all stand in an article.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from knowledge.about import About
from knowledge.model import (
    Answer,
    Article,
    Block,
    BlockKind,
    Citation,
    Counts,
    Highlighted,
    Hit,
    Issue,
    Kind,
    Metric,
    MetricHit,
    Number,
    Period,
    Quantity,
    Topic,
    TopicMatch,
    Understood,
)
from knowledge.rules.reading import Problem
from knowledge.search.analysis import fold_article
from knowledge.search.folded import folded_article
from knowledge.topics import TopicTable

NOVEMBER = Issue("harbour-2026-11", "港航周报 2026 年第 11 期", date(2026, 11, 20))
OCTOBER = Issue("harbour-2026-10", "港航周报 2026 年第 10 期", date(2026, 10, 20))
ISSUES = (NOVEMBER, OCTOBER)

_ASKS_FIGURE = ("有多少", "是多少", "多少", "how many")
_NO_PERIOD = Period()
_YEAR_2025 = Period("2025年", date(2025, 1, 1), date(2025, 12, 31))
_TO_OCTOBER = Period("截至2026年10月底", None, date(2026, 10, 31))
_YEAR_2030 = Period("2030年", date(2030, 1, 1), date(2030, 12, 31))


def _article(number: int, issue: Issue, section: str, title: str, *texts: str) -> Article:
    """A text that begins with "# " is a subheading."""
    blocks = tuple(
        Block(BlockKind.HEADING, text.removeprefix("# "), number)
        if text.startswith("# ")
        else Block(BlockKind.PARAGRAPH, text, number)
        for text in texts
    )
    return Article(f"art{number:03}", title, section, number * 3, issue, blocks, issue.published)


CHARGERS = _article(
    1, NOVEMBER, "产业环境", "充电桩：从城区走向港口",
    "# 建设提速",
    "截至今年10月底，全国累计建成充电桩1200万个，同比增长41.5%，占全球约六成。",
    "规划到2030年建成充电桩3000万个，让卡车在每个服务区都能充上电。",
    "# 港口先行",
    "港口的岸电与充电桩一同改造，集装箱卡车排队时间缩短。" * 20,
    "充电桩运营企业开始合并。" * 60,
)  # fmt: skip
RIVER = _article(
    2,
    NOVEMBER,
    "产业环境",
    "江海联运量再创新高",
    "2025年，江海联运货运量达8.21亿吨，同比增长6.3%。",
    "工业主管部门表示，全国充电桩已超过1150万个。",
)
SHANDONG = _article(
    3,
    NOVEMBER,
    "运营竞争",
    "山东：港口里的充电桩",
    "山东省建成充电桩62万个，其中港口4.5万个，数量居全国第3位。",
    "青岛港的无人集卡已有350台。",
)
GUANGXI = _article(
    4,
    NOVEMBER,
    "运营竞争",
    "广西平陆运河沿线布局充电桩",
    "广西壮族自治区建成充电桩9.8万个。",
)
BATTERY = _article(
    5,
    NOVEMBER,
    "技术情报",
    "钠电池上船，交付周期缩短",
    "钠电池交付周期缩短到20-52周，电池价格下降12.5%。",
    "2025年钠电池市场规模约1.21万亿元。",
)
ABROAD = _article(
    6,
    NOVEMBER,
    "海外借鉴",
    "鹿特丹港的电池换电站",
    "鹿特丹港计划建设换电站40座，电池由三家公司轮流供应。",
)
OLD_CHARGERS = _article(
    7,
    OCTOBER,
    "产业环境",
    "充电桩建设放缓",
    "2025年充电桩达到980万个，港口占比不足5%。",
)
OLD_SHIPS = _article(
    8,
    OCTOBER,
    "企业情报",
    "三家船厂的订单",
    "三家船厂共接获订单215艘。",
)
ARTICLES = (CHARGERS, RIVER, SHANDONG, GUANGXI, BATTERY, ABROAD, OLD_CHARGERS, OLD_SHIPS)


def metric(
    number: int,
    article: Article,
    what: tuple[str, str],
    quantity: Quantity,
    period: Period = _NO_PERIOD,
    *,
    kind: Kind = Kind.LEVEL,
    approx: str | None = None,
    forecast: bool = False,
    sentence: str = "",
    source: str | None = None,
) -> Metric:
    """Make a metric; `what` is subject and indicator, the sentence that of the article's first paragraph."""
    subject, indicator = what
    return Metric(
        f"m{number:02}", article.citation, subject, indicator, quantity, period, kind, approx, forecast,
        sentence or article.paragraphs[0], source,
    )  # fmt: skip


def quantity(value: Number | str, unit: str, base: str = "", base_unit: str = "") -> Quantity:
    """Make a quantity from decimal texts; the base is the value itself where none is given."""
    number = Decimal(value) if isinstance(value, str) else value
    return Quantity(number, unit, Decimal(base) if base else number, base_unit or unit)


_PILES, _RIVER = ("中国", "充电桩数"), ("中国", "江海联运货运量")
METRICS = (
    metric(1, CHARGERS, _PILES, quantity("1200", "万个", "12000000", "个"), _TO_OCTOBER),
    metric(2, CHARGERS, _PILES, quantity("41.5", "%"), _TO_OCTOBER, kind=Kind.GROWTH),
    metric(3, CHARGERS, ("中国", "充电桩占全球比重"), quantity("60", "%"), _TO_OCTOBER,
           kind=Kind.SHARE, approx="约"),
    metric(4, CHARGERS, _PILES, quantity("3000", "万个", "30000000", "个"), _YEAR_2030, forecast=True,
           sentence=CHARGERS.paragraphs[1]),
    metric(5, RIVER, _RIVER, quantity("8.21", "亿吨", "821000000", "吨"), _YEAR_2025),
    metric(6, RIVER, _RIVER, quantity("6.3", "%"), _YEAR_2025, kind=Kind.GROWTH),
    metric(7, RIVER, _PILES, quantity("1150", "万个", "11500000", "个"), _TO_OCTOBER, approx="超过",
           sentence=RIVER.paragraphs[1], source="工业主管部门"),
    metric(8, SHANDONG, ("山东省", "充电桩数"), quantity("62", "万个", "620000", "个")),
    metric(9, SHANDONG, ("山东省", "充电桩数"), quantity("3", "位"), kind=Kind.RANK),
    metric(10, SHANDONG, ("青岛港", "无人集卡数"), quantity("350", "台"), sentence=SHANDONG.paragraphs[1]),
    metric(11, GUANGXI, ("广西壮族自治区", "充电桩数"), quantity("9.8", "万个", "98000", "个")),
    metric(12, BATTERY, ("", "钠电池交付周期"), quantity((Decimal(20), Decimal(52)), "周")),
    metric(13, BATTERY, ("中国", "钠电池市场规模"), quantity("1.21", "万亿元", "1210000000000", "元"),
           _YEAR_2025, approx="约", sentence=BATTERY.paragraphs[1]),
    metric(14, ABROAD, ("鹿特丹港", "换电站数"), quantity("40", "座"), forecast=True),
    metric(15, OLD_CHARGERS, _PILES, quantity("980", "万个", "9800000", "个"), _YEAR_2025),
)  # fmt: skip

TOPICS = (
    Topic("充电桩", "charging piles", ("充电站", "充电设施", "EV charger", "换电", "补能")),
    Topic("电池", "batteries", ("钠电池", "battery")),
    Topic("海外", "abroad", ("鹿特丹", "overseas")),
    Topic("港口", "ports", ("码头", "port")),
    Topic("卫星", "satellites", ("satellite",)),
)


@dataclass(frozen=True)
class FakeLibrary:
    """The invented library; hand in other articles or metrics to change what it holds."""

    held: tuple[Article, ...] = ARTICLES
    printed: tuple[Metric, ...] = METRICS
    table: tuple[Topic, ...] = TOPICS
    held_issues: tuple[Issue, ...] = ISSUES
    read_as: dict[str, str] = field(default_factory=dict)
    did_you_mean: tuple[str, ...] = ("充电桩", "电池")
    understood: dict[str, tuple[Understood, ...]] = field(default_factory=dict)
    repeats: dict[str, str] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        held = "".join(article.id + article.title for article in self.held)
        return hashlib.sha256(held.encode()).hexdigest()

    @property
    def counts(self) -> Counts:
        return Counts(len(self.held_issues), len(self.held), len(self.printed))

    def answer(self, query: str, *, limit: int = 10, offset: int = 0) -> Answer:
        read_as = self.read_as.get(query)
        wants_figure = any(words in query for words in _ASKS_FIGURE)
        words = self._words(read_as or query)
        hits = tuple(hit for article in self.held if (hit := _hit(article, words)))
        figures = tuple(MetricHit(figure, 1.0) for figure in self.printed if _fits(figure, words))
        near = () if hits or figures else self.did_you_mean
        return Answer(
            query,
            hits[offset : offset + limit],
            len(hits),
            figures,
            wants_figure,
            read_as,
            near,
            self.understood.get(query, ()),
            as_typed=f"“{query}”" if read_as else None,
        )

    def figures(self, question: str, *, limit: int = 200) -> tuple[MetricHit, ...]:
        return self.answer(question).metrics[:limit]

    def article(self, article_id: str) -> Article | None:
        return next((article for article in self.held if article.id == article_id), None)

    def related(self, article_id: str, limit: int = 5) -> tuple[Citation, ...]:
        article = self.article(article_id)
        if article is None:
            return ()
        same = (a for a in self.held if a.id != article_id and a.section == article.section)
        return tuple(a.citation for a in same)[:limit]

    def issues(self) -> tuple[Issue, ...]:
        return self.held_issues

    def contents(self, issue_id: str) -> tuple[Citation, ...]:
        return tuple(article.citation for article in self.held if article.issue.id == issue_id)

    def metrics(self, article_id: str) -> tuple[Metric, ...]:
        return tuple(figure for figure in self.printed if figure.citation.article_id == article_id)

    def topics(self) -> tuple[Topic, ...]:
        return self.table

    def topic(self, text: str) -> Topic:
        read = self.read(text)
        return Topic(text) if isinstance(read, Problem) else read

    def read(self, text: str) -> Topic | Problem:
        return TopicTable(self.table).read(text)

    def about(self, topic: Topic, since: date | None = None) -> tuple[TopicMatch, ...]:
        new = [a for a in self.held if since is None or a.published is None or a.published >= since]
        if topic.rule is not None:
            folded = (folded_article(article, fold_article(article)) for article in new)
            return About(folded, TopicTable(self.table).names_of).find(topic)
        return tuple(match for article in new if (match := _match(article, topic)))

    def told_first(self, article_id: str) -> str:
        return self.repeats.get(article_id, article_id)

    def _words(self, query: str) -> tuple[str, ...]:
        query = query.casefold()
        for words in _ASKS_FIGURE:
            query = query.replace(words, "")
        for topic in self.table:
            query = query.replace(topic.english, topic.name)
        return tuple(query.split())


def _names(topic: Topic) -> tuple[str, ...]:
    return tuple(name for name in (topic.name, topic.english, *topic.aliases) if name)


def _hit(article: Article, words: tuple[str, ...]) -> Hit | None:
    paragraphs = (article.title, *article.paragraphs)
    if not words or not all(any(word in text.casefold() for text in paragraphs) for word in words):
        return None
    best = next(text for text in (*article.paragraphs, article.title) if words[0] in text.casefold())
    return Hit(article, 1.0, _highlighted(best, words), words)


def _fits(figure: Metric, words: tuple[str, ...]) -> bool:
    text = f"{figure.subject}{figure.indicator}".casefold()
    return bool(words) and all(word in text for word in words)


def _match(article: Article, topic: Topic) -> TopicMatch | None:
    texts = (article.title, *article.paragraphs)
    words = tuple(name for name in _names(topic) if any(name in text for text in texts))
    if not words:
        return None
    lead = next(text for text in (*article.paragraphs, article.title) if words[0] in text)
    return TopicMatch(article.citation, words, _highlighted(lead, words))


def _highlighted(text: str, words: tuple[str, ...]) -> Highlighted:
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return Highlighted(text, tuple(match.span() for match in re.finditer(pattern, text, re.IGNORECASE)))
