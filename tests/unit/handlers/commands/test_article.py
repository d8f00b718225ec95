from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.reply import Notice, Style
from tests.fakes.library import CHARGERS, FakeLibrary
from tests.unit.handlers.desk import Desk, labels, words


def test_an_article_begins_with_its_title_and_place():
    lines = words(Desk().ask("article art001")).splitlines()
    assert lines[0] == "充电桩：从城区走向港口"
    assert lines[1] == "产业环境 · 第3页 · 港航周报 2026 年第 11 期 · 2026年11月20日 · 约 1,325 字"
    assert lines[2] == "建设提速"
    assert lines[-1] == "第 1/2 页"


def test_its_pages_turn_in_place():
    desk = Desk()
    first = desk.ask("article art001", pressed=True)
    second = desk.press(first, "下一页")
    assert (first.in_place, second.in_place) == (False, True)
    assert labels(first) == ("下一页", "本文指标 4")
    assert labels(second)[:2] == ("上一页", "本文指标 4")
    assert "充电桩运营企业开始合并" in words(second)


def test_related_articles_stand_below_the_end_of_the_text():
    desk = Desk()
    first = desk.ask("article art001", pressed=True)
    last = desk.press(first, "下一页")
    assert "相关文章" not in words(first)
    assert "江海联运量再创新高 | 产业环境 · 第6页" in words(last).split("相关文章：\n")[1]
    assert "江海联运量再创新高" in words(desk.press(last, "《江海联运量再创新高》"))


def test_a_short_article_without_figures_has_no_buttons():
    reply = Desk(library=FakeLibrary(printed=())).ask("article art008")
    assert labels(reply) == ()
    assert "页" not in words(reply).splitlines()[-1]


@pytest.mark.parametrize("line", ["文章 充电桩", "/article 充电桩 建设", "article new ships"])
def test_typed_words_that_are_no_id_are_searched_for(line):
    assert words(Desk().ask(line)).startswith(("找到", "没有找到"))


def test_a_button_of_an_article_that_is_gone_says_so():
    desk = Desk()
    reply = desk.ask("article gone", pressed=True)
    assert words(reply) == "现在的索引里没有编号为“gone”的文章，可能已经换了新的一期。"
    assert labels(reply) == ("目录",)


@pytest.mark.parametrize(
    ("url", "linked"), [("https://example.org/a", True), ("javascript:alert(1)", False), (None, False)]
)
def test_only_a_web_address_is_linked(url, linked):
    library = FakeLibrary(held=(replace(CHARGERS, url=url),))
    notices = [
        block for block in Desk(library=library).ask("article art001").blocks if isinstance(block, Notice)
    ]
    links = [span.href for notice in notices for span in notice.text.spans if span.style is Style.LINK]
    assert links == ([url] if linked else [])
