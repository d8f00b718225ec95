from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pylopdf_fonts_zh_cn import sans_path, serif_path

from bot.raster import SCALE, coverage, drawable, rasterise
from tests.unit.bot.png import png_size


def svg(words: str, width: int = 120, height: int = 40) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<text x="10" y="30" font-size="20">{words}</text></svg>'
    )


def test_a_drawing_becomes_a_png_half_as_large_again() -> None:
    assert png_size(rasterise(svg("5G 基站"))) == (120 * SCALE, 40 * SCALE)


def test_chinese_is_drawn_and_not_boxes() -> None:
    pictures = {rasterise(svg(words)) for words in ("", "半", "导", "体", "□", "〓")}
    assert len(pictures) == 6


def test_the_same_drawing_gives_the_same_pixels() -> None:
    first, second = (hashlib.sha256(rasterise(svg("芯片 12.5%"))).digest() for _ in range(2))
    assert first == second


@pytest.mark.parametrize("missing", ["😀", "𒀀", "ꙮ"])
def test_a_character_that_the_font_has_not_is_a_geta_mark(missing: str) -> None:
    assert rasterise(svg(f"甲{missing}乙")) == rasterise(svg("甲〓乙"))


@pytest.mark.parametrize("invisible", ["\u200b", "\u202e", "\ufe0f", "\u0363", "\ufeff"])
def test_a_character_that_shows_nothing_is_left_out(invisible: str) -> None:
    assert rasterise(svg(f"甲{invisible}乙")) == rasterise(svg("甲乙"))


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_only_glyphs_of_the_font_are_ever_drawn(text: str) -> None:
    known = coverage(sans_path())
    assert all(ord(character) in known or character in "\n\t" for character in drawable(text))


def test_what_the_font_has_stays_as_it_is() -> None:
    text = "《信息产业篇》第24页：1.21 万亿元 “增长” ①②③ ℃ ± × — …\n\t<text>&amp;</text>"
    assert drawable(text) == text


def test_the_coverage_is_that_of_the_font() -> None:
    assert 20_000 < len(coverage(sans_path())) < 40_000
    assert {ord(character) for character in "汉语拼音 abc，。〓"} <= coverage(serif_path())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no drawing",
        "<html></html>",
        svg("大", width=5_000),
        svg("高", height=999_999),
        svg("长" * 500_000),
        '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><text>',
    ],
    ids=["empty", "words", "html", "wide", "high", "long", "broken"],
)
def test_what_is_no_drawing_or_too_large_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (resvg's own words)
        rasterise(text)
