"""What can go wrong while reading sources or opening an index.

KnowledgeError
├── SourceError         a file cannot be read as a digest; the rest of a build goes on
├── WordsError          an admin's table of words cannot be used; names the file and the entry
└── IndexUnusableError  an index is missing, damaged or of another version; carries the repair
"""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of the errors that this package raises on bad input; its text is one line for a person."""


class SourceError(KnowledgeError):
    """A source that was refused.

    `name` is the file as the user gave it, `reason` one clause that says why.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class WordsError(KnowledgeError):
    """A table of words that was refused: `place` is the file and the entry, `reason` one clause."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place} {reason}")
        self.place = place
        self.reason = reason


class IndexUnusableError(KnowledgeError):
    """An index that was refused; `repair` is the command line that makes a good one."""

    def __init__(self, reason: str, repair: str) -> None:
        super().__init__(f"{reason}; run: {repair}")
        self.reason = reason
        self.repair = repair
