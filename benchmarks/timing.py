"""Timing contestants turn by turn, so that what disturbs one disturbs all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

PASSES = 3
BUDGET_SECONDS = 40.0
TRIED = 5

Query = TypeVar("Query")


@dataclass(frozen=True, slots=True)
class Contestant:
    """Somebody who answers query number n."""

    name: str
    answer: Callable[[int], object]


def interleaved(
    contestants: Sequence[Contestant], queries: int, budget: float = BUDGET_SECONDS
) -> dict[str, dict[int, float]]:
    """Return for each contestant milliseconds by query, the median of three passes.

    The contestants take turns at each query. One too slow for its budget of seconds gets a random part of
    them, at least five.
    """
    gc.collect()
    gc.freeze()  # what the contestants hold is not gone through again while one of them is timed
    chosen = {each.name: _choose(each, queries, budget) for each in contestants}
    times: dict[str, dict[int, list[float]]] = {each.name: {} for each in contestants}
    for turn in range(PASSES):
        for query in range(queries):
            first = (turn + query) % len(contestants)
            for each in (*contestants[first:], *contestants[:first]):
                if query in chosen[each.name]:
                    times[each.name].setdefault(query, []).append(timed(each.answer, query))
    return {name: _medians(asked) for name, asked in times.items()}


def _medians(asked: Mapping[int, Sequence[float]]) -> dict[int, float]:
    return {query: statistics.median(times) for query, times in asked.items()}


def timed(answer: Callable[[Query], object], query: Query) -> float:
    """Return how many milliseconds an answer takes."""
    started = time.perf_counter()
    answer(query)
    return (time.perf_counter() - started) * 1000


def _choose(contestant: Contestant, queries: int, budget: float) -> frozenset[int]:
    """Return the queries that a contestant is asked, after trying a few."""
    order = Random(0).sample(range(queries), queries)
    contestant.answer(order[0])  # the first may load something
    tried = statistics.median(timed(contestant.answer, query) for query in order[:TRIED])
    affordable = int(budget * 1000 / PASSES / max(tried, 1e-6))
    return frozenset(order[: max(TRIED, affordable)])


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
