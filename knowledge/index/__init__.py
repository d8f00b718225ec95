"""The index: one folder of verified versions, built offline and replaced whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.index.build import BuildSummary, build_index
from knowledge.index.filling import Progress
from knowledge.index.layout import index_signature

if TYPE_CHECKING:
    from knowledge.library import Library

__all__ = ["BuildSummary", "Progress", "build_index", "index_signature", "open_library"]


def open_library(path: Path) -> Library:
    """Verify and open the index in a folder. Raises IndexUnusableError with the command that repairs it."""
    from knowledge.index.opening import open_index
    from knowledge.library import Library  # the library stands on this package

    return Library(open_index(path))
