from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from itertools import count, islice

import pytest

from knowledge.index.workers import BATCH, FEW, Workers

MANY = FEW + 3 * BATCH + 7


def square_root(number: int) -> float:
    return math.sqrt(number)


@pytest.mark.parametrize("cores", [1, 2])
def test_results_come_in_the_order_of_the_items_however_many_processes_work(cores: int) -> None:
    with closing(Workers(cores)) as workers:
        assert list(workers.each(square_root, range(MANY))) == [(n, math.sqrt(n)) for n in range(MANY)]
        assert list(workers.each(square_root, [])) == []


def test_items_are_taken_only_as_far_as_results_are_wanted() -> None:
    taken = []

    def numbers() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield number

    with closing(Workers(2)) as workers:
        assert [item for item, _ in islice(workers.each(square_root, numbers()), MANY)] == list(range(MANY))
    assert len(taken) < MANY + 20 * BATCH


def test_what_goes_wrong_in_a_process_is_raised() -> None:
    with closing(Workers(2)) as workers, pytest.raises(ValueError, match="math domain"):
        list(workers.each(square_root, [*range(FEW + 10), -1]))
