"""Word documents (.docx): paragraphs with their headings, tables, text boxes and the contents field.

python-docx gives the parts and styles; the text is walked by us, because its own text leaves out what stands
in contents fields (w:sdt), in text boxes and in accepted changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice, repeat
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from knowledge.errors import SourceError
from knowledge.ingest.archive import Archive
from knowledge.ingest.decode import clean_line, read_bytes
from knowledge.ingest.document import Document, Line, SourceFile
from knowledge.ingest.markup import defines_entities
from knowledge.ingest.tables import MOST_ROWS, write_table

MOST_COLUMNS = 100
LOWEST_LEVEL = 6

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_BOX, _BREAK, _RENDERED = qn("w:txbxContent"), qn("w:br"), qn("w:lastRenderedPageBreak")
_WRITTEN = {qn("w:t"): "", qn("w:tab"): "\t", _BREAK: "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
"""What these elements write; w:t writes its own text."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])|title", re.IGNORECASE)


def read(file: SourceFile) -> Document:
    """Return the lines of a Word document. Raises SourceError where it cannot be opened."""
    data = read_bytes(file)
    _check_parts(Archive(data, file.name), file.name)
    try:
        document = docx.Document(BytesIO(data))
        body, levels = document.element.body, _style_levels(document)
    except (OpcError, BadZipFile, etree.XMLSyntaxError, LookupError, ValueError, AttributeError) as error:
        raise SourceError(file.name, "it is no Word document that can be opened") from error
    lines = tuple(_read_lines(body, levels))
    if not lines:
        raise SourceError(file.name, "it holds no text")
    paged = lines[-1].page != 1
    return Document(lines if paged else tuple(replace(line, page=None) for line in lines))


def _check_parts(archive: Archive, name: str) -> None:
    """Inflate every part within the limits, and refuse those with document types. Raises SourceError."""
    for part in archive.names:
        if defines_entities(archive.read(part)) and part.endswith((".xml", ".rels")):
            raise SourceError(name, "it defines entities, which no document needs")


def _style_levels(document: Any) -> dict[str, int]:
    """Return the ranks of the styles of headings."""
    levels = {}
    for style in document.styles.element.iterchildren(qn("w:style")):
        named = style.find(qn("w:name"))
        found = _HEADING.fullmatch(named.get(qn("w:val"), "") if named is not None else "")
        level = int(found[1] or 1) if found else _outline_level(style)
        if level:
            levels[style.get(qn("w:styleId"), "")] = min(level, LOWEST_LEVEL)
    return levels


def _outline_level(element: Any) -> int:
    """Return the rank that properties give, 0 where they give none; Word counts from 0 and 9 is text."""
    outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    value = outline.get(qn("w:val"), "") if outline is not None else ""
    return int(value) + 1 if value in set("012345678") else 0


def _read_lines(body: Any, levels: dict[str, int]) -> Iterator[Line]:
    """Give the lines with the pages that Word drew, or else those that the writer set."""
    page_break = _RENDERED if next(body.iter(_RENDERED), None) is not None else _BREAK
    page, last = 1, ""
    for node in _blocks(body):
        if node.tag == _TABLE:
            yield from write_table(_cells(node), caption=last, page=page)
            page += sum(_is_page_break(each, page_break) for each in node.iter(page_break))
            continue
        text, before, inside = _read_paragraph(node, page_break)
        page += before
        for last in filter(None, map(clean_line, text.split("\n"))):
            yield Line(last, page, level=_level_of(node, levels))
        page += inside


def _blocks(body: Any) -> Iterator[Any]:
    """Give the paragraphs, those in text boxes after those that hold the boxes, and the tables."""
    walker = etree.iterwalk(body, events=("start",), tag=(_PARAGRAPH, _TABLE, _FALLBACK))
    for _, node in walker:
        if node.tag != _PARAGRAPH:
            walker.skip_subtree()
        if node.tag != _FALLBACK:
            yield node


def _read_paragraph(paragraph: Any, page_break: str) -> tuple[str, int, int]:
    """Return a paragraph's text, line ends kept, and how many pages begin before and inside its text."""
    pieces: list[str] = []
    before = inside = 0
    walker = etree.iterwalk(paragraph, events=("start",))
    for _, node in walker:
        if node.tag in {_BOX, _FALLBACK}:
            walker.skip_subtree()
        elif _is_page_break(node, page_break):
            before, inside = (before, inside + 1) if pieces else (before + 1, inside)
        elif node.tag in _WRITTEN:
            pieces.append(_WRITTEN[node.tag] or node.text or "")
    return "".join(pieces), before, inside


def _is_page_break(node: Any, page_break: str) -> bool:
    return node.tag == page_break and (page_break == _RENDERED or node.get(qn("w:type")) == "page")


def _level_of(paragraph: Any, levels: dict[str, int]) -> int:
    """Return the rank of a heading, by its own properties or by its style; 0 for text."""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    named = levels.get(style.get(qn("w:val"), ""), 0) if style is not None else 0
    return min(_outline_level(paragraph), LOWEST_LEVEL) or named


def _cells(table: Any) -> list[list[str]]:
    """Return the cells of a table; one over several columns is followed by empty ones."""
    return [list(_row_cells(row)) for row in islice(table.iter(_ROW), MOST_ROWS)]


def _row_cells(row: Any) -> Iterator[str]:
    for cell in islice(row.iter(_CELL), MOST_COLUMNS):
        yield "\n".join(_read_paragraph(node, "")[0] for node in cell.iter(_PARAGRAPH))
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        width = span.get(qn("w:val"), "") if span is not None else ""
        yield from repeat(
            "", min(int(width), MOST_COLUMNS) - 1 if width.isdecimal() and len(width) < 4 else 0
        )
