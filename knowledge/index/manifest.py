"""The manifest of a version: what it was made of and what its files must be. It is written last.

An index is untrusted input: nothing is used before its size and hash agree with the manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path

MANIFEST_FILE = "manifest.json"
SCHEMA_VERSION = 4
LARGEST_MANIFEST = 10_000_000
HASHING_THREADS = 2
LARGE = 1 << 16


class ManifestError(ValueError):
    """Why a version cannot be used, in one clause."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a version, by its path inside."""

    path: str
    size: int
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
    return tuple(
        FileRecord(path.relative_to(folder).as_posix(), path.stat().st_size, file_hash(path))
        for path in paths
    )


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
        files = tuple(FileRecord(f["path"], int(f["size"]), f["sha256"]) for f in values.pop("files"))
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
    with ThreadPoolExecutor(HASHING_THREADS) as threads:
        hashes = threads.map(lambda record: file_hash(folder / record.path), largest_first)
        for record, found in zip(largest_first, hashes, strict=True):
            if found != record.sha256:
                raise ManifestError(f"its file {record.path} was altered")


def _check_size(path: Path, record: FileRecord) -> None:
    try:
        size = path.stat().st_size
    except OSError:
        raise ManifestError(f"its file {record.path} is missing") from None
    if size != record.size:
        raise ManifestError(f"its file {record.path} has {size} bytes instead of {record.size}")


def file_hash(path: Path) -> str:
    """Return the sha256 of a file.

    A large one is hashed as one piece: other threads run meanwhile, and nothing is copied.
    """
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size < LARGE:
            return hashlib.sha256(file.read()).hexdigest()
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            return hashlib.sha256(content).hexdigest()


@cache
def rules_hash() -> str:
    """Return the hash of the code and tables that read documents: an index made by others is made anew."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in {".py", ".toml"}):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
