"""Timing contestants turn by turn, so that what disturbs one disturbs all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

PASSES = 3
BUDGET_SECONDS = 40.0
TRIED = 5


@dataclass(frozen=True, slots=True)
class Contestant:
    """Somebody who answers query number n."""

    name: str
    answer: Callable[[int], object]


def interleaved(
    contestants: Sequence[Contestant], queries: int, budget: float = BUDGET_SECONDS
) -> dict[str, dict[int, float]]:
    """Return for each contestant milliseconds by query, the median of three passes.

    The contestants take turns at each query. One too slow for its budget of seconds gets fewer queries, but
    at least five, spread over all.
    """
    strides = {each.name: _stride(each, queries, budget) for each in contestants}
    times: dict[str, dict[int, list[float]]] = {each.name: {} for each in contestants}
    for turn in range(PASSES):
        for query in range(queries):
            first = (turn + query) % len(contestants)
            for each in (*contestants[first:], *contestants[:first]):
                if query % strides[each.name] == 0:
                    times[each.name].setdefault(query, []).append(timed(each.answer, query))
    return {name: _medians(asked) for name, asked in times.items()}


def _medians(asked: Mapping[int, Sequence[float]]) -> dict[int, float]:
    return {query: statistics.median(times) for query, times in asked.items()}


def timed(answer: Callable[[int], object], query: int) -> float:
    """Return how many milliseconds an answer takes."""
    started = time.perf_counter()
    answer(query)
    return (time.perf_counter() - started) * 1000


def _stride(contestant: Contestant, queries: int, budget: float) -> int:
    step = max(1, queries // TRIED)
    tried = [timed(contestant.answer, query) for query in range(0, queries, step)][:TRIED]
    affordable = budget * 1000 / PASSES / max(statistics.mean(tried), 1e-6)
    return max(1, min(step, round(queries / max(1.0, affordable))))


def summary(times: Collection[float]) -> dict[str, float]:
    """Return what is told of times in milliseconds."""
    return {
        "p50 ms": percentile(times, 50),
        "p95 ms": percentile(times, 95),
        "p99 ms": percentile(times, 99),
    }


def percentile(times: Collection[float], percent: float) -> float:
    """Return the smallest time that at least `percent` of them do not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * int(percent) // 100) - 1))]


def beside(times: Mapping[int, float], peer: Mapping[int, float]) -> float:
    """Return the median of a contestant as a multiple of the peer's for the same queries."""
    same = [peer[query] for query in times if query in peer]
    return statistics.median(times.values()) / statistics.median(same or peer.values())
