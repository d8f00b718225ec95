"""The sample digest that is shipped: the same form as a real one, and enough figures to be of use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.ingest import read_source

SAMPLE = Path(__file__).parents[3] / "knowledge" / "data" / "sample"
SECTIONS = ("产业环境", "运营竞争", "技术情报", "企业情报", "海外借鉴")
FIGURE = re.compile(r"\d[\d.,]*(?:万|亿|%|个|家|颗|片|座|纳米|比特|MHz|EFLOPS)")


def body_of(name: str) -> str:
    text = (SAMPLE / f"xingye-yangben-{name}.txt").read_text(encoding="utf-8")
    return text[text.rindex(f"\n{SECTIONS[0]}\n") :]


@pytest.mark.parametrize(("name", "figures"), [("2024-03", 120), ("2024-04", 40)])
def test_an_issue_prints_many_figures(name: str, figures: int) -> None:
    assert len(FIGURE.findall(body_of(name))) >= figures


@pytest.mark.parametrize("name", ["2024-03", "2024-04"])
def test_an_issue_has_the_five_sections_in_order(name: str) -> None:
    lines = [line for line in body_of(name).splitlines() if line in SECTIONS]
    assert tuple(lines) == SECTIONS


@pytest.mark.parametrize("name", ["2024-03", "2024-04"])
def test_the_cover_says_that_it_is_a_sample(name: str) -> None:
    text = (SAMPLE / f"xingye-yangben-{name}.txt").read_text(encoding="utf-8")
    assert "示例：由本项目编写，数字取自公开报道，仅供演示" in text[:200]


@pytest.mark.parametrize(("name", "articles"), [("2024-03", (10, 4, 4, 4, 6)), ("2024-04", (2, 1, 1, 1, 1))])
def test_an_issue_splits_into_its_articles_without_a_warning(name: str, articles: tuple[int, ...]) -> None:
    source = read_source(SAMPLE / f"xingye-yangben-{name}.txt", name=name)
    sections = [article.section for article in source.articles]
    assert source.notes == ()
    assert tuple(sections.count(section) for section in SECTIONS) == articles
    assert sections == sorted(sections, key=SECTIONS.index)


def test_a_paragraph_broken_by_the_end_of_a_page_is_whole() -> None:
    source = read_source(SAMPLE / "xingye-yangben-2024-03.txt", name="2024-03")
    paragraphs = [paragraph for article in source.articles for paragraph in article.paragraphs]
    assert any("连接数实现千万级增长" in paragraph for paragraph in paragraphs)
    assert any("总投资预计超过100亿欧元" in paragraph for paragraph in paragraphs)
