from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.library import CHARGERS, NOVEMBER, FakeLibrary
from tests.unit.handlers.desk import Desk, labels, words


def test_the_way_leads_from_the_issues_to_an_article():
    desk = Desk()
    issues = desk.ask("目录")
    assert "库里的 2 期\n港航周报 2026 年第 11 期 · 2026年11月20日 | 4 个栏目 · 6 篇 |" in words(issues)
    sections = desk.press(issues, "1")
    assert "产业环境 | 2 篇 · 第3页起 | 充电桩：从城区走向港口" in words(sections)
    articles = desk.press(sections, "运营竞争")
    assert words(articles).startswith(
        "运营竞争 · 港航周报 2026 年第 11 期 · 2026年11月20日\n山东：港口里的充电桩 | 第9页 |"
    )
    assert words(desk.press(articles, "2")).startswith("广西平陆运河沿线布局充电桩")
    assert words(desk.press(articles, "目录")) == words(sections)


@pytest.mark.parametrize("line", ["目录 第 10 期", "contents harbour-2026-10", "目录 第１０期"])
def test_an_issue_goes_by_its_id_or_a_part_of_its_title(line):
    library = FakeLibrary(
        held_issues=(NOVEMBER, replace(FakeLibrary().held_issues[1], title="港航周报第 10 期第10期"))
    )
    assert "三家船厂的订单" in words(Desk(library=library).ask(line))


def test_an_issue_goes_by_its_place_in_the_list():
    listed = Desk().ask("目录")
    assert words(Desk().ask("目录 2")) == words(Desk().press(listed, "2"))


def test_a_section_of_the_newest_issue_goes_by_its_name():
    assert "钠电池上船，交付周期缩短 | 第15页" in words(Desk().ask("目录 技术情报"))


def test_one_issue_alone_is_opened_at_once():
    assert words(Desk(library=FakeLibrary(held_issues=(NOVEMBER,))).ask("目录")).startswith(
        "港航周报 2026 年第 11 期"
    )


def test_an_issue_without_sections_shows_its_articles():
    plain = tuple(replace(CHARGERS, id=f"a{n}", title=f"第{n}篇", section="", page=None) for n in range(12))
    desk = Desk(library=FakeLibrary(held=plain, held_issues=(NOVEMBER,)))
    reply = desk.ask("contents")
    assert words(reply).startswith("其他 · 港航周报 2026 年第 11 期 · 2026年11月20日\n第0篇 | ")
    second = desk.press(reply, "下一页")
    assert second.in_place
    assert labels(second) == ("11", "12", "上一页", "目录")


def test_sections_without_names_or_pages_are_listed_too():
    held = (replace(CHARGERS, section="", page=None), replace(CHARGERS, id="x", section="港口"))
    said = words(Desk(library=FakeLibrary(held=held, held_issues=(NOVEMBER,))).ask("目录"))
    assert "其他 | 1 篇 | 充电桩" in said


def test_an_issue_without_articles_is_no_error():
    assert words(Desk(library=FakeLibrary(held=(), held_issues=(NOVEMBER,))).ask("目录")).startswith("其他 ·")


def test_many_issues_have_pages():
    issues = tuple(replace(NOVEMBER, id=f"i{n}", title=f"第{n}期") for n in range(11))
    desk = Desk(library=FakeLibrary(held_issues=issues))
    assert "第10期" in words(desk.press(desk.ask("contents"), "下一页"))


def test_an_unknown_name_leads_to_all_issues():
    desk = Desk()
    reply = desk.ask("目录 火星")
    assert words(reply) == "没有叫“火星”的一期或栏目。"
    assert "库里的 2 期" in words(desk.press(reply, "所有各期"))


def test_an_empty_library_says_how_to_fill_it():
    assert "hangxun build" in words(Desk(library=FakeLibrary(held=(), held_issues=())).ask("目录"))
