"""Rows of JSON, an article a line: {"id", "title", "text"} and, where known, section, issue, published, url.

The file is read twice, first to check every row and learn its issues, then to give the articles: no more than
one row is held in memory. A bad row costs only itself, and a note says why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from io import TextIOWrapper
from typing import TextIO

from knowledge.errors import SourceError
from knowledge.ingest.dates import find_date
from knowledge.ingest.decode import clean_line, detect_encoding, explain_os_error, explain_undecodable
from knowledge.ingest.document import Feed, Item, SourceFile

LONGEST_ROW = 4 * 2**20
LONGEST_ID = 200
LONGEST_NAME = 1000
SNIFFED = 64 * 2**10
MOST_NOTES = 10

_ESCAPED = re.compile("[\udc80-\udcff]")


class _RowError(ValueError):
    """A row that is not an article; its text is one clause that says why."""


def read(file: SourceFile) -> Feed:
    """Return the rows and the newest date of each of their issues. Raises SourceError without a good row."""
    newest: dict[str, date | None] = {}
    bad: list[str] = []
    for number, row in _read_rows(file):
        if isinstance(row, _RowError):
            bad.append(f"line {number}: {row}")
            continue
        dates = (newest.get(row.issue), row.published)
        newest[row.issue] = max((day for day in dates if day), default=None)
    if not newest:
        raise SourceError(file.name, bad[0] if bad else "it holds no rows")
    return Feed(newest, (row for _, row in _read_rows(file) if isinstance(row, Item)), tuple(_notes(bad)))


def _notes(bad: Sequence[str]) -> Iterator[str]:
    yield from (f"left out {note}" for note in bad[:MOST_NOTES])
    if len(bad) > MOST_NOTES:
        yield f"left out {len(bad) - MOST_NOTES} more bad lines"


def _read_rows(file: SourceFile) -> Iterator[tuple[int, Item | _RowError]]:
    """Give each row that is not blank with the number of its line, as an article or what is wrong."""
    encoding = _find_encoding(file)
    # A byte that is no text becomes a lone surrogate, which marks its row as bad and no other.
    errors = "strict" if encoding.startswith("utf-16") else "surrogateescape"
    try:
        with TextIOWrapper(file.open(), encoding, errors, newline="\n") as stream:
            for number, row in enumerate(_lines(stream), 1):
                if not row.isspace():
                    yield number, _try_row(row, encoding)
    except UnicodeDecodeError as error:
        raise SourceError(file.name, f"it is not valid {error.encoding}") from error
    except OSError as error:
        raise SourceError(file.name, explain_os_error(error)) from error


def _lines(stream: TextIO) -> Iterator[str]:
    """Give the lines; of one beyond the limit only the start, a character more than is allowed."""
    for row in iter(partial(stream.readline, LONGEST_ROW + 1), ""):
        yield row
        rest = row
        while len(rest) > LONGEST_ROW and not rest.endswith("\n"):
            rest = stream.readline(LONGEST_ROW + 1)


def _try_row(row: str, encoding: str) -> Item | _RowError:
    try:
        return _read_item(row, encoding)
    except _RowError as error:
        return error.with_traceback(None)


def _find_encoding(file: SourceFile) -> str:
    with file.open() as stream:
        head = stream.read(SNIFFED)
    encoding = detect_encoding(head, whole=len(head) < SNIFFED)
    if encoding is None:
        raise SourceError(file.name, explain_undecodable(head))
    return encoding


def _read_item(row: str, encoding: str) -> Item:
    if len(row) > LONGEST_ROW:
        raise _RowError(f"it is longer than {LONGEST_ROW // 2**20} million characters")
    if _ESCAPED.search(row):
        raise _RowError(f"it is not valid {encoding}")
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
