"""How the database is: what waits, what is paused, and whether anything can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from bot.store.database import Database
from bot.store.rows import State
from bot.store.schema import delivery, pause
from handlers.errors import StoreError


@dataclass(frozen=True, slots=True)
class Pulse:
    """Looks at a database for whoever watches over the process."""

    database: Database

    def trouble(self) -> str | None:
        """Tell why nothing can be kept (read-only, full, gone), None where all is well."""
        try:
            with self.database.write() as connection:
                connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
        except StoreError as error:
            return str(error)
        return None

    def oldest_due_seconds(self, now: datetime) -> float:
        """Return for how long the message that waits longest should have been sent. Raises StoreError."""
        waiting = (delivery.c.state == State.PENDING, delivery.c.not_before <= now)
        with self.database.read() as connection:
            oldest = connection.scalar(select(func.min(delivery.c.not_before)).where(*waiting))
        return (now - oldest).total_seconds() if oldest else 0.0

    def pause_seconds(self, now: datetime) -> Mapping[str, float]:
        """Return for how much longer each paused platform is left alone. Raises StoreError."""
        whole = select(pause.c.platform, pause.c.until).where(pause.c.until > now, pause.c.scope == "")
        with self.database.read() as connection:
            return {row.platform: (row.until - now).total_seconds() for row in connection.execute(whole)}
