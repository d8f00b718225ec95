from __future__ import annotations

from datetime import date

import pytest

from handlers.request import Language
from handlers.understood import other_period_blocks
from knowledge.model import Answer, Aspect, Period, Understood
from tests.fakes.library import FakeLibrary
from tests.unit.handlers.desk import Desk, button, labels, words

YEAR = Understood(Aspect.PERIOD, "2025年", Period("2025年", date(2025, 1, 1), date(2025, 12, 31)))
MONTHS = Understood(
    Aspect.PERIOD, "2025年1-10月", Period("2025年1-10月", date(2025, 1, 1), date(2025, 10, 31))
)
REGIONS = (Understood(Aspect.REGION, "山东省"), Understood(Aspect.REGION, "广西壮族自治区"))


def _year(year: int) -> Understood:
    return Understood(Aspect.PERIOD, f"{year}年", Period(f"{year}年", date(year, 1, 1), date(year, 12, 31)))


def desk(*understood: Understood, language: Language = Language.ZH) -> Desk:
    return Desk(library=FakeLibrary(understood={"充电桩": understood}), language=language)


@pytest.mark.parametrize(
    ("understood", "chinese", "english"),
    [
        ((*REGIONS, YEAR), "地区: 山东、广西 · 年份: 2025", "Region: Shandong, Guangxi · Year: 2025"),
        ((MONTHS,), "时间: 2025年1-10月", "Period: Jan 2025–Oct 2025"),
        (
            (Understood(Aspect.SECTION, "技术情报"), Understood(Aspect.ISSUE, "2026年11月")),
            "栏目: 技术情报 · 期: 2026年11月",
            "Section: 技术情报 · Issue: 2026年11月",
        ),
        (
            (
                Understood(Aspect.PHRASE, "快充"),
                Understood(Aspect.WITHOUT, "港口"),
                Understood(Aspect.COMPANY, "华为"),
            ),
            "原文含: “快充” · 不含: 港口 · 企业: 华为",
            "Exactly: “快充” · Without: 港口 · Company: 华为",
        ),
    ],
)
def test_what_was_understood_is_one_line(
    understood: tuple[Understood, ...], chinese: str, english: str
) -> None:
    assert words(desk(*understood).ask("充电桩")).splitlines()[0] == chinese
    assert words(desk(*understood, language=Language.EN).ask("充电桩")).splitlines()[0] == english


def test_nothing_is_said_where_nothing_was_understood() -> None:
    assert ": " not in words(desk().ask("充电桩")).splitlines()[0]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (YEAR, "没有找到2025年的数字，最接近的是："),
        (MONTHS, "没有找到2025年1-10月的数字，最接近的是："),
        (_year(2026), None),
        (
            Understood(
                Aspect.PERIOD, "截至2026年10月底", Period("截至2026年10月底", None, date(2026, 10, 31))
            ),
            None,
        ),
        (Understood(Aspect.PERIOD, "近年", Period("近年")), None),
    ],
)
def test_a_figure_of_another_time_than_was_asked_for_is_said_to_be(
    asked: Understood, said: str | None
) -> None:
    library = FakeLibrary(understood={"充电桩有多少": (asked,)})
    lines = words(Desk(library=library).ask("充电桩有多少")).splitlines()
    assert "充电桩数 · 中国　1200 万个　截至2026年10月底" in lines
    assert [line for line in lines if line.startswith("没有找到")] == ([said] if said else [])


def test_a_corrected_query_can_be_searched_as_it_was_typed() -> None:
    reply = Desk(library=FakeLibrary(read_as={"冲电桩": "充电桩"})).ask("冲电桩")
    assert words(reply).splitlines()[0] == "按“充电桩”查找"
    assert button(reply, "仍查“冲电桩”").action == "search “冲电桩”"


def test_operators_are_no_topic_to_follow() -> None:
    without = (Understood(Aspect.WITHOUT, "海南"),)
    plain, narrowed = FakeLibrary(table=()), FakeLibrary(table=(), understood={"山东 港口": without})
    assert "订阅“山东 港口”" in labels(Desk(library=plain).ask("山东 港口"))
    assert "订阅“山东 港口”" not in labels(Desk(library=narrowed).ask("山东 港口"))


@pytest.mark.parametrize(
    ("question", "said"), [("全年充电桩有多少", 0), ("2025年充电桩有多少", 1), ("去年充电桩有多少", 1)]
)
def test_whoever_names_no_year_is_content_with_any(question: str, said: int) -> None:
    answer = Answer(question, (), 0, (), understood=(YEAR,))
    assert len(other_period_blocks(answer, _year(2026).period or Period(), Language.ZH)) == said
