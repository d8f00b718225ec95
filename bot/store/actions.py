"""Long button actions behind short tokens: a platform's button carries 64 bytes, a query may be longer."""

from __future__ import annotations

import base64
import hashlib
import logging
from dataclasses import dataclass

from sqlalchemy import select

from bot.store.database import Database, insert
from bot.store.schema import action as actions
from handlers.errors import StoreError

LOG = logging.getLogger(__name__)

TOKEN_BYTES = 12
"""96 bits of SHA-256: 16 characters, and no two actions will ever share them."""


@dataclass(frozen=True, slots=True)
class KeptActions:
    """The table of tokens and their actions."""

    database: Database

    def shorten(self, action: str) -> str:
        """Return the token of an action, "~" and 16 url-safe characters, and keep the pair.

        An answer goes out even when the database is full: its button then says that it is too old.
        """
        token = token_of(action)
        try:
            if self.expand(token) is None:
                self._keep(token, action)
        except StoreError as error:
            LOG.warning("action not kept error=%s", error)
        return token

    def expand(self, token: str) -> str | None:
        """Return the action of a token, None for one that nobody made."""
        with self.database.read() as connection:
            return connection.scalar(select(actions.c.action).where(actions.c.token == token))

    def _keep(self, token: str, action: str) -> None:
        with self.database.write() as connection:
            row = insert(connection, actions).values(token=token, action=action)
            connection.execute(row.on_conflict_do_nothing())


def token_of(action: str) -> str:
    """Return the same token for the same action, for ever."""
    digest = hashlib.sha256(action.encode()).digest()[:TOKEN_BYTES]
    return "~" + base64.urlsafe_b64encode(digest).decode("ascii")
