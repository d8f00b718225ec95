from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pinyin import Readings, load_readings, make_readings


@pytest.fixture(scope="module")
def readings() -> Readings:
    return make_readings()


def test_the_table_survives_being_written_and_read(readings: Readings) -> None:
    assert load_readings(readings.dump()) == readings


@pytest.mark.parametrize(
    ("words", "sound"),
    [
        (["半导体"], ["ban", "dao", "ti"]),
        (["重庆"], ["chong", "qing"]),
        (["重量"], ["zhong", "liang"]),
        (["绿色"], ["lv", "se"]),
        (["a", "、"], ["a", "、"]),
    ],
)
def test_words_sound_as_they_are_spoken(readings: Readings, words: list[str], sound: list[str]) -> None:
    assert readings.sound(words) == sound


@pytest.mark.parametrize(
    ("run", "syllables"),
    [
        ("bandaoti", ("ban", "dao", "ti")),
        ("liangzijisuanji", ("liang", "zi", "ji", "suan", "ji")),
        ("xian", ("xian",)),
        ("hello", ()),
        ("bdt", ()),
        ("", ()),
        ("a" * 1_000, ()),
    ],
)
def test_a_latin_run_is_split_into_the_fewest_syllables(
    readings: Readings, run: str, syllables: tuple[str, ...]
) -> None:
    assert readings.spell(run) == syllables


@given(text=st.text())
def test_sounding_and_initials_keep_every_place(readings: Readings, text: str) -> None:
    assert len(readings.sounding(text)) == len(readings.initialled(text)) == len(text)


def test_a_sound_is_found_where_it_stands(readings: Readings) -> None:
    text = readings.sounding("国产水声通信机")
    assert text.find(readings.encode_sound(["shui", "sheng"])) == 2
    assert readings.encode_sound(["shui", "xyz"]) == ""
    assert readings.initialled("华嵘控股") == "hrkg"
