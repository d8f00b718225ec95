from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import media
from bot.media import prepare, safe_name
from bot.raster import SCALE
from handlers.reply import File, Picture, Text
from tests.unit.bot.png import png_size

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"></svg>'


def test_a_picture_becomes_a_png_of_its_name() -> None:
    upload = prepare(Picture(SVG, "5g-base-stations", Text("x")))
    assert upload is not None
    assert upload.name == "5g-base-stations.png"
    assert png_size(upload.content) == (40 * SCALE, 20 * SCALE)


def test_a_file_is_uploaded_as_it_is() -> None:
    upload = prepare(File(b"\x00\xff", "数字经济.xlsx", Text("")))
    assert upload == media.Upload(b"\x00\xff", "数字经济.xlsx")


def test_what_cannot_be_drawn_is_not_uploaded() -> None:
    assert prepare(Picture("<svg", "x", Text("x"))) is None


def test_what_is_too_large_for_a_platform_is_not_uploaded() -> None:
    assert prepare(File(b"0" * 50_000_001, "x.csv", Text(""))) is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc_passwd"),
        ("CON: 5G*基站?.csv", "CON_5G_基站.csv"),
        ("a\u202ecsv.exe", "acsv.exe"),
        (".png", "png"),
        ("/.csv", "csv"),
        ("", "hangxun"),
        ("长" * 300 + ".xlsx", "长" * 60 + ".xlsx"),
    ],
)
def test_a_name_is_one_that_every_system_takes(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_no_name_leads_out_of_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= 70
    assert not set(safe) & set('/\\:*?"<>|\n\x00')
    assert not safe.startswith(".")
