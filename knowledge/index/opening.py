"""Opening an index: nothing is used before its pointer, manifest and every file agree."""

from __future__ import annotations

import hashlib
import shlex
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.errors import IndexUnusableError
from knowledge.index.catalog import CATALOG_FILES, Catalog
from knowledge.index.dictionaries import DICTIONARY_FILE, READINGS_FILE, load_analyzer, make_analyzer
from knowledge.index.engine import TextIndex
from knowledge.index.layout import Pointer, read_pointer
from knowledge.index.manifest import MANIFEST_FILE, Manifest, ManifestError, read_manifest, verify_files
from knowledge.search.analysis import Analyzer
from knowledge.segment import segmenter_version

TEXT_INDEXES = ("articles", "metrics", "words")
LARGE = 50_000_000
"""Bytes that take longer to verify than the dictionaries to load."""
NEEDED_FILES = frozenset(
    {*CATALOG_FILES, READINGS_FILE, DICTIONARY_FILE, *(f"{name}/meta.json" for name in TEXT_INDEXES)}
)


@dataclass(frozen=True, slots=True)
class OpenedIndex:
    """A verified version, opened for reading; it stays readable when its folder is removed.

    `dictionary` are words that the segmenter was taught, one a line; `readings` is how characters sound;
    `loaded` is the analyzer made of them, where it is loaded already.
    """

    manifest: Manifest
    catalog: Catalog
    articles: TextIndex
    metrics: TextIndex
    words: TextIndex
    dictionary: str
    readings: str
    loaded: Analyzer | None = None

    def analyzer(self) -> Analyzer:
        """Return the analyzer that the index was built with; its dictionaries take 0.1 s to load."""
        return self.loaded or make_analyzer(self.manifest.segmenter, self.dictionary, self.readings)

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
    version, manifest, _ = _verified(folder)
    return version, manifest


def _verified(folder: Path) -> tuple[Path, Manifest, Analyzer | None]:
    """Return also the analyzer, loaded meanwhile, where the files are so large that there is time for it."""
    pointer = _pointer(folder)
    version = folder / pointer.version
    try:
        _check_manifest_hash(version, pointer.manifest_sha256)
        manifest = read_manifest(version)
        _check_needed(manifest)
        _check_segmenter(manifest)
        with ThreadPoolExecutor(1) as beside:
            verified = beside.submit(verify_files, version, manifest)
            analyzer = _load_analyzer(version, manifest) if manifest.size > LARGE else None
            verified.result()
    except ManifestError as error:
        raise _unusable(folder, str(error)) from None
    return version, manifest, analyzer


def _load_analyzer(version: Path, manifest: Manifest) -> Analyzer:
    needed = tuple(record for record in manifest.files if record.path in {DICTIONARY_FILE, READINGS_FILE})
    verify_files(version, replace(manifest, files=needed))
    return load_analyzer(version, manifest.segmenter)


def open_index(folder: Path) -> OpenedIndex:
    """Verify and open the current version. Raises IndexUnusableError."""
    version, manifest, analyzer = _verified(folder)
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
                loaded=analyzer,
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
