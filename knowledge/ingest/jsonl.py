"""Rows of JSON, an article a line: {"id", "title", "text"} and, where known, section, issue, published, url.

The file is read twice, first to check every row and learn its issues, then to give the articles: a bad row is
refused before anything is built, and no more than one row is held in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial

from knowledge.errors import SourceError
from knowledge.ingest.dates import find_date
from knowledge.ingest.decode import clean_line, detect_encoding, explain_os_error, explain_undecodable
from knowledge.ingest.document import Feed, Item, SourceFile

LONGEST_ROW = 4 * 2**20
LONGEST_ID = 200
LONGEST_NAME = 1000
SNIFFED = 64 * 2**10


class _RowError(ValueError):
    """A row that is not an article; its text is one clause that says why."""


def read(file: SourceFile) -> Feed:
    """Return the rows and the newest date of each of their issues. Raises SourceError for a bad row."""
    newest: dict[str, date | None] = {}
    for item in _read_items(file):
        dates = (newest.get(item.issue), item.published)
        newest[item.issue] = max((day for day in dates if day), default=None)
    if not newest:
        raise SourceError(file.name, "it holds no rows")
    return Feed(newest, _read_items(file))


def _read_items(file: SourceFile) -> Iterator[Item]:
    number = 0
    try:
        with file.path.open(encoding=_find_encoding(file), newline="\n") as stream:
            for row in iter(partial(stream.readline, LONGEST_ROW + 1), ""):
                number += 1
                if not row.isspace():
                    yield _read_item(row)
    except _RowError as error:
        raise SourceError(file.name, f"line {number}: {error}") from error
    except UnicodeDecodeError as error:
        # The stream decodes ahead: the lines between the last row and the bad byte are in the error.
        number += 1 + error.object[: error.start].count(b"\n")
        raise SourceError(file.name, f"line {number}: it is not valid {error.encoding}") from error
    except OSError as error:
        raise SourceError(file.name, explain_os_error(error)) from error


def _find_encoding(file: SourceFile) -> str:
    with file.path.open("rb") as stream:
        head = stream.read(SNIFFED)
    encoding = detect_encoding(head, whole=len(head) < SNIFFED)
    if encoding is None:
        raise SourceError(file.name, explain_undecodable(head))
    return encoding


def _read_item(row: str) -> Item:
    if len(row) > LONGEST_ROW:
        raise _RowError(f"it is longer than {LONGEST_ROW // 2**20} million characters")
    fields = _read_object(row)
    item = Item(
        id=_read_id(fields.get("id")),
        title=_read_name(fields, "title"),
        text=_read_text(fields, "text"),
        section=_read_name(fields, "section"),
        issue=_read_name(fields, "issue"),
        published=_read_date(_read_text(fields, "published")),
        url=_read_url(_read_text(fields, "url")),
    )
    if "text" not in fields:
        raise _RowError('it has no "text"')
    if not (item.title or item.text.strip()):
        raise _RowError("its title and its text are empty")
    return item


def _read_object(row: str) -> Mapping[str, object]:
    try:
        fields = json.loads(row)
    except (ValueError, RecursionError) as error:
        raise _RowError("it is not JSON") from error
    if not isinstance(fields, dict):
        raise _RowError("it is not a JSON object")
    return fields


def _read_id(value: object) -> str:
    text = clean_line(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text:
        raise _RowError('it has no "id"')
    if len(text) > LONGEST_ID:
        raise _RowError(f'its "id" is longer than {LONGEST_ID} characters')
    return text


def _read_text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _RowError(f'its "{key}" is not a text')
    return value


def _read_name(fields: Mapping[str, object], key: str) -> str:
    text = _read_text(fields, key)
    if len(text) > LONGEST_NAME:
        raise _RowError(f'its "{key}" is longer than {LONGEST_NAME} characters')
    return clean_line(text) if text else ""


def _read_date(text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        if day := find_date(text):
            return day
    raise _RowError('its "published" is not a date such as 2021-12-22')


def _read_url(text: str) -> str | None:
    if text and not text.startswith(("https://", "http://")):
        raise _RowError('its "url" does not begin with http:// or https://')
    return text or None
