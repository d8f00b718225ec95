"""The tables of words that widen queries and name topics: the shipped ones, and an admin's own over them.

    aliases.toml    [[group]] names = ["甲", "乙"]     [[nickname]] of = "名称"  names = ["昵称"]
    glossary.toml   [words] "english" = ["中文"]
    topics.toml     [[topic]] name = "主题"  english = "topic"  aliases = ["别名"]

The forms are explained at the top of each shipped table and in docs/words.md.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import WordsError
from knowledge.model import Topic

DATA = Path(__file__).parents[1] / "data"
FILES = ("aliases.toml", "glossary.toml", "topics.toml")
LARGEST_FILE = 2_000_000
LONGEST_NAME = 64
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wordlists:
    """The tables.

    A group is names of the same thing; a nickname is a name with its nicknames; the glossary has Chinese
    words by English ones.
    """

    groups: tuple[Group, ...]
    nicknames: tuple[tuple[str, Group], ...]
    glossary: Mapping[str, Group]
    topics: tuple[Topic, ...]


def load_wordlists(own: Path | None = None) -> Wordlists:
    """Read the shipped tables, and over them those in the folder `own`.

    Raises WordsError with the file and the entry that is wrong.
    """
    shipped = _read_folder(DATA)
    if own is None:
        return shipped
    if not own.is_dir():
        raise WordsError(str(own), "is no folder")
    more = _read_folder(own)
    named = {topic.name: topic for topic in (*shipped.topics, *more.topics)}
    return Wordlists(
        (*shipped.groups, *more.groups),
        (*shipped.nicknames, *more.nicknames),
        {**shipped.glossary, **more.glossary},
        tuple(named.values()),
    )


def hash_wordlists(own: Path | None) -> str:
    """Return the hash of an admin's own tables, "" for none."""
    paths = [own / name for name in FILES if (own / name).is_file()] if own else []
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest() if paths else ""


def _read_folder(folder: Path) -> Wordlists:
    aliases, glossary, topics = (_read(folder / name) for name in FILES)
    return Wordlists(
        tuple(_names(entry, "names", least=2) for entry in aliases.rows("group", {"names"})),
        tuple(
            (_text(entry, "of"), _names(entry, "names"))
            for entry in aliases.rows("nickname", {"of", "names"})
        ),
        {entry.key: _names(entry, entry.key) for entry in glossary.words()},
        tuple(_topic(entry) for entry in topics.rows("topic", {"name", "english", "aliases"})),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of a file, and how it is called in a complaint; `key` is its name in a table of words."""

    place: str
    values: Mapping[str, Any]
    key: str = ""

    def refuse(self, reason: str) -> WordsError:
        return WordsError(self.place, reason)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    content: Mapping[str, Any]

    def rows(self, table: str, known: set[str]) -> Iterator[_Entry]:
        """Yield the entries of `[[table]]`. Raises WordsError for one that has other keys than the known."""
        rows = self.content.get(table, [])
        for number, values in enumerate(rows if isinstance(rows, list) else [rows], 1):
            entry = _Entry(f"{self.path}: [[{table}]] {number}", values if isinstance(values, dict) else {})
            if not isinstance(values, dict) or not set(values) <= known:
                raise entry.refuse(f"has keys other than {', '.join(sorted(known))}")
            yield entry

    def words(self) -> Iterator[_Entry]:
        words = self.content.get("words", {})
        if not isinstance(words, dict):
            raise WordsError(f"{self.path}: [words]", "is no table")
        for key in words:
            yield _Entry(f"{self.path}: {key!r}", words, key)


def _read(path: Path) -> _File:
    """Return what is in a table, nothing where there is no such file."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise WordsError(str(path), f"has more than {LARGEST_FILE:,} bytes")
        return _File(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return _File(path, {})
    except UnicodeDecodeError:
        raise WordsError(str(path), "is not UTF-8 text") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise WordsError(str(path), f"is no TOML: {error}") from None


def _topic(entry: _Entry) -> Topic:
    english = _text(entry, "english") if "english" in entry.values else ""
    aliases = _names(entry, "aliases", least=0) if "aliases" in entry.values else ()
    return Topic(_text(entry, "name"), english, aliases)


def _text(entry: _Entry, key: str) -> str:
    value = entry.values.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_NAME:
        raise entry.refuse(f"{key} must be a text of 1 to {LONGEST_NAME} characters")
    return value


def _names(entry: _Entry, key: str, *, least: int = 1) -> Group:
    values = entry.values.get(key)
    if not isinstance(values, list) or len(values) < least or not all(map(_is_name, values)):
        raise entry.refuse(f"{key} must be a list of {least} or more texts of 1 to {LONGEST_NAME} characters")
    return tuple(values)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST_NAME
