"""Long button actions behind short tokens: a platform's button carries 64 bytes, a query may be longer."""

from __future__ import annotations

import base64
import hashlib
import logging
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import select, update

from bot.clock import utc_now
from bot.store.database import Database, insert
from bot.store.schema import action as actions
from handlers.errors import StoreError

LOG = logging.getLogger(__name__)

NOTED_AFTER = timedelta(days=7)

TOKEN_BYTES = 12
"""96 bits of SHA-256: 16 characters, and no two actions will ever share them."""

MOST_REMEMBERED = 1_000
"""The actions known to be kept today, without another look: those of some hundred messages."""


class KeptActions:
    """The table of tokens and their actions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._token_on = lru_cache(MOST_REMEMBERED)(self._kept_on)

    def shorten(self, action: str) -> str:
        """Return the token of an action, "~" and 16 url-safe characters, and keep the pair.

        An answer goes out even when the database is full: its button then says that it is too old.
        """
        try:
            return self._token_on(utc_now().date(), action)
        except StoreError as error:
            LOG.warning("action not kept error=%s", error)
        return token_of(action)

    def expand(self, token: str) -> str | None:
        """Return the action of a token, None for one that nobody made."""
        with self._database.read() as connection:
            found = connection.execute(select(actions).where(actions.c.token == token)).one_or_none()
        if found is None:
            return None
        self._note_use(token, found.used_at)
        return str(found.action)

    def _kept_on(self, _day: date, action: str) -> str:
        """Return the token of an action that is kept; each day looks anew, which notes its use."""
        token = token_of(action)
        if self.expand(token) is None:
            self._keep(token, action)
        return token

    def _note_use(self, token: str, used_at: datetime | None) -> None:
        """Note about once a week that an action is in use: those that are not are deleted in the end."""
        now = utc_now()
        if used_at is not None and now - used_at < NOTED_AFTER:
            return
        try:
            with self._database.write() as connection:
                connection.execute(update(actions).where(actions.c.token == token).values(used_at=now))
        except StoreError as error:
            LOG.warning("use of an action not noted error=%s", error)

    def _keep(self, token: str, action: str) -> None:
        now = utc_now()
        with self._database.write() as connection:
            row = insert(connection, actions).values(token=token, action=action, used_at=now)
            connection.execute(row.on_conflict_do_nothing())


def token_of(action: str) -> str:
    """Return the same token for the same action, for ever."""
    digest = hashlib.sha256(action.encode()).digest()[:TOKEN_BYTES]
    return "~" + base64.urlsafe_b64encode(digest).decode("ascii")
