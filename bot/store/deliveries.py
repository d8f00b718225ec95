"""The outbox: alerts on their way, claimed before they are sent, and kept as the ledger of what was.

Any number of processes may do all of this at once: a row is sent by whoever holds its lease, an outcome
counts only while that claim stands, and a lease that ran out (a crash) makes the attempt ambiguous.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, case, func, insert, null, select, update

from bot.store import claiming, settling
from bot.store.claiming import Claim, Sender
from bot.store.database import Database
from bot.store.rows import Delivery, Result, State
from bot.store.schema import attempt, delivery

LEASE = timedelta(seconds=60)
"""How long a claimed row belongs to its claimer; at least three times the longest attempt to send."""

MOST_AMBIGUOUS = 2
"""How often a message is sent again of which nobody knows whether it arrived."""

NO_OUTCOME = "no_outcome"


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep found: leases that had run out, and rows too late to send."""

    reaped: int
    expired: int


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The table of deliveries."""

    database: Database
    lease: timedelta = LEASE

    def exchange(self, sender: Sender, results: Sequence[Result], limit: int, now: datetime) -> Claim:
        """Save outcomes, and lease up to `limit` due messages of a platform, oldest first, in one commit.

        An outcome whose claim was lost does not count. Messages that their chat no longer wants are
        suppressed and looked past; a platform or chat that is paused is left alone.
        """
        with self.database.write() as connection:
            fenced = settling.save(connection, results, now)
            paused = settling.save_pauses(connection, sender.platform, results, now)
            until = self.database.time(connection, now) + self.lease
            claim = claiming.claim(connection, sender, limit, (now, until))
        return claiming.with_news(claim, fenced, paused)

    def advance(self, claimed: Delivery, parts_sent: int, message_id: str, now: datetime) -> bool:
        """Save that a part was accepted, and prolong the lease. False when the claim was lost."""
        with self.database.write() as connection:
            until = self.database.time(connection, now) + self.lease
            values = {"parts_sent": parts_sent, "platform_message_id": message_id, "lease_until": until}
            row = update(delivery).where(*settling.claim_of(claimed)).values(**values)
            return connection.execute(row).rowcount > 0

    def disown(self, owner: str, known: Collection[int]) -> int:
        """Free the rows claimed by `owner` in a commit whose answer was lost, as if they never were."""
        lost = (delivery.c.lease_owner == owner, delivery.c.state == State.SENDING)
        with self.database.write() as connection:
            back = update(delivery).where(*lost, delivery.c.id.not_in(known)).values(**settling.NO_LEASE)
            unused = {"state": State.PENDING, "attempts": delivery.c.attempts - 1}
            return connection.execute(back.values(**unused)).rowcount

    def sweep(self, now: datetime, *, reaps: bool = True) -> Sweep:
        """End rows that nobody wants so late and, where it `reaps`, take back those of claimers that died."""
        late = (delivery.c.state == State.PENDING, delivery.c.expires_at <= now)
        with self.database.write() as connection:
            time = self.database.time(connection, now)
            reaped = self._take_back(connection, delivery.c.lease_until <= time, now) if reaps else 0
            ended = connection.execute(update(delivery).where(*late).values(state=State.EXPIRED)).rowcount
        return Sweep(reaped, ended)

    def reclaim(self, platforms: Collection[str], now: datetime) -> int:
        """Take back at once what is leased of some platforms: for a start that knows itself alone."""
        with self.database.write() as connection:
            return self._take_back(connection, delivery.c.platform.in_(platforms), now)

    def due(self, now: datetime) -> int:
        """Count the messages that wait to be sent now."""
        waiting = (delivery.c.state == State.PENDING, delivery.c.not_before <= now)
        with self.database.read() as connection:
            return connection.scalar(select(func.count()).select_from(delivery).where(*waiting)) or 0

    def next_due(self, platform: str) -> datetime | None:
        """Return when the next message of a platform may go, None where none waits."""
        waiting = (delivery.c.state == State.PENDING, delivery.c.platform == platform)
        with self.database.read() as connection:
            soonest: datetime | None = connection.scalar(
                select(func.min(delivery.c.not_before)).where(*waiting)
            )
            return soonest

    def counts(self) -> Mapping[State, int]:
        """Count the deliveries ever made by where they stand."""
        each = select(delivery.c.state, func.count()).group_by(delivery.c.state)
        with self.database.read() as connection:
            return Counter({State(state): count for state, count in connection.execute(each)})

    def _take_back(self, connection: Connection, whose: ColumnElement[bool], now: datetime) -> int:
        """Make claimed rows ambiguous; they are sent again, or held where that happened too often."""
        lost = (delivery.c.state == State.SENDING, whose)
        told = select(delivery.c.id, delivery.c.attempts, delivery.c.lease_until).where(*lost)
        attempts = [
            {
                "delivery_id": row.id,
                "n": row.attempts,
                "started_at": row.lease_until - self.lease,
                "ended_at": now,
                "outcome": NO_OUTCOME,
            }
            for row in connection.execute(told.with_for_update())
        ]
        if attempts:
            again = case((delivery.c.ambiguous < MOST_AMBIGUOUS, State.PENDING), else_=State.HELD)
            unknown = {"ambiguous": delivery.c.ambiguous + 1, "last_error": NO_OUTCOME, "lease_owner": null()}
            back = update(delivery).where(delivery.c.id.in_([each["delivery_id"] for each in attempts]))
            connection.execute(back.values(state=again, lease_until=null(), **unknown))
            connection.execute(insert(attempt), attempts)
        return len(attempts)
