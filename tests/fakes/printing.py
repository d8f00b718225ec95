"""The same digest printed by other programs: PDF by reportlab and by fpdf2, DOCX by python-docx.

A digest is given as the lines of its text file. Titles are larger than text, pages have a header and a
footer, and reportlab adds an outline and clickable contents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path

import docx
import pylopdf_fonts_zh_cn
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from fpdf import FPDF
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageTemplate, Paragraph

FONT = "STSong-Light"
HEADER = "行业信息监测  内部资料"
RANKS = {"title": 1, "section": 2, "article": 3, "text": 0}
SIZES = {"title": 22.0, "section": 17.0, "article": 14.0, "text": 10.5}


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of a digest and what it is: title, section, article, contents or text."""

    text: str
    kind: str


def styled(lines: Sequence[str], sections: Sequence[str], titles: Sequence[str]) -> Iterator[Printed]:
    """Give each line of a text digest its kind; `titles` are those of its articles."""
    body = next(i for i, line in enumerate(lines) if line.strip() == sections[0])
    for i, line in enumerate(lines):
        text = line.strip()
        if text:
            yield Printed(text, "contents" if i < body else _kind(text, sections, titles))


def _kind(text: str, sections: Sequence[str], titles: Sequence[str]) -> str:
    if text in sections:
        return "section"
    return "article" if text in titles else "text"


def register_fonts() -> None:
    """Make the font known to reportlab."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def print_columns(texts: Sequence[str], path: Path) -> None:
    """Write a PDF of one page with a text in each of two columns."""
    register_fonts()
    style = ParagraphStyle("column", fontName=FONT, fontSize=10.5, leading=16, wordWrap="CJK")
    template = BaseDocTemplate(str(path), pagesize=A4)
    frames = [Frame(60 + 245 * n, 72, 230, A4[1] - 144) for n in range(2)]
    template.addPageTemplates(PageTemplate("page", frames))
    template.build([Paragraph(texts[0], style), FrameBreak(), Paragraph(texts[1], style)])


def print_by_reportlab(lines: Sequence[Printed], path: Path | BytesIO, *, indent: bool = True) -> None:
    """Write a PDF with header, footer, outline and links from the contents."""
    register_fonts()
    template = BaseDocTemplate(path if isinstance(path, BytesIO) else str(path), pagesize=A4)
    frame = Frame(72, 72, A4[0] - 144, A4[1] - 144)
    template.addPageTemplates(PageTemplate("page", [frame], onPage=_furnish))
    places = {_anchor(line.text) for line in lines if RANKS.get(line.kind)}
    template.build([_flowable(line, places, indent=indent) for line in lines])


def _flowable(line: Printed, places: Collection[str], *, indent: bool) -> Flowable:
    size = SIZES.get(line.kind, 10.5)
    style = ParagraphStyle(
        line.kind,
        fontName=FONT,
        fontSize=size,
        leading=size * 1.5,
        wordWrap="CJK",
        firstLineIndent=2 * size if indent and line.kind == "text" else 0,
    )
    text = line.text.replace("&", "&amp;").replace("<", "&lt;")
    if line.kind == "contents":
        anchor = _anchor(line.text)
        return Paragraph(f'<a href="#{anchor}">{text}</a>' if anchor in places else text, style)
    return _Titled(text, style, line) if RANKS[line.kind] else Paragraph(text, style)


def _anchor(text: str) -> str:
    bare = text.rstrip("0123456789").rstrip(". \t")
    return "".join(c for c in bare if c.isalnum())


class _Titled(Paragraph):
    """A title, which is also in the outline and a place to jump to."""

    def __init__(self, text: str, style: ParagraphStyle, line: Printed) -> None:
        super().__init__(text, style)
        self._line = line

    def draw(self) -> None:
        key = _anchor(self._line.text)
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(self._line.text, key, 0 if self._line.kind == "section" else 1)
        super().draw()


def _furnish(canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.setFont(FONT, 8)
    canvas.drawString(72, A4[1] - 45, HEADER)
    canvas.drawCentredString(A4[0] / 2, 40, f"- {template.page} -")


def print_by_fpdf(lines: Sequence[Printed], path: Path) -> None:
    """Write a justified PDF without indents, with an embedded OpenType font, header and footer."""
    pdf = _Numbered()
    pdf.add_font("noto", fname=pylopdf_fonts_zh_cn.sans_path())
    pdf.add_page()
    for line in lines:
        size = SIZES.get(line.kind, 10.5)
        pdf.set_font("noto", size=size)
        pdf.multi_cell(0, size * 0.6, line.text, new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")
    pdf.output(str(path))


class _Numbered(FPDF):
    def header(self) -> None:
        self.set_font("noto", size=8)
        self.cell(0, 8, HEADER, new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("noto", size=8)
        self.cell(0, 8, f"{self.page_no()}", align="C")


def print_by_word(lines: Sequence[Printed], path: Path) -> None:
    """Write a Word document; its contents stand in a structured field, as Word makes them."""
    document = docx.Document()
    contents: list[WordParagraph] = []
    for line in lines:
        if rank := RANKS.get(line.kind, 0):
            document.add_heading(line.text, level=rank)
        else:
            paragraph = document.add_paragraph(line.text)
            contents += [paragraph] if line.kind == "contents" else []
    _wrap_in_field(contents)
    document.save(str(path))


def _wrap_in_field(paragraphs: Sequence[WordParagraph]) -> None:
    field, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    paragraphs[0]._p.addprevious(field)
    field.append(content)
    for paragraph in paragraphs:
        content.append(paragraph._p)
    assert field.tag == qn("w:sdt")


def print_as_page(lines: Sequence[Printed], path: Path) -> None:
    """Write a web page: headings by rank, contents as a list of links, menus around it all."""
    parts = [_element(line) for line in lines]
    menu = "<nav><a href='/'>首页</a></nav>"
    path.write_text(
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>x</title></head><body>"
        f"{menu}{''.join(parts)}</body></html>",
        encoding="utf-8",
    )


def _element(line: Printed) -> str:
    text = escape(line.text)
    if line.kind == "contents":
        return f"<li><a href='#x'>{text}</a></li>"
    rank = RANKS[line.kind]
    return f"<h{rank}>{text}</h{rank}>" if rank else f"<p>{text}</p>"
