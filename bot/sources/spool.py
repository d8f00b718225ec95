"""What feeds and pages brought, kept as files that an index is built from: a folder a source, a file a month.

An item keeps its id. One that changed is replaced; where its figures changed, what it said before stays as an
article of its own, so that a figure that was once printed can still be found with its sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = dict[str, str]
Rows: TypeAlias = dict[str, Row]

_FIGURE = re.compile(r"\d[\d,.]*")
_ID_LENGTH = 16
_VERSION = "@"


@dataclass(frozen=True, slots=True)
class Item:
    """What a feed or page said: `key` is the source's own id of it, `published` None where it tells none."""

    key: str
    title: str
    text: str
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Spool:
    """The folder of what was brought."""

    folder: Path

    def merge(self, number: int, name: str, items: Iterable[Item], today: date) -> int:
        """Add the items of source `number`, called `name`; return how many are new or changed.

        An item without a date has that of the day it was first seen. Raises OSError; each file is written
        whole or not at all.
        """
        folder = self.folder_of(number)
        kept = {path.stem: _read(path) for path in sorted(folder.glob("*.jsonl"))}
        months = {key: month for month, rows in kept.items() for key in rows}
        changed: defaultdict[str, int] = defaultdict(int)
        for row in _rows(number, name, items, today):
            month = months.get(row["id"], row["published"][:7])
            changed[month] += _put(kept.setdefault(month, {}), row, today)
        folder.mkdir(parents=True, exist_ok=True)
        for month in filter(changed.__getitem__, changed):
            _write(folder / f"{month}.jsonl", kept[month])
        return sum(changed.values())

    def texts(self, number: int) -> dict[str, str]:
        """Return the texts of a source's items by their ids."""
        files = sorted(self.folder_of(number).glob("*.jsonl"))
        return {key: row["text"] for path in files for key, row in _read(path).items()}

    def drop(self, number: int) -> None:
        """Remove all that a source brought."""
        shutil.rmtree(self.folder_of(number), ignore_errors=True)

    def keep_only(self, numbers: Collection[int]) -> None:
        """Remove what other sources brought than these."""
        wanted = set(map(self.folder_of, numbers))
        for folder in self.folder.glob("source-*"):
            if folder not in wanted:
                shutil.rmtree(folder, ignore_errors=True)

    def folder_of(self, number: int) -> Path:
        """Return the folder of what a source brought."""
        return self.folder / f"source-{number}"


def item_id(number: int, key: str) -> str:
    """Return the id of an item's article, the same for ever."""
    return hashlib.sha256(f"{number}\n{key}".encode()).hexdigest()[:_ID_LENGTH]


def _rows(number: int, name: str, items: Iterable[Item], today: date) -> Iterator[Row]:
    for item in items:
        published = item.published or today
        yield {
            "id": item_id(number, item.key),
            "title": item.title,
            "text": item.text,
            "issue": f"{name} {published:%Y-%m}",
            "published": published.isoformat(),
            **({"url": item.url} if item.url else {}),
        }


def _put(rows: Rows, row: Row, today: date) -> bool:
    """Put a row among those of its month; False where it is there already, word for word."""
    before = rows.get(row["id"])
    if before is not None:
        row = row | {"published": before["published"], "issue": before["issue"]}
        if row == before:
            return False
        if _figures(before) - _figures(row):
            version = f"{row['id']}{_VERSION}{today:%Y%m%d}"
            rows[version] = before | {"id": version}
    rows[row["id"]] = row
    return True


def _figures(row: Mapping[str, str]) -> frozenset[str]:
    return frozenset(_FIGURE.findall(row["text"]))


def _read(path: Path) -> Rows:
    lines = path.read_text(encoding="utf-8").split("\n")
    rows: list[Row] = [json.loads(line) for line in lines if line]
    return {row["id"]: row for row in rows}


def _write(path: Path, rows: Rows) -> None:
    """Replace a file at once: a builder that reads it meanwhile has the old one or the new one."""
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows.values())
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
