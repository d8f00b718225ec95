"""What only one process may do at a time: the right to it, for a while, by the clock of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, delete, func, or_, select

from bot.store.database import Database, insert
from bot.store.schema import lease


@dataclass(frozen=True, slots=True)
class Leases:
    """The table of leases."""

    database: Database

    def take(self, name: str, owner: str, now: datetime, for_: timedelta) -> bool:
        """Take a lease, or prolong one's own; False while another owner has it. Raises StoreError.

        Its `term` grows each time the owner changes.
        """
        with self.database.write() as connection:
            now = self.database.time(connection, now)
            row = insert(connection, lease).values(name=name, owner=owner, term=1, until=now + for_)
            free = or_(lease.c.owner == owner, lease.c.until <= now)
            term = lease.c.term + case((lease.c.owner == owner, 0), else_=1)
            taken = {"owner": owner, "until": now + for_, "term": term}
            mine = row.on_conflict_do_update(index_elements=["name"], set_=taken, where=free)
            return connection.execute(mine.returning(lease.c.term)).first() is not None

    def release(self, name: str, owner: str) -> None:
        """Give a lease back before it runs out; one that was lost stays with its new owner."""
        with self.database.write() as connection:
            connection.execute(delete(lease).where(lease.c.name == name, lease.c.owner == owner))

    def count(self, prefix: str, now: datetime) -> int:
        """Count the leases in force whose name begins so."""
        with self.database.read() as connection:
            live = (
                lease.c.name.startswith(prefix, autoescape=True),
                lease.c.until > self.database.time(connection, now),
            )
            return connection.scalar(select(func.count()).select_from(lease).where(*live)) or 0
