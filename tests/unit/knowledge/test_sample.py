"""The sample digest that is shipped: the same form as a real one, and enough figures to be of use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
