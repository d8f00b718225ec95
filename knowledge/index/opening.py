"""Opening an index: nothing is used before its pointer, manifest and every file agree."""

from __future__ import annotations

import hashlib
import shlex
import sqlite3
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexUnusableError
from knowledge.index.catalog import CATALOG_FILE, Catalog
from knowledge.index.engine import TextIndex
from knowledge.index.layout import Pointer, read_pointer
from knowledge.index.manifest import MANIFEST_FILE, Manifest, ManifestError, read_manifest, verify_files
from knowledge.pinyin import load_readings
from knowledge.search.analysis import Analyzer
from knowledge.segment import make_segmenter, segmenter_version

READINGS_FILE = "readings.txt"
DICTIONARY_FILE = "dictionary.txt"
TEXT_INDEXES = ("articles", "metrics", "words")
NEEDED_FILES = frozenset(
    {CATALOG_FILE, READINGS_FILE, DICTIONARY_FILE, *(f"{name}/meta.json" for name in TEXT_INDEXES)}
)


@dataclass(frozen=True, slots=True)
class OpenedIndex:
    """A verified version, opened for reading; it stays readable when its folder is removed.

    `dictionary` are words that the segmenter was taught, one a line; `readings` is how characters sound.
    """

    manifest: Manifest
    catalog: Catalog
    articles: TextIndex
    metrics: TextIndex
    words: TextIndex
    dictionary: str
    readings: str

    def analyzer(self) -> Analyzer:
        """Return the analyzer that the index was built with; its dictionaries take 0.2 s to load."""
        segmenter = make_segmenter(self.manifest.segmenter, self.dictionary.split())
        return Analyzer(segmenter, load_readings(self.readings))

    def close(self) -> None:
        """Let go of the catalog; the text indexes go with their last user."""
        self.catalog.close()


def repair_command(folder: Path) -> str:
    """Return the command line that makes a good index in the folder."""
    return f"hangxun build SOURCE... --out {shlex.quote(str(folder.resolve()))}"


def verified_version(folder: Path) -> tuple[Path, Manifest]:
    """Return the current version of an index folder and its manifest, every file checked.

    Raises IndexUnusableError.
    """
    pointer = _pointer(folder)
    version = folder / pointer.version
    try:
        _check_manifest_hash(version, pointer.manifest_sha256)
        manifest = read_manifest(version)
        _check_needed(manifest)
        verify_files(version, manifest)
        _check_segmenter(manifest)
    except ManifestError as error:
        raise _unusable(folder, str(error)) from None
    return version, manifest


def open_index(folder: Path) -> OpenedIndex:
    """Verify and open the current version. Raises IndexUnusableError."""
    version, manifest = verified_version(folder)
    with ExitStack() as opened:
        try:
            catalog = opened.enter_context(closing(Catalog(version)))
            _check_counts(catalog, manifest)
            index = OpenedIndex(
                manifest,
                catalog,
                articles=TextIndex(version / "articles"),
                metrics=TextIndex(version / "metrics"),
                words=TextIndex(version / "words"),
                dictionary=(version / DICTIONARY_FILE).read_text(encoding="utf-8"),
                readings=(version / READINGS_FILE).read_text(encoding="utf-8"),
            )
        except (OSError, ValueError, sqlite3.Error, ManifestError) as error:
            raise _unusable(folder, str(error)) from None
        opened.pop_all()
    return index


def _pointer(folder: Path) -> Pointer:
    try:
        return read_pointer(folder)
    except FileNotFoundError:
        raise IndexUnusableError(f"no index in {folder}", repair_command(folder)) from None
    except (OSError, ValueError):
        raise _unusable(folder, "its pointer is damaged") from None


def _check_manifest_hash(version: Path, expected: str) -> None:
    with suppress(OSError):  # read_manifest says what is wrong with the file
        if hashlib.sha256((version / MANIFEST_FILE).read_bytes()).hexdigest() != expected:
            read_manifest(version)  # a newer schema is a better reason than an altered file
            raise ManifestError("its manifest was altered")


def _check_needed(manifest: Manifest) -> None:
    if missing := NEEDED_FILES - {record.path for record in manifest.files}:
        raise ManifestError(f"its manifest does not name {min(missing)}")


def _check_segmenter(manifest: Manifest) -> None:
    installed = segmenter_version(manifest.segmenter)
    if installed is None:
        raise ManifestError(f"it needs the segmenter {manifest.segmenter}, which is not installed")
    if installed != manifest.segmenter_version:
        raise ManifestError(
            f"it was cut by {manifest.segmenter} {manifest.segmenter_version}, installed is {installed}"
        )


def _check_counts(catalog: Catalog, manifest: Manifest) -> None:
    counts = catalog.counts()
    if (counts.issues, counts.articles, counts.metrics) != (
        manifest.issues,
        manifest.articles,
        manifest.metrics,
    ):
        raise ManifestError("its counts do not agree with its manifest")


def _unusable(folder: Path, reason: str) -> IndexUnusableError:
    return IndexUnusableError(f"the index in {folder} cannot be used: {reason}", repair_command(folder))
