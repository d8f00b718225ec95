"""A corpus of printed figures: many subjects, things, periods and units, and questions for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import product
from random import Random

from benchmarks.corpus import Document
from knowledge.search.gazetteer import region_names

SEED = 11
SENTENCES, FIGURES = 8, 16
"""In an article: each has an amount and its growth."""

FIRST_DAY, DAYS = date(2016, 1, 4), 2_900
FIRST_YEAR, YEARS = 2012, 12
FIELDS = (
    *("5G", "数据中心", "工业机器人", "集成电路", "软件", "云计算", "新能源汽车", "动力电池", "光伏", "风电"),
    *("钢铁", "水泥", "纺织", "医疗器械", "中药", "快递", "冷链", "港口", "跨境电商", "文化旅游"),
    *("直播", "网络零售", "物联网", "人工智能", "区块链", "卫星导航", "无人机", "氢能", "储能", "稀土"),
)
AMOUNTS = (
    *(("产业规模", "亿元"), ("营业收入", "亿元"), ("出口额", "万美元"), ("投资额", "亿元"), ("产量", "万吨")),
    *(
        ("用户数", "万户"),
        ("企业数量", "家"),
        ("设备数量", "万台"),
        ("从业人员数", "万人"),
        ("专利数量", "件"),
    ),
)
SPANS = ("{}年", "{}年上半年", "{}年前三季度", "{}年一季度", "截至{}年底", "{}年前10月")


def figure_documents(count: int, seed: int = SEED) -> Iterator[Document]:
    """Yield articles that print figures and little else, the same for the same arguments."""
    random, subjects = Random(seed), sorted(region_names())
    for number in range(count):
        field, subject = random.choice(FIELDS), random.choice(subjects)
        text = "".join(_sentence(random, subject, field) for _ in range(SENTENCES))
        day = FIRST_DAY + timedelta(days=random.randrange(DAYS))
        yield Document(f"f{number:07}", f"{subject}{field}发展情况", text, "统计", day)


def figure_questions(count: int, seed: int = SEED) -> Sequence[str]:
    """Return questions for a figure in the ways people ask, some for what nobody printed."""
    random, subjects = Random(seed), sorted(region_names())
    things = list(product(FIELDS, AMOUNTS))
    ways = (
        "{s}{f}{a}有多少",
        "{f}{a}",
        "{t}{s}{f}{a}",
        "{s}{f}",
        "{f}{a}同比增长多少",
        "{t}{f}{a}是多少",
        "{s}{a}",
    )
    questions = []
    for number in range(count):
        field, (amount, _) = random.choice(things)
        when = f"{FIRST_YEAR + random.randrange(YEARS)}年"
        way = ways[number % len(ways)]
        questions.append(way.format(s=random.choice(subjects), f=field, a=amount, t=when))
    return questions


def _sentence(random: Random, subject: str, field: str) -> str:
    (amount, unit), span = random.choice(AMOUNTS), random.choice(SPANS)
    when = span.format(FIRST_YEAR + random.randrange(YEARS))
    grown = f"同比{random.choice(('增长', '下降'))}{random.randint(1, 400) / 10}%"
    return f"{when}，{subject}{field}{amount}达到{random.randint(11, 99_999) / 10}{unit}，{grown}。"
