"""The sources as an admin sees and changes them in a chat (handlers.watched.Sources)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import BotError
from bot.sources.addresses import Allowed
from bot.sources.naming import named_address
from bot.store.sources import KeptSources
from handlers.watched import Watched


@dataclass(frozen=True, slots=True)
class ChatSources:
    """The table of sources; the watching job does what is left to do about a change."""

    kept: KeptSources
    allowed: Allowed
    clock: Callable[[], datetime]

    def all(self) -> tuple[Watched, ...]:
        """Return the sources in the order in which they were added."""
        return tuple(
            Watched(each.number, each.name, each.location, each.checked_at is not None, each.trouble)
            for each in self.kept.all()
        )

    def add(self, address: str) -> bool:
        """Keep up with a web address. False if it is there already. Raises ValueError, StoreError."""
        try:
            source = named_address(address, "", self.allowed)
        except BotError as error:
            raise ValueError(str(error)) from error
        return self.kept.add(source.kind, source.location, source.title, self.clock())

    def remove(self, number: int) -> bool:
        """Keep up with a source no more. False if there is none of this number. Raises StoreError."""
        return self.kept.remove(number)
