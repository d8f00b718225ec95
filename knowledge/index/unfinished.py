"""What an interrupted build had read, kept for the next one."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from knowledge.index.catalog import CATALOG_FILE, CATALOG_FILES, Catalog
from knowledge.index.manifest import rules_hash

PREFIX = ".unfinished-"


def keep_unfinished(folder: Path, staging: Path, words: str) -> None:
    """Keep the sources that are complete in a staged catalog; `words` is the hash of the tables of words."""
    forget_unfinished(folder)
    kept = _place(folder, words)
    kept.mkdir()
    for name in CATALOG_FILES:
        (staging / name).rename(kept / name)


@contextmanager
def open_unfinished(folder: Path, words: str) -> Iterator[Catalog | None]:
    """Give what an interrupted build by the same rules had read, None where there is nothing."""
    kept = _place(folder, words)
    if not (kept / CATALOG_FILE).exists():
        yield None
        return
    with closing(Catalog(kept)) as catalog:
        yield catalog


def forget_unfinished(folder: Path) -> None:
    """Remove what was kept, also that of other rules."""
    for kept in folder.glob(f"{PREFIX}*"):
        shutil.rmtree(kept, ignore_errors=True)


def _place(folder: Path, words: str) -> Path:
    made_by = hashlib.sha256(f"{rules_hash()} {words}".encode()).hexdigest()
    return folder / f"{PREFIX}{made_by[:16]}"
