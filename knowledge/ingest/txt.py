"""Plain text: a line is a line, a form feed ends a page."""

from __future__ import annotations

from knowledge.ingest.decode import clean_line, read_text
from knowledge.ingest.document import Document, Line, SourceFile

BLANKS = (" ", "\t", "\u3000")


def read(file: SourceFile) -> Document:
    """Return the lines of a plain text file. Raises SourceError where it is no text."""
    pages = read_text(file).split("\f")
    return Document(
        tuple(
            Line(text, number if len(pages) > 1 else None, indented=raw[:1] in BLANKS)
            for number, page in enumerate(pages, 1)
            for raw in page.splitlines()
            if (text := clean_line(raw))
        )
    )
