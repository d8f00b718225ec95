"""One line a run: what was due beside what the platform saw."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field

from tests.faults.crowd import Seen

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


def account(
    seen: Seen,
    due: Collection[str],
    *,
    since: float,
    kills: int = 0,
    window: int = 0,
    explained: Mapping[str, int] | None = None,
    **also: float,
) -> Ledger:
    """Compare the chats that were due one alert each with what the platform saw.

    `explained` are terminal states that the faults of this run explain; every other missing alert is lost.
    A second alert of a chat is a duplicate, whatever it says.
    """
    got = Counter(dict.fromkeys(due, 0))
    for (chat, _title), count in seen.alerts.items():
        got[chat] += count
    delivered = [chat for chat in due if got[chat]]
    ended = {name: (explained or {}).get(name, 0) for name in ENDED}
    missing = len(due) - len(delivered)
    return Ledger(
        due=len(due),
        delivered=len(delivered),
        lost=max(0, missing - sum(ended.values())),
        dup=sum(got.values()) - len(delivered),
        bound=kills * window + seen.ambiguous,
        **ended,
        kills=kills,
        ambiguous=seen.ambiguous,
        p99_late_s=percentile([seen.moments[chat] - since for chat in delivered], 0.99),
        also=also,
    )


def percentile(values: list[float], share: float) -> float:
    """Return the smallest value that at least this share of them does not exceed, 0 for none."""
    ordered = sorted(values)
    return ordered[math.ceil(len(ordered) * share) - 1] if ordered else 0.0


def _written(value: float) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
