"""ZIP archives of documents: each file inside is read by its own format; a bad one costs only itself."""

from __future__ import annotations

from pathlib import Path

from knowledge.errors import SourceError
from knowledge.ingest.archive import Archive
from knowledge.ingest.decode import read_bytes
from knowledge.ingest.document import Bundle, Document, Feed, SourceFile
from knowledge.ingest.formats import find_format, is_source, read_file

MOST_NOTES = 20


def read(file: SourceFile) -> Bundle:
    """Return what is inside. Raises SourceError for a bad archive, or one without a single good file."""
    archive = Archive(read_bytes(file), file.name)
    members: dict[str, Document | Feed] = {}
    notes: list[str] = []
    for path in filter(_is_wanted, archive.names):
        member = SourceFile(Path(path), path, archive.read(path))
        try:
            found = find_format(member)
            made = read_file(member) if found != "folder" else None
        except SourceError as error:
            notes.append(str(error))
            continue
        if not isinstance(made, Document | Feed):
            raise SourceError(file.name, "it holds another archive")
        members[path] = made
    if not members:
        raise SourceError(
            file.name, f"nothing in it can be read; {notes[0]}" if notes else "it holds no documents"
        )
    return Bundle(members, tuple(notes[:MOST_NOTES]))


def _is_wanted(path: str) -> bool:
    """Tell whether a member is a document, and none of what systems put beside documents."""
    return is_source(path) and not path.startswith("__MACOSX/")
