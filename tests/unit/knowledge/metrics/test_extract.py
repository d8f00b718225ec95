from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.metrics import explain_figures, extract_metrics
from knowledge.model import Article, Block, BlockKind, Issue, Kind, Metric

ISSUE = Issue("energy-2024-03", "能源月报", date(2024, 3, 15))


def article(title: str, *paragraphs: str, headings: dict[int, str] | None = None) -> Article:
    blocks = []
    for n, text in enumerate(paragraphs):
        if headings and n in headings:
            blocks.append(Block(BlockKind.HEADING, headings[n]))
        blocks.append(Block(BlockKind.PARAGRAPH, text, 10 + n))
    return Article("a1", title, "产业环境", 9, ISSUE, tuple(blocks))


def read(title: str, *paragraphs: str, headings: dict[int, str] | None = None) -> tuple[Metric, ...]:
    return extract_metrics(article(title, *paragraphs, headings=headings))


def subjects(metrics: tuple[Metric, ...]) -> list[str]:
    return [metric.subject for metric in metrics]


def test_a_figure_carries_all_that_was_said_of_it():
    (level, growth) = read("风电提速", "据能源局统计，去年，山东省风电发电量约620亿千瓦时，同比增长8.5%。")

    assert (level.subject, level.indicator, level.kind) == ("山东省", "风电发电量", Kind.LEVEL)
    assert level.quantity.base_value == 62_000_000_000
    assert (level.period.label, level.period.start) == ("2023年", date(2023, 1, 1))
    assert (level.approx, level.source, level.forecast) == ("约", "能源局", False)
    assert (growth.indicator, growth.kind) == ("风电发电量", Kind.GROWTH)
    assert growth.quantity.value == Decimal("8.5")


def test_the_sentence_is_whole_and_the_page_that_of_its_paragraph():
    (metric,) = read("航运", "首段没有数字。", "前文如此。全年完成吞吐量5.2亿吨，创历史新高。后文如此。")

    assert metric.sentence == "全年完成吞吐量5.2亿吨，创历史新高。"
    assert metric.citation.page == 11


def test_a_fall_is_negative():
    (_, fall) = read("煤炭", "煤炭进口量3000万吨，同比下降12%。")

    assert fall.quantity.value == Decimal(-12)


def test_a_pronoun_means_the_place_of_the_article():
    metrics = read("湖北粮食丰收", "全省粮食产量达560亿斤。", "我省新建粮库35座。")

    assert subjects(metrics) == ["湖北省", "湖北省"]


def test_the_subject_switches_inside_a_paragraph():
    metrics = read("华东港口", "浙江港口吞吐量19亿吨。其中，宁波港口吞吐量13亿吨。")

    assert subjects(metrics) == ["浙江省", "宁波市"]


def test_a_company_keeps_the_figures_of_the_sentences_after_it():
    metrics = read("车企年报", "比亚迪去年营业收入6023亿元。公司研发费用396亿元。")

    assert subjects(metrics) == ["比亚迪", "比亚迪"]


def test_a_place_that_is_only_compared_with_is_no_subject():
    metrics = read("四川水电", "水电装机容量达9700万千瓦，居全国第1位，高于全国平均增速3个百分点。")

    assert subjects(metrics) == ["四川省"] * 3


@pytest.mark.parametrize(
    ("title", "text", "subject"),
    [
        ("水下机器人下潜纪录", "近日，西湖大学团队研制的水下机器人下潜深度达3200米。", "西湖大学"),
        ("临港示范园开园", "长兴县绿色智能示范园现有企业86家。", "长兴县绿色智能示范园"),
        ("太湖观察", "太湖区水质改善。太湖区去年植树12万株。", "太湖区"),
        ("光通信新品", "华光公司推出Deep Lake传输设备。该设备重量8公斤。", "Deep Lake"),
        ("建材简讯", "来自湖州南浔木业有限公司的收入占全部收入的80%。", "湖州南浔木业有限公司"),
    ],
)
def test_institutions_parks_districts_and_products_have_figures_of_their_own(title, text, subject):
    assert subjects(read(title, text))[-1] == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("国家邮政局日前通报，2月快递单价8.6元。", "中国"),
        ("龙源能源董事长透露，今年资本开支预计58亿元。美国风电装机1.5亿千瓦。", "龙源能源"),
        ("徐虹医药亏损1600万元。", "徐虹医药"),
        ("平均每天净赚4.26亿元。", ""),
        ("商业银行净利润2.4万亿元。", ""),
    ],
)
def test_who_speaks_can_tell_whose_a_figure_is(text, subject):
    assert subjects(read("简讯", text))[0] == subject


def test_a_part_of_a_latin_word_names_no_company():
    assert subjects(read("Metaverse观察", "全球metaverse用户3亿户。")) == ["全球"]


def test_among_them_names_no_country():
    metrics = read("云南花卉", "全省花卉企业3200家，其中国家级龙头企业21家，带动花农25万人。")

    assert subjects(metrics) == ["云南省"] * 3


def test_the_whole_province_is_not_the_town_of_the_title():
    text = "广东省林业局介绍，全省造林86万亩，全市造林9万亩。"

    assert subjects(read("韶关造林忙", text)) == ["广东省", "韶关市"]


def test_the_last_of_a_list_is_not_whom_the_next_sentence_speaks_of():
    metrics = read("我国快递", "东部地区、西部地区快递量比重分别为78%和7%。单票收入9.4元。")

    assert subjects(metrics) == ["东部地区", "西部地区", "中国"]


def test_the_country_that_something_stands_in_is_not_whose_it_is():
    assert subjects(read("数字鄂西", "宜昌已建成基站2.8万个，基站密度全国第一。")) == ["宜昌市"] * 2


def test_a_size_in_front_of_what_is_measured_is_of_the_thing():
    metrics = read("航运", "一艘17.4万立方米的油船造价约2.5亿美元。")

    assert [metric.indicator for metric in metrics] == ["油船", "油船造价"]


@pytest.mark.parametrize(
    ("title", "text", "subject"),
    [
        ("零跑三季度毛利率创新高", "零跑汽车11日公布业绩。门店582家，覆盖中国209个城市。", "零跑汽车"),
        ("锻造行业观察", "中国零售回暖，中国门店增多。风禾科技宣布扩张。公司门店12家。", "风禾科技"),
        ("车市周报", "第三季度营收98.6亿元。", ""),
        ("新东方财报", "教育部介绍，平台总浏览量58亿次。", "中国"),
        ("好未来财报", "净收入2.9亿美元。", "好未来"),
        ("美好未来可期", "我国净收入2.9亿美元。", "中国"),
        ("手机周报", "vivo发布新款折叠手机，功耗降低46%。中国手机降价，中国厂商求变。", "vivo"),
        ("手机周报", "vivo发布报告，手机换机周期31个月。中国手机降价，中国厂商求变。", "中国"),
        ("海康威视三季报", "前三季度公司实现营业总收入597亿元。", "海康威视"),
        ("视觉芯片", "行业头部的商汤科技，去年累计亏损242亿元。我国芯片企业亏损。", "商汤科技"),
        ("行业周报", "节省的能源在去年达3亿吨标准煤。", ""),
        ("数字园区", "我国建成300个全国一流的智算中心，投资500亿元。", "中国"),
    ],
)
def test_a_company_is_known_by_its_short_name_and_by_what_describes_it(title, text, subject):
    assert subjects(read(title, text))[0] == subject


def test_the_same_rate_of_two_owners_is_two_figures():
    metrics = read("芯片", "中芯国际营收增长15.4%。我国芯片进口额增长15.4%。")

    assert subjects(metrics) == ["中芯国际", "中国"]


def test_places_that_are_listed_are_no_part_of_the_name():
    metrics = read("粮仓", "黑龙江粮食产量1640亿斤。河南、山东均超过1100亿斤。")

    assert (metrics[1].subject, metrics[1].indicator) == ("河南省、山东省", "粮食产量")


def test_a_version_belongs_to_the_name():
    assert subjects(read("模型", "DeepSeek-V9参数量达9100亿。")) == ["DeepSeek-V9"]


def test_how_far_a_company_has_come_is_not_whose_a_figure_is():
    text = "全球出货量4310万台，全国已开业门店127家。全球手机市场规模4500亿美元。"

    assert subjects(read("传音控股年报", text)) == ["传音控股", "传音控股", "全球"]


def test_a_town_after_its_province_is_the_subject():
    (metric,) = read("快递简讯", "江苏南京快递业务量达11亿件。")

    assert metric.subject == "南京市"


def test_what_a_speaker_calls_ours_is_of_the_company_of_the_article():
    (metric,) = read("比亚迪渡轮", "“我们公司去年生产电动渡轮16艘。”负责人说。")

    assert metric.subject == "比亚迪"


def test_the_time_of_an_event_is_not_that_of_later_figures():
    text = "去年5月，《海水淡化条例》正式发布，行业有章可循。全国建成淡化工程150座。"

    assert [metric.period.label for metric in read("海水淡化", text)] == [None]


def test_a_time_of_one_end_of_a_change_is_not_that_of_the_other():
    metrics = read("管道气", "2023年，挪威管道气占比从2021年的25%升至30%。")

    assert [metric.period.label for metric in metrics] == ["2021年", "2023年"]


def test_a_time_that_is_only_measured_against_is_not_told():
    metrics = read("机场客流", "去年，我国机场客流恢复到2019年的93%，正常率88%。")

    assert [metric.period.label for metric in metrics] == ["2023年", "2023年"]


def test_both_ends_of_a_change_have_their_own_years():
    metrics = read("物流", "2018—2022年，我国冷库容量从5238万吨增长到7979万吨。")

    assert [metric.period.label for metric in metrics] == ["2018年", "2022年"]


def test_a_bare_name_takes_the_topic_of_the_article():
    text = "预制菜消费升温。去年，我国市场规模达5165亿元。预制菜企业增多，预制菜标准出台。"

    assert [metric.indicator for metric in read("预制菜：从厨房到餐桌", text)] == ["预制菜市场规模"]


def test_the_whole_year_is_the_last_one_that_is_over():
    (metric,) = read("港口", "全年完成吞吐量5.2亿吨。")

    assert metric.period.label == "2023年"


def test_a_period_is_inherited_along_the_paragraph_but_not_beyond():
    metrics = read("电网", "截至2月底，充电桩达930万个。换电站3700座。", "变电站1200座。")

    assert [metric.period.end for metric in metrics] == [date(2024, 2, 29), date(2024, 2, 29), None]


@pytest.mark.parametrize("opening", ["分品种看，", "从品种来看，", "出口方面，", "其中，", "与此同时，"])
def test_a_paragraph_that_goes_on_with_the_one_before_keeps_its_time(opening):
    metrics = read("棉纺", "去年，纱线产量2230万吨。", f"{opening}混纺纱线690万吨。")

    assert [metric.period.label for metric in metrics] == ["2023年", "2023年"]


def test_a_time_of_the_number_after_it_is_not_told_to_later_sentences():
    metrics = read("锂价", "碳酸锂报价已从去年初的48万元跌到10万元。铜箔均价7.6万元。")

    assert metrics[-1].period.label is None


@pytest.mark.parametrize(
    "beside",
    ["去年，玻璃产量9亿箱，2024年预计增加5000万箱。", "去年，玻璃产量9亿箱，比前年增加2%，上年则是减少。"],
)
def test_a_year_that_is_only_set_beside_another_is_not_that_of_later_sentences(beside):
    metrics = read("玻璃", f"{beside}水泥产量20亿吨。全年陶瓷出口1800万吨。")

    assert [metric.period.label for metric in metrics[-2:]] == ["2023年", "2023年"]


def test_a_part_is_of_the_time_told_last():
    metrics = read(
        "光伏", "去年，公司投资80亿元，今年计划投资90亿元，2025年预计投资100亿元。其中，海外基地预计30亿元。"
    )

    assert metrics[-1].period.label == "2025年"


def test_a_year_far_ahead_is_not_the_whole_year_spoken_of():
    metrics = read("船厂", "手持订单排到2028年。全年交付油轮31艘。")

    assert metrics[-1].period.label == "2023年"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("前2个月，累计出口钢材823万吨。", date(2024, 1, 1)),
        ("今年以来，累计建成换电站860座。", None),
        ("2023年，累计种树860万株。", None),
        ("2月9日至3月2日，铁路累计发送旅客1.9亿人次。", date(2024, 2, 9)),
    ],
)
def test_what_is_counted_together_begins_with_a_span_that_is_told(text, start):
    (metric,) = read("简讯", text)

    assert metric.period.start == start


@pytest.mark.parametrize(
    ("title", "label"),
    [
        ("华虹公司三季报出炉", "2023年第三季度"),
        ("华虹公司有何打算", None),
        ("去年第三季度华虹公司业绩", "2023年第三季度"),
        ("2023年华虹公司大事", None),
    ],
)
def test_an_article_on_one_time_has_it_in_all_its_paragraphs(title, label):
    metrics = read(title, "去年第三季度，公司营收41亿元。", "研发费用3.2亿元。")

    assert [metric.period.label for metric in metrics] == ["2023年第三季度", label]


def test_the_year_before_is_that_before_the_year_of_the_sentence():
    metrics = read("电厂", "云岭电力2022年亏损70亿元，上年同期亏损102亿元。", "上年发电3亿千瓦时。")

    assert [metric.period.label for metric in metrics] == ["2022年", "2021年", "2023年"]


def test_the_same_time_of_another_year_is_the_same_part_of_it():
    metrics = read("电厂", "云岭电力第四季度亏损7亿元，2022年同期盈利3亿元，发电2亿千瓦时。")

    assert [metric.period.label for metric in metrics] == [
        "2023年第四季度",
        "2022年第四季度",
        "2023年第四季度",
    ]


def test_a_year_that_is_compared_with_is_not_the_one_spoken_of():
    metrics = read("电力", "预计2024年用电量比2022年增长6%，年底装机31亿千瓦。")

    assert [metric.period.label for metric in metrics] == ["2024年", "截至2024年底"]


def test_a_subheading_lends_its_year():
    (metric,) = read("电网", "投资项目52个。", headings={0: "2023年工作回顾"})

    assert metric.period.label == "2023年"


def test_years_and_amounts_of_a_list_belong_together():
    metrics = read("药企", "2021年、2022年及2023年，公司研发费用分别为2.1亿元、3.4亿元及5.5亿元。")

    assert [(m.period.label, str(m.quantity.value)) for m in metrics] == [
        ("2021年", "2.1"),
        ("2022年", "3.4"),
        ("2023年", "5.5"),
    ]


def test_what_is_planned_is_marked():
    metrics = read("氢能", "目前加氢站428座，预计到2030年将达到1000座。")

    assert [metric.forecast for metric in metrics] == [False, True]


def test_a_repeated_figure_is_kept_once_and_a_title_only_adds_what_the_body_lacks():
    metrics = read("光伏装机突破6亿千瓦 三年翻了一番", "光伏装机6.09亿千瓦。光伏装机6.09亿千瓦，居世界首位。")

    assert [str(metric.quantity.value) for metric in metrics] == ["6.09", "1", "1"]


def test_a_title_may_leave_out_the_unit_of_a_figure_of_the_body():
    metrics = read("用户突破1500万", "广电用户1520万户。")

    assert [str(metric.quantity.value) for metric in metrics] == ["1520"]


@pytest.mark.parametrize(
    ("text", "label"),
    [("宏光智能已开店31家。", None), ("宏光智能开店31家。", "2023年")],
)
def test_what_is_so_by_now_is_not_of_a_time_that_is_over(text, label):
    metrics = read("门店", f"2023年，客流3亿人次。{text}")

    assert metrics[-1].period.label == label


@pytest.mark.parametrize(
    ("text", "forecast"),
    [("阿里云将价格降至0.5元。", False), ("阿里云将新建机房12座。", True)],
)
def test_what_is_taken_is_told_from_what_is_to_come(text, forecast):
    assert [metric.forecast for metric in read("云", text)] == [forecast]


def test_the_same_amount_in_another_currency_is_the_same_fact():
    metrics = read("基金", "日本设立规模为3000亿日元（约合20亿美元）的半导体基金。")

    assert {metric.indicator for metric in metrics} == {metrics[0].indicator}
    assert [metric.quantity.base_unit for metric in metrics] == ["日元", "美元"]


def test_ids_are_the_same_on_every_run_and_differ_within_an_article():
    first = read("港口", "甲港有泊位30个，乙港有泊位30个，去年有泊位30个。")

    assert [m.id for m in first] == [
        m.id for m in read("港口", "甲港有泊位30个，乙港有泊位30个，去年有泊位30个。")
    ]
    assert len({metric.id for metric in first}) == len(first)


PIECES = st.sampled_from(
    [
        "2023年",
        "截至",
        "全省",
        "比亚迪",
        "分别",
        "达到",
        "同比",
        "增长",
        "占",
        "的",
        "、",
        "，",
        "。",
        "（",
        "）",
        "约",
        "1.2",
        "亿元",
        "%",
        "三",
        "千",
        "个",
        "以上",
        "第一",
        "位居",
        "比",
        "预计",
        "至",
        "《",
        "》",
        "“",
        "”",
        "产量",
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_any_sentence_is_read_and_each_figure_is_within_it(pieces):
    text = "".join(pieces)

    for metric in read("煤炭产量", text):
        assert metric.sentence in text
        assert metric.indicator != metric.sentence


def test_explaining_a_text_names_the_rule_that_found_each_figure():
    text = explain_figures("前10月，用电量76059亿千瓦时，同比增长5.8%。", date(2023, 11, 20))

    assert [line.split("  ")[1] for line in text.splitlines()] == ["[amount]", "[rise]"]
    assert "2023年1-10月" in text


def test_explaining_a_text_without_figures_says_nothing():
    assert explain_figures("会议在北京召开。", None) == ""


@pytest.mark.parametrize("text", ["甲港有泊位30个。", "乙港货损率下降2.5%。", "丙港需工人20至35名。"])
def test_ids_stay_those_of_the_quantity_as_it_is_represented(text: str) -> None:
    """Chats and exports keep ids: how they are made may get quicker, never other."""
    (metric,) = read("港口", text)
    seed = f"a1|{text}|{metric.quantity!r}|{metric.kind}|1"
    assert metric.id == hashlib.sha256(seed.encode()).hexdigest()[:12]
