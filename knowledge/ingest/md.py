"""Markdown: `#` marks headings; emphasis, links and pictures are written out as their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from knowledge.ingest.dates import find_date
from knowledge.ingest.decode import clean_line, read_text
from knowledge.ingest.document import Document, Line, SourceFile
from knowledge.ingest.tables import write_table

_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\*)\*(?!\*)|`)(?=\S)([^*_`]+)(?<=\S)\1")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}|`{3,}\w*")
_QUOTE = re.compile(r"(?:>\s*)+")
_TABLE_RULE = re.compile(r"[\s|:-]+")
_FIELD = re.compile(r"(title|date|published)\s*:\s*[\"']?(.*?)[\"']?\s*", re.IGNORECASE)


def read(file: SourceFile) -> Document:
    """Return the lines of a Markdown file, its headings marked. Raises SourceError where it is no text."""
    front, body = _cut_front_matter(read_text(file).splitlines())
    fields = {match[1].lower(): match[2] for raw in front if (match := _FIELD.fullmatch(raw.strip()))}
    lines = tuple(_read_lines(body))
    stated = fields.get("date") or fields.get("published") or ""
    return Document(lines, clean_line(fields.get("title", "")), find_date(stated))


def _cut_front_matter(raw: list[str]) -> tuple[list[str], list[str]]:
    """Return the block between two lines of `---` that may open a file, and the rest."""
    if raw and raw[0].strip() == "---" and "---" in raw[1:]:
        end = raw.index("---", 1)
        return raw[1:end], raw[end + 1 :]
    return [], raw


def _read_lines(body: list[str]) -> Iterator[Line]:
    last = ""
    for is_table, run in groupby(body, key=lambda raw: raw.lstrip().startswith("|")):
        if is_table:
            yield from write_table(
                [_cells(raw) for raw in run if not _TABLE_RULE.fullmatch(raw)], caption=last
            )
            continue
        for line in map(_read_line, run):
            last = line.text or last
            if line.text:
                yield line


def _cells(raw: str) -> list[str]:
    return [_write_out(cell) for cell in raw.strip().strip("|").split("|")]


def _read_line(raw: str) -> Line:
    text = clean_line(raw)
    if _RULE.fullmatch(text):
        return Line("")
    text = _QUOTE.sub("", text, count=1) if text.startswith(">") else text
    heading = _HEADING.fullmatch(text)
    level = len(heading[1]) if heading else 0
    return Line(_write_out(heading[2] if heading else text), level=level)


def _write_out(text: str) -> str:
    text = _LINK.sub(r"\1", _PICTURE.sub("", text))
    return clean_line(_EMPHASIS.sub(r"\2", text))
