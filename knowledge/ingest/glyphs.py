"""The characters of a PDF with their places; the only importer of pypdfium2.

PDFium gives each character's place on the baseline, so that characters drawn out of order, as quotes from
another font are, can be put in order. https://pdfium.googlesource.com/pdfium/+/main/public/fpdf_text.h
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from ctypes import byref, c_double, c_int
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from knowledge.errors import SourceError
from knowledge.ingest.document import Mark

MOST_PAGES = 2_000
MOST_MARKS = 2_000
MOST_LINKS = 500
"""So many of one page are looked at."""
MOST_OBJECTS = 4_000
RULES = 4
"""A page with so many drawn paths may hold a table."""
BLANK = 32
_DRAWN = {2: "-", BLANK: " "}
"""Of the codes up to a blank these are drawn; PDFium writes 2 for a hyphen at the end of a row."""
MOST_TILT = 0.2
"""Text that leans more than this (radians) is a watermark or a label along an axis."""


class Glyph(NamedTuple):
    """A character: where it begins and ends on its baseline, in points from the lower left, and its size."""

    text: str
    x: float
    right: float
    y: float
    size: float


class Link(NamedTuple):
    """A clickable place on a page that leads to another page."""

    left: float
    bottom: float
    right: float
    top: float
    page: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number from 1, characters as they are drawn, links, and whether it may hold tables."""

    number: int
    glyphs: tuple[Glyph, ...]
    links: tuple[Link, ...]
    ruled: bool


class Pdf:
    """A PDF opened for reading."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open a PDF. Raises SourceError where it is damaged, locked or too long."""
        try:
            self._pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise SourceError(name, _explain(str(error))) from error
        if len(self._pdf) > MOST_PAGES:
            raise SourceError(name, f"it has {len(self._pdf)} pages, more than {MOST_PAGES}")

    def close(self) -> None:
        """Free what the library holds."""
        self._pdf.close()

    def sheets(self) -> Iterator[Sheet]:
        """Yield the pages; one that cannot be read is left out."""
        for index in range(len(self._pdf)):
            try:
                page = self._pdf[index]
            except pypdfium2.PdfiumError:
                continue
            yield self._read(page, index)
            page.close()

    def outline(self) -> tuple[Mark, ...]:
        """Return the bookmarks in their order."""
        marks = []
        for mark in islice(self._pdf.get_toc(max_depth=4), MOST_MARKS):
            place = mark.get_dest()
            index = place.get_index() if place else None
            marks.append(Mark(mark.get_title(), None if index is None else index + 1, mark.level + 1))
        return tuple(marks)

    def _read(self, page: Any, index: int) -> Sheet:
        text = page.get_textpage()
        try:
            glyphs = tuple(_read_glyphs(text.raw, page.get_rotation()))
        finally:
            text.close()
        links = tuple(islice(_read_links(self._pdf.raw, page.raw), MOST_LINKS))
        return Sheet(index + 1, glyphs, links, _is_ruled(page.raw))


def _explain(error: str) -> str:
    """Return one clause for an error of PDFium."""
    return "it is locked with a password" if "assword" in error else "it is no PDF that can be opened"


def _read_glyphs(text: Any, rotation: int) -> Iterator[Glyph]:
    x, y, box = c_double(), c_double(), pdfium.FS_RECTF()
    to_x, to_y, to_box = byref(x), byref(y), byref(box)
    last, size, upright = math.nan, 0.0, True
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if code <= BLANK and (code not in _DRAWN or pdfium.FPDFText_IsGenerated(text, i)):
            continue
        pdfium.FPDFText_GetCharOrigin(text, i, to_x, to_y)
        pdfium.FPDFText_GetLooseCharBox(text, i, to_box)
        if y.value != last:
            last = y.value
            size, upright = _measure(text, i, rotation)
        if upright and not 0xD800 <= code < 0xE000:
            glyph = Glyph(_DRAWN.get(code) or chr(code), x.value, box.right, last, size)
            yield _turned(glyph, box, rotation) if rotation else glyph


def _measure(text: Any, index: int, rotation: int) -> tuple[float, bool]:
    """Return the size of a character in points, and whether it stands upright on the page as shown."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, byref(matrix))
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    tilt = (math.atan2(matrix.b, matrix.a) - math.radians(rotation)) % math.tau
    return size, min(tilt, math.tau - tilt) <= MOST_TILT


def _turned(glyph: Glyph, box: Any, rotation: int) -> Glyph:
    """Return a character as seen on a page that is shown turned clockwise by `rotation` degrees."""
    x, y = glyph.x, glyph.y
    places = {
        90: (y, -x, max(box.bottom, box.top)),
        180: (-x, -y, -min(box.left, box.right)),
        270: (-y, x, -min(box.bottom, box.top)),
    }
    left, base, right = places[rotation]
    return glyph._replace(x=left, right=right, y=base)


def _read_links(pdf: Any, page: Any) -> Iterator[Link]:
    position, link, rect = c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    while pdfium.FPDFLink_Enumerate(page, byref(position), byref(link)):
        place = pdfium.FPDFLink_GetDest(pdf, link)
        if not place and (action := pdfium.FPDFLink_GetAction(link)):
            place = pdfium.FPDFAction_GetDest(pdf, action)
        index = pdfium.FPDFDest_GetDestPageIndex(pdf, place) if place else -1
        if index >= 0 and pdfium.FPDFLink_GetAnnotRect(link, byref(rect)):
            yield Link(rect.left, rect.bottom, rect.right, rect.top, index + 1)


def _is_ruled(page: Any) -> bool:
    """Tell whether enough paths are drawn on a page for the rules of a table."""
    objects = min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, i)) for i in range(objects))
    paths = (1 for kind in kinds if kind == pdfium.FPDF_PAGEOBJ_PATH)
    return sum(islice(paths, RULES)) == RULES
