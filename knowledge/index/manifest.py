"""The manifest of a version: what it was made of and what its files must be. It is written last.

An index is untrusted input: nothing is used before its size and hash agree with the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from itertools import repeat
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

MANIFEST_FILE = "manifest.json"
SCHEMA_VERSION = 4
LARGEST_MANIFEST = 10_000_000
HASHING_THREADS = 2
WHOLE = slice(None)
PART_BYTES = 1 << 25
"""Of a larger file each part of so many bytes is hashed as well: threads verify parts side by side."""
SMALL = 1 << 16
"""A file of so many bytes is read in less time than it takes to map it."""


class ManifestError(ValueError):
    """Why a version cannot be used, in one clause."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a version, by its path inside; `parts` are the hashes of the parts of a large one."""

    path: str
    size: int
    sha256: str
    parts: tuple[str, ...] = ()

    def pieces(self) -> Iterator[_Piece]:
        """Return what is hashed in one go: each part, else the whole file. Raises ManifestError."""
        if not self.parts:
            yield _Piece(self.path, WHOLE, self.sha256)
        elif len(self.parts) != len(_parts_of(self.size)):
            raise ManifestError("its manifest is damaged")
        yield from map(_Piece, repeat(self.path), _parts_of(self.size), self.parts)


class _Piece(NamedTuple):
    """A file of a version, or a part of it, and its hash."""

    path: str
    part: slice
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a version says of itself. `rules` is the hash of the tables and code that made it.

    `words` is that of an admin's own tables of words, "" where there were none.
    """

    schema: int
    built_at: str
    content_sha256: str
    rules: str
    segmenter: str
    segmenter_version: str
    issues: int
    articles: int
    metrics: int
    files: tuple[FileRecord, ...]
    words: str = ""

    @property
    def size(self) -> int:
        """How many bytes the version has."""
        return sum(record.size for record in self.files)

    @property
    def built(self) -> datetime:
        """When the version was built."""
        return datetime.fromisoformat(self.built_at)


def record_files(folder: Path) -> tuple[FileRecord, ...]:
    """Return a record of each file in the folder, by path."""
    paths = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST_FILE and path.suffix != ".lock"
    )
    return tuple(_record(path, path.relative_to(folder).as_posix()) for path in paths)


def _record(path: Path, name: str) -> FileRecord:
    size = path.stat().st_size
    parts = _parts_of(size) if size > PART_BYTES else ()
    return FileRecord(name, size, file_hash(path), tuple(file_hash(path, part) for part in parts))


def _parts_of(size: int) -> tuple[slice, ...]:
    return tuple(slice(start, start + PART_BYTES) for start in range(0, size, PART_BYTES))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into its version."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
    (folder / MANIFEST_FILE).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a version. Raises ManifestError for a missing, damaged or newer one."""
    path = folder / MANIFEST_FILE
    try:
        if path.stat().st_size > LARGEST_MANIFEST:
            raise ManifestError("its manifest is damaged")
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ManifestError("its manifest is missing") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ManifestError("its manifest is damaged") from None
    return _parse(values)


def _parse(values: object) -> Manifest:
    schema = values.get("schema") if isinstance(values, dict) else None
    if not isinstance(values, dict) or not isinstance(schema, int):
        raise ManifestError("its manifest is damaged")
    if schema != SCHEMA_VERSION:
        age = "a newer" if schema > SCHEMA_VERSION else "an older"
        raise ManifestError(
            f"it was written by {age} version (schema {schema}, this one reads {SCHEMA_VERSION})"
        )
    try:
        files = tuple(
            FileRecord(f["path"], int(f["size"]), f["sha256"], tuple(f.get("parts", ())))
            for f in values.pop("files")
        )
        manifest = Manifest(files=files, **values)
        manifest.built  # noqa: B018 -- a date that cannot be read is damage too
    except (TypeError, KeyError, ValueError):
        raise ManifestError("its manifest is damaged") from None
    return manifest


def verify_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its record. Raises ManifestError on the first that differs."""
    if not manifest.files:
        raise ManifestError("its manifest is damaged")
    for record in manifest.files:
        _check_size(folder / record.path, record)
    largest_first = sorted(manifest.files, key=lambda record: -record.size)
    pieces = [piece for record in largest_first for piece in record.pieces()]
    with ThreadPoolExecutor(HASHING_THREADS) as threads:
        hashes = threads.map(lambda piece: file_hash(folder / piece.path, piece.part), pieces)
        for piece, found in zip(pieces, hashes, strict=True):
            if found != piece.sha256:
                raise ManifestError(f"its file {piece.path} was altered")


def _check_size(path: Path, record: FileRecord) -> None:
    try:
        size = path.stat().st_size
    except OSError:
        raise ManifestError(f"its file {record.path} is missing") from None
    if size != record.size:
        raise ManifestError(f"its file {record.path} has {size} bytes instead of {record.size}")


def file_hash(path: Path, part: slice = WHOLE) -> str:
    """Return the sha256 of a file, or of a part of it.

    It is hashed as one piece: other threads run meanwhile, and nothing is copied.
    """
    with path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size <= SMALL:
            return hashlib.sha256(file.read()[part]).hexdigest()
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content, memoryview(content) as whole:
            return hashlib.sha256(whole[part]).hexdigest()


@cache
def rules_hash() -> str:
    """Return the hash of the code and tables that read documents: an index made by others is made anew."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in {".py", ".toml"}):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
