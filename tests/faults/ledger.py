"""One line a run: what was due beside what the platform saw."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields

from tests.faults.seen import GONE, Seen

ENDED = ("dead", "expired", "held")


@dataclass(frozen=True, slots=True)
class Ledger:
    """A run in numbers. `lost` are keys that nobody saw and that no injected fault explains."""

    due: int = 0
    delivered: int = 0
    lost: int = 0
    dup: int = 0
    bound: int = 0
    dead: int = 0
    expired: int = 0
    held: int = 0
    kills: int = 0
    ambiguous: int = 0
    p99_late_s: float = 0.0
    also: Mapping[str, float] = field(default_factory=dict)

    def columns(self) -> dict[str, float]:
        """Return every figure by its name."""
        columns = asdict(self)
        return columns | columns.pop("also")

    def __str__(self) -> str:
        return " ".join(f"{name}={_written(value)}" for name, value in self.columns().items())


def together(ledgers: Collection[Ledger]) -> Ledger:
    """Return the sums of several runs, and the worst of their latenesses."""
    names = [each.name for each in fields(Ledger) if each.name not in {"also", "p99_late_s"}]
    sums = {name: sum(getattr(ledger, name) for ledger in ledgers) for name in names}
    return Ledger(**sums, p99_late_s=max((ledger.p99_late_s for ledger in ledgers), default=0.0))


def account(
    seen: Seen,
    due: Collection[str],
    *,
    since: float | Mapping[str, float],
    kills: int = 0,
    outages: int = 0,
    window: int = 0,
    explained: Mapping[str, Collection[str]] | None = None,
    **also: float,
) -> Ledger:
    """Compare the chats that were due one alert each with what the platform saw.

    Lateness counts from `since`, or from what it names for each chat.
    `explained` are the chats in end states that the faults of this run explain; all others that got none lost
    it. An outage is that of a database, for one process: what that had under way may come twice, as at kills.
    A second alert of a chat is a duplicate, whatever it says. A sender that had gone when it was answered was
    killed, where there are kills: its message counts in the window already.
    """
    got = Counter(dict.fromkeys(due, 0))
    for (chat, _title), count in seen.alerts.items():
        got[chat] += count
    delivered = [chat for chat in due if got[chat]]
    ended = {name: set((explained or {}).get(name, ())) for name in ENDED}
    forgiven = set().union(*ended.values())
    dark = seen.ambiguous + max(0, seen.faults[GONE] - kills * window)
    return Ledger(
        due=len(due),
        delivered=len(delivered),
        lost=sum(not got[chat] and chat not in forgiven for chat in due),
        dup=sum(got.values()) - len(delivered),
        bound=(kills + outages) * window + dark,
        **{name: len(chats) for name, chats in ended.items()},
        kills=kills,
        ambiguous=dark,
        p99_late_s=percentile(_lateness(seen, delivered, since), 0.99),
        also=also,
    )


def _lateness(seen: Seen, chats: Collection[str], since: float | Mapping[str, float]) -> list[float]:
    began = since if isinstance(since, Mapping) else dict.fromkeys(chats, since)
    return [seen.moments[chat] - began[chat] for chat in chats]


def percentile(values: list[float], share: float) -> float:
    """Return the smallest value that at least this share of them does not exceed, 0 for none."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * share) - 1] if ordered else 0.0


def _written(value: float) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
