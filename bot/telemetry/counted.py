"""What is counted while the process runs: plain numbers, which cost nothing while nobody asks for them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeAlias

EVENTS: Mapping[str, str] = {
    "due": "Messages queued because their time had come.",
    "sent": "Messages that the platform accepted.",
    "dead": "Messages given up: the chat is gone, or no attempt succeeded.",
    "held": "Messages held back because nobody knows whether they arrived.",
    "expired": "Messages that were too late to be sent.",
    "ambiguous": "Attempts to send that ended without a clear answer.",
    "reaped": "Messages taken back from a process that died.",
    "fenced": "Outcomes that came after their lease and were ignored.",
    "queries": "Requests answered.",
    "misses": "Questions that found nothing.",
    "refused": "Requests over a person's limit or from a chat that is not allowed.",
}
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper edges of the histogram of answers, in seconds."""

Values: TypeAlias = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure that is read when somebody asks: one value, or one for each name of a label."""

    name: str
    help: str
    read: Callable[[], float | Values]
    label: str = ""


@dataclass(slots=True)
class Telemetry:
    """The figures of one process. Safe in threads."""

    gauges: list[Gauge] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)
    waits: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def count(self, event: str, times: int = 1) -> None:
        """Count an event, one of EVENTS. Raises KeyError for another."""
        if event not in EVENTS:
            raise KeyError(event)
        with self._lock:
            self.events[event] += times

    def answered(self, seconds: float) -> None:
        """Count a request and how long its answer took."""
        with self._lock:
            self.events["queries"] += 1
            self.seconds += seconds
            self.waits[bisect_left(BUCKETS, seconds)] += 1
