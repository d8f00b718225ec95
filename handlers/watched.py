"""The sources that the library keeps up with, as an admin sees them in a chat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Watched:
    """A source: its number, what it is called, where it is, and why the last look failed, if it did.

    `looked_at` is False as long as nobody looked.
    """

    number: int
    name: str
    location: str
    looked_at: bool
    trouble: str | None


class Sources(Protocol):
    """The table of sources (`bot.sources.in_chat`). Every call raises StoreError when nothing was saved."""

    def all(self) -> tuple[Watched, ...]:
        """Return the sources in the order in which they were added."""

    def add(self, address: str) -> bool:
        """Keep up with the feed or page at a web address. False if it is there already.

        Raises ValueError with a clause that says why an address cannot be fetched.
        """

    def remove(self, number: int) -> bool:
        """Keep up with a source no more. False if there is none of this number."""


class NoSources:
    """No table of sources: there is nothing to keep up with."""

    def all(self) -> tuple[Watched, ...]:
        """Return nothing."""
        return ()

    def add(self, _address: str) -> bool:
        """Refuse. Raises ValueError."""
        raise ValueError("this bot keeps up with no sources")

    def remove(self, _number: int) -> bool:
        """Find nothing."""
        return False
