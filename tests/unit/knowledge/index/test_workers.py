from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count, islice
from threading import Event, Thread

import pytest

from knowledge.index.workers import BATCH, FEW, Workers

MANY = FEW + 3 * BATCH + 7


def square_root(number: int) -> float:
    return math.sqrt(number)


def worked_by(_: int) -> int:
    return os.getpid()


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


def test_few_items_are_left_to_the_process_that_was_started_and_loaded_what_it_needs() -> None:
    code = (
        "import os, sys\n"
        "from contextlib import closing\n"
        "from knowledge.index.workers import Workers\n"
        "def load(): sys.loaded_by = os.getpid()\n"
        "def loaded_by(_): return getattr(sys, 'loaded_by', 0) == os.getpid()\n"
        "with closing(Workers(2)) as workers:\n"
        "    workers.start(); workers.prepare(load)\n"
        "    print(*workers.each(loaded_by, range(3)), loaded_by(0))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    in_process = sys.platform == "linux"
    assert done.stdout == f"(0, {in_process}) (1, {in_process}) (2, {in_process}) False\n"


def test_no_process_is_forked_beside_threads_which_may_hold_locks() -> None:
    done = Event()
    thread = Thread(target=done.wait)
    thread.start()
    try:
        with closing(Workers(2)) as workers:
            workers.start()
            assert list(workers.each(worked_by, range(2))) == [(0, os.getpid()), (1, os.getpid())]
    finally:
        done.set()
        thread.join()
