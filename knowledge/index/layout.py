"""The index folder: versions side by side, a pointer to the current one, one builder at a time.

index/current          the current version and its manifest's hash; replaced in one step
index/version-000007/  manifest.json, library.sqlite, *.records, articles/, metrics/, words/, readings.txt
index/version-000006/  the version before, kept for those who still read it
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.index.manifest import MANIFEST_FILE, file_hash

POINTER_FILE = "current"
LOCK_FILE = ".build.lock"
STAGING_PREFIX = ".building-"
SYNCING_THREADS = 8
"""The disk writes down what several wait for in the time that it takes for one."""
_VERSION = re.compile(r"version-[0-9]{6,12}")
_POINTER = re.compile(rf"({_VERSION.pattern}) ([0-9a-f]{{64}})\n")


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which version is current, and the sha256 of its manifest."""

    version: str
    manifest_sha256: str


def index_signature(folder: Path) -> str | None:
    """Return what changes whenever an index is published in the folder, None where there is none."""
    try:
        return (folder / POINTER_FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None


def read_pointer(folder: Path) -> Pointer:
    """Return what the pointer file says. Raises OSError where there is none, ValueError for a damaged one."""
    text = (folder / POINTER_FILE).read_text(encoding="utf-8")
    match = _POINTER.fullmatch(text)
    if not match:
        raise ValueError(f"not a pointer: {text[:40]!r}")
    return Pointer(match[1], match[2])


@contextmanager
def building(folder: Path) -> Iterator[Path]:
    """Hold the folder for one builder and give it a staging folder, removed at the end if still there.

    Raises KnowledgeError while another builder holds it, OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK_FILE).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise KnowledgeError(f"another build is writing {folder}; try again when it is done") from None
        for abandoned in folder.glob(f"{STAGING_PREFIX}*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(prefix=STAGING_PREFIX, dir=folder))
        try:
            yield staging
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def publish(folder: Path, staging: Path) -> str:
    """Make the staged version the current one, beside the one before; return its name."""
    name = f"version-{_last_number(folder) + 1:06d}"
    staging.chmod(0o755)
    with ThreadPoolExecutor(SYNCING_THREADS) as threads:
        list(threads.map(_sync, (staging, *staging.rglob("*"))))
        staging.rename(folder / name)
        point_to(folder, Pointer(name, file_hash(folder / name / MANIFEST_FILE)))
    return name


def remove_older(folder: Path) -> None:
    """Remove all versions but the current one, which stays for those who read it when the next is published.

    Nothing is removed where the pointer does not tell which one that is.
    """
    current = _current_version(folder)
    for version in _versions(folder):
        if current and version.name != current:
            shutil.rmtree(version, ignore_errors=True)


def point_to(folder: Path, pointer: Pointer) -> None:
    """Make a version the current one, in one step."""
    new = folder / f"{POINTER_FILE}.new"
    new.write_text(f"{pointer.version} {pointer.manifest_sha256}\n", encoding="utf-8")
    _sync(new)
    new.replace(folder / POINTER_FILE)
    _sync(folder)


def _current_version(folder: Path) -> str | None:
    try:
        return read_pointer(folder).version
    except (OSError, ValueError):
        return None


def _versions(folder: Path) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if _VERSION.fullmatch(entry.name))


def _last_number(folder: Path) -> int:
    return max((int(version.name.removeprefix("version-")) for version in _versions(folder)), default=0)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
