"""HTML and XML from strangers: parsed without entities, document types or network, and read as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, repeat
from typing import Any

from lxml import etree
from lxml import html as lxml_html
from lxml.html import defs

from knowledge.errors import SourceError
from knowledge.ingest.decode import clean_line
from knowledge.ingest.document import Line
from knowledge.ingest.tables import LONGEST_CELL, MOST_ROWS, write_table

MOST_COLUMNS = 100

_OWN_TYPE = re.compile(rb"<!entity|<!doctype[^>\[]{0,2000}\[", re.IGNORECASE)
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "math", "form", "nav"}
)
_INLINE = (defs.phrase_tags | defs.font_style_tags | defs.special_inline_tags | {"mark", "ruby", "time"}) - {
    "br"
}
_HEADINGS = {f"h{rank}": rank for rank in range(1, 7)}


def parse_html(text: str, name: str) -> Any:
    """Return the root element of a page. Raises SourceError where it holds nothing."""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(name, "it holds no text") from error


def parse_xml(data: bytes, name: str) -> Any:
    """Return the root element of an XML file. Raises SourceError where it is broken or defines entities."""
    if defines_entities(data):
        raise SourceError(name, "it defines entities, which no document needs")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise SourceError(name, "it is broken XML") from error


def defines_entities(data: bytes) -> bool:
    """Tell whether an XML file brings a document type of its own, in whatever encoding."""
    return _OWN_TYPE.search(data.replace(b"\0", b"")) is not None


def read_lines(root: Any) -> list[Line]:
    """Return the text of a page as lines: headings, paragraphs, a sentence for each row of a table."""
    lines: list[Line] = []
    pieces: list[str] = []

    def end_line(level: int = 0) -> None:
        lines.extend(
            Line(text, level=level) for raw in "".join(pieces).split("\n") if (text := clean_line(raw))
        )
        pieces.clear()

    walker = etree.iterwalk(root, events=("start", "end"))
    for event, node in walker:
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag not in _INLINE:
            end_line(_HEADINGS.get(tag, 0) if event == "end" else 0)
        if event == "end":
            pieces.append(_plain(node.tail))
        elif tag in _SKIPPED:
            walker.skip_subtree()
        elif tag == "table" and (cells := _cells(node)):
            lines += write_table(cells, caption="\n".join(line.text for line in lines[-2:]))
            walker.skip_subtree()
        else:
            pieces.append(_plain(node.text))
    end_line()
    return lines


def _plain(text: str | None) -> str:
    """Return text without the line ends of its source, which mean nothing."""
    return " ".join((text or "").split("\n"))


def _cells(table: Any) -> list[list[str]]:
    """Return the cells of a table of data, nothing for one that only arranges a page."""
    rows = [list(_row_cells(row)) for row in islice(table.iter("tr", "row"), MOST_ROWS)]
    cells = [cell for row in rows for cell in row]
    nested = next(table.iterdescendants("table"), None) is not None
    data = len(rows) > 1 and max(map(len, rows)) > 1 and all(len(cell) <= LONGEST_CELL for cell in cells)
    return rows if data and not nested else []


def _row_cells(row: Any) -> Iterator[str]:
    for cell in islice(row.iterchildren("td", "th", "cell"), MOST_COLUMNS):
        yield clean_line("".join(cell.itertext()))
        span = cell.get("colspan") or ""
        yield from repeat("", min(int(span), MOST_COLUMNS) - 1 if span.isdecimal() and len(span) < 4 else 0)
