"""What became of the messages that were due: one line that must add up."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from bot.store.rows import Result, State

_COLUMNS = {
    State.SENT: "delivered",
    State.PENDING: "pending",
    State.DEAD: "dead",
    State.HELD: "held",
    State.SUPPRESSED: "suppressed",
}


@dataclass(frozen=True, slots=True)
class Ledger:
    """One run, counted in messages.

    `pending` will be tried again, `lost` have no outcome: they too are tried again when their lease is
    over. `dup` may have come twice, seen from here; `bound` is the most that can come of this run, one for
    each attempt that ended in the dark.
    """

    delivered: int = 0
    lost: int = 0
    dup: int = 0
    bound: int = 0
    dead: int = 0
    expired: int = 0
    held: int = 0
    suppressed: int = 0
    pending: int = 0

    @property
    def due(self) -> int:
        """All messages of the run, each in one column."""
        ended = self.delivered + self.dead + self.expired + self.held + self.suppressed
        return ended + self.pending + self.lost

    def __str__(self) -> str:
        columns = {"due": self.due, **asdict(self)}
        return " ".join(f"{name}={count}" for name, count in columns.items())


NOT_SAVED = ("lost", "bound")
"""The columns of a message whose outcome could not be saved: it is tried again when its lease is over."""


def columns_of(result: Result) -> tuple[str, ...]:
    """Return the columns in which an attempt counts."""
    settled, claimed = result.settlement, result.delivery
    is_dark = settled.ambiguous > claimed.ambiguous
    is_repeat = settled.state is State.SENT and claimed.ambiguous > 0
    return (_COLUMNS[settled.state], *(["bound"] if is_dark else []), *(["dup"] if is_repeat else []))


def events_of(result: Result) -> tuple[str, ...]:
    """Return what the telemetry counts of an attempt."""
    ended = {State.SENT: ("sent",), State.DEAD: ("dead",), State.HELD: ("held",)}
    is_dark = result.settlement.ambiguous > result.delivery.ambiguous
    return ended.get(result.settlement.state, ()) + (("ambiguous",) if is_dark else ())
