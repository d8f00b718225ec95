from __future__ import annotations

from datetime import date

import pytest

from knowledge.metrics import extract_metrics
from knowledge.metrics.question import names_year, rank_metrics, read_question
from knowledge.model import Article, Block, BlockKind, Issue, Kind, Metric

PUBLISHED = date(2024, 3, 15)
ISSUE = Issue("energy-2024-03", "能源月报", PUBLISHED)


def article(n: int, title: str, text: str) -> Article:
    return Article(f"a{n}", title, "产业环境", n, ISSUE, (Block(BlockKind.PARAGRAPH, text),))


LIBRARY = tuple(
    metric
    for n, (title, text) in enumerate(
        [
            (
                "充电网络加速成形",
                "截至2月底，全国充电桩达930万个，同比增长63.7%。预计2025年，我国充电桩将达到2000万个。",
            ),
            ("广东充电网络", "全省充电桩达72万个，居全国第1位。2022年，广东充电桩38万个。"),
            ("江苏水运", "2023年，江苏港口货物吞吐量34.6亿吨，同比增长7.1%，占全国的20%。"),
            ("远洋航运股价走低", "中远海控的股价是9.8元。"),
            ("农村金融", "农业银行涉农贷款余额8.2万亿元，不良贷款率为1.33%。"),
            ("纱线行情", "棉纱报价从去年初的4.8万元/吨回落到3.1万元/吨左右。去年第三季度棉纱产量300万吨。"),
            ("卫星电话", "星途用户突破460万，覆盖国家61个。"),
        ]
    )
    for metric in extract_metrics(article(n, title, text))
)


def ask(query: str) -> list[Metric]:
    return [hit.metric for hit in rank_metrics(read_question(query, published=PUBLISHED), LIBRARY)]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("上半年港口货物吞吐量", "2023年上半年"),
        ("一季度充电桩", "2023年第一季度"),
        ("全年充电桩", "2023年"),
        ("今年上半年充电桩", "2024年上半年"),
        ("预计上半年充电桩", "2024年上半年"),
        ("2月充电桩", "2024年2月"),
    ],
)
def test_a_part_of_no_certain_year_is_one_that_is_over(query: str, label: str) -> None:
    period = read_question(query, published=PUBLISHED).period
    assert period is not None
    assert period.label == label


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("全年收入", False),
        ("一季度收入", False),
        ("2023年收入", True),
        ("收入 2023", True),
        ("去年收入", True),
    ],
)
def test_a_question_names_its_year_or_not(text: str, names: bool) -> None:
    assert names_year(text) is names


def test_a_figure_of_another_company_is_no_answer_though_the_title_names_the_one_asked_for() -> None:
    text = "中国电信净利润300亿元。中国移动净利润1300亿元，为中国联通的7倍。"
    printed = extract_metrics(article(9, "中国联通与同行的业绩", text))
    question = read_question("中国联通净利润", published=PUBLISHED)
    assert rank_metrics(question, printed) == ()
    own = extract_metrics(article(10, "年报", "中国联通净利润180亿元。"))
    first = rank_metrics(question, (*printed, *own))[0].metric
    assert (first.subject, str(first.quantity.value)) == ("中国联通", "180")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("广东人口", True),
        ("广东充电桩多少", True),
        ("广东充电桩", False),
        ("充电桩增速", True),
        ("2024年工业稳增长", False),
        ("充电桩为什么增长慢", False),
        ("充电桩为什么只有多少", True),
    ],
)
def test_a_question_names_a_figure_or_only_whose_it_is(query: str, names: bool) -> None:
    assert read_question(query, published=PUBLISHED).names_figure is names


def shown(metric: Metric) -> str:
    return f"{metric.subject} {metric.quantity.value}{metric.quantity.unit}"


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("充电桩有多少", "中国 930万个"),
        ("廣東充電樁數量", "广东省 72万个"),
        ("广东充电桩排第几", "广东省 1位"),
        ("广东 充电桩 2022", "广东省 38万个"),
        ("2025年充电桩", "中国 2000万个"),
        ("充电桩增速", "中国 63.7%"),
        ("江苏港口吞吐量", "江苏省 34.6亿吨"),
        ("江苏港口吞吐量占全国多少", "江苏省 20%"),
        ("农业银行不良贷款率", "农业银行 1.33%"),
        ("中远海控股价", "中远海控 9.8元"),
        ("农行不良率", "农业银行 1.33%"),
        ("棉纱价格", " 3.1万元/吨"),
        ("星途用户数", " 460万"),
        ("第三季度棉纱产量", " 300万吨"),
    ],
)
def test_the_figure_that_was_asked_for_comes_first(query, answer):
    assert shown(ask(query)[0]) == answer


@pytest.mark.parametrize("query", ["2019年充电桩", "2021年江苏港口吞吐量", "2020年中远海控股价"])
def test_no_figure_of_another_year_is_an_answer(query):
    assert ask(query) == []


def test_an_english_question_is_read_by_its_words():
    question = read_question("how many 5g base stations in hebei", published=PUBLISHED)

    assert (question.subjects, question.terms) == (("河北省",), ("5g基站",))
    assert question.asks_figure


def test_all_until_now_and_what_is_new_are_told_apart():
    text = "今年以来，湖南新建换电站120座，累计建成860座。"
    metrics = extract_metrics(article(9, "湖南换电网络", text))

    def best(query: str) -> str:
        return shown(rank_metrics(read_question(query, published=PUBLISHED), metrics)[0].metric)

    assert best("湖南一共多少换电站") == "湖南省 860座"
    assert best("湖南新建多少换电站") == "湖南省 120座"


def test_without_a_place_facts_come_before_forecasts_and_the_country_before_its_regions():
    answers = [shown(metric) for metric in ask("充电桩数量") if metric.kind is Kind.LEVEL]

    assert answers.index("中国 930万个") < answers.index("中国 2000万个")
    assert answers.index("中国 930万个") < answers.index("广东省 72万个")


@pytest.mark.parametrize(
    "query", ["特斯拉股价", "比特币 价格", "光刻机出货量", "浙江充电桩", "江苏银行充电桩", "", "？？", "a"]
)
def test_nothing_that_fits_means_no_figure(query):
    assert ask(query) == []


@pytest.mark.parametrize(
    "query", ["中国移动充电桩", "棉纱出口额", "棉纱产能", "涉农贷款利润", "充电桩投资额"]
)
def test_a_figure_of_another_owner_or_quantity_is_no_answer(query):
    assert ask(query) == []


def test_of_two_quantities_of_one_thing_the_one_asked_for_is_the_answer():
    assert [metric.quantity.base_unit for metric in ask("棉纱 产量")] == ["吨"]
    assert {metric.quantity.base_unit for metric in ask("棉纱 价格")} == {"元/吨"}


@pytest.mark.parametrize("query", ["充电桩有多少", "江苏 港口 2023", "储能规模", "吞吐量同比", "广东充电桩"])
def test_a_question_for_a_figure_is_known_as_one(query):
    assert read_question(query, published=PUBLISHED).asks_figure


@pytest.mark.parametrize(
    "query",
    ["半导体", "储能", "能源转型趋势", "区块链 应用", "江苏3月发布了什么", "谁收购了农业银行的网点", ""],
)
def test_a_word_of_a_topic_asks_for_no_figure(query):
    assert not read_question(query, published=PUBLISHED).asks_figure


def test_only_a_question_word_asks_plainly():
    assert read_question("充电桩有多少", published=PUBLISHED).asks_plainly
    assert not read_question("江苏港口吞吐量", published=PUBLISHED).asks_plainly


def test_relative_years_are_those_of_the_newest_issue():
    question = read_question("去年充电桩数量", published=PUBLISHED)

    assert question.period is not None
    assert question.period.label == "2023年"


def test_the_terms_are_the_words_that_name_what_is_asked_for():
    assert read_question("2023年江苏港口吞吐量是多少", published=PUBLISHED).terms == ("港口吞吐量",)


@pytest.mark.parametrize(
    "query", ["充" * 100_000, "1" * 5000, "，。" * 3000, "\u202e充电桩\u0000", "<b>充电桩</b>" * 50]
)
def test_any_query_is_read_without_an_error(query):
    rank_metrics(read_question(query, published=None), LIBRARY)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("大数据产业规模", ("大数据产业规模",)),
        ("数据中心机架数", ("数据中心机架数",)),
        ("广西大数据", ("大数据",)),
        ("充电桩数据", ("充电桩",)),
        ("充电桩 最新数据", ("充电桩",)),
    ],
)
def test_a_word_that_says_nothing_may_be_a_part_of_one_that_does(query: str, terms: tuple[str, ...]) -> None:
    assert read_question(query, published=PUBLISHED).terms == terms


def test_a_share_is_one_however_it_is_called() -> None:
    text = "2023年，5G手机出货量2.4亿部，占同期手机出货量的82.8%。荣耀手机出货量占比为17.1%。"
    printed = extract_metrics(article(9, "5G手机", text))
    best = rank_metrics(read_question("5G手机占比", published=PUBLISHED), printed)[0].metric
    assert str(best.quantity.value) == "82.8"


def test_whoever_asks_for_a_forecast_gets_it_first() -> None:
    assert shown(ask("充电桩有多少")[0]) == "中国 930万个"
    assert shown(ask("充电桩预测")[0]) == "中国 2000万个"
