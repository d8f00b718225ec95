"""The index: one folder of verified versions, built offline and replaced whole.

What builds it is imported from `knowledge.index.build`: whoever asks an index does not load that.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.index.layout import index_signature

if TYPE_CHECKING:
    from knowledge.library import Library

__all__ = ["index_signature", "open_library"]


def open_library(path: Path, words: Path | None = None) -> Library:
    """Verify and open the index in a folder, with an admin's own tables of words.

    Raises IndexUnusableError with the command that repairs the index, WordsError for a table.
    """
    from knowledge.index.opening import open_index
    from knowledge.library import Library  # the library stands on this package
    from knowledge.search.wordlists import load_wordlists

    return Library(open_index(path), load_wordlists(words))
