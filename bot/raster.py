"""SVG -> PNG, with one font from a package and none of the system's: the same pixels on every machine.

What the font cannot draw is taken out first: a geta mark (〓) stands where a printer lacks a character.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn
import resvg_py

MOST_CHARACTERS = 500_000
MOST_PIXELS = 4_096  # of a side of the drawing, before it is enlarged for sharp displays
SCALE = 1.5

_GETA = "〓"
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me"})
_SIZE = re.compile(r'<svg [^>]{0,200}?width="(\d{1,6})" height="(\d{1,6})"')


def rasterise(svg: str) -> bytes:
    """Return the picture as PNG, half as large again as its drawing says.

    Raises ValueError for what is no SVG or too large for a picture.
    """
    size = _SIZE.match(svg)
    if size is None or len(svg) > MOST_CHARACTERS or max(map(int, size.groups())) > MOST_PIXELS:
        raise ValueError("no SVG, or too large for a picture")
    font = _font()
    return resvg_py.svg_to_bytes(
        svg_string=drawable(svg),
        zoom=SCALE,
        skip_system_fonts=True,
        font_files=[str(font)],
        font_family="Noto Sans SC",
        sans_serif_family="Noto Sans SC",
    )


def drawable(text: str) -> str:
    """Return a text with nothing in it that the font has no glyph for."""
    known = coverage(_font())
    return "".join(c if ord(c) in known or c in "\n\t" else _instead_of(c) for c in text)


@cache
def coverage(font: Path) -> frozenset[int]:
    """Return the characters that an OpenType font draws (its `cmap` table, format 12).

    https://learn.microsoft.com/typography/opentype/spec/cmap; fontTools reads the same in 0.25 s and 24 MB.
    """
    data = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", data, 2)
    for _, _, start in struct.iter_unpack(">HHI", data[4 : 4 + 8 * count]):
        if struct.unpack_from(">H", data, start) == (12,):
            (groups,) = struct.unpack_from(">I", data, start + 12)
            ranges = struct.iter_unpack(">III", data[start + 16 : start + 16 + 12 * groups])
            return frozenset(code for first, last, _ in ranges for code in range(first, last + 1))
    raise ValueError(f"{font.name} has no table of all its characters")


def _font() -> Path:
    return pylopdf_fonts_zh_cn.sans_path()


def _table(font: Path, name: bytes) -> bytes:
    with font.open("rb") as file:
        (count,) = struct.unpack(">4xH6x", file.read(12))
        tables = {
            tag: (start, size) for tag, start, size in struct.iter_unpack(">4s4xII", file.read(16 * count))
        }
        start, size = tables[name]
        file.seek(start)
        return file.read(size)


def _instead_of(character: str) -> str:
    return "" if unicodedata.category(character) in _INVISIBLE else _GETA
