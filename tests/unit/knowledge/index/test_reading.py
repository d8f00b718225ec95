"""What comes back from the processes that read files."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path

import pytest

from knowledge.errors import SourceError
from knowledge.index.child import Limits
from knowledge.index.inputs import Request
from knowledge.index.reading import Readers, read_rows, read_texts


@pytest.fixture
def request_(tmp_path: Path) -> bytes:
    path = tmp_path / "a.txt"
    path.write_text("海州港\n\n海州港三季度完成货物吞吐量8640万吨，同比增长7.4%。\n", encoding="utf-8")
    return json.dumps(asdict(Request(str(path), "a.txt"))).encode()


def test_a_file_comes_as_its_articles_with_their_figures_or_without(request_: bytes) -> None:
    (article, metrics), about = map(json.loads, read_rows(request_))
    assert [metric["value"] for metric in metrics] == ["8640", "7.4"]
    (same_article, none), same_about = map(json.loads, read_texts(request_))
    assert (same_article, none, same_about) == (article, [], about)


MIB = 2**20
WHOLE = Limits(memory=400 * MIB, seconds=20, patience=60)
SECONDS_HELD = 1.0


def hungry(request: bytes) -> Iterator[bytes]:
    """Hold as many megabytes as the path of a request says for a while; runs in a child."""
    held = b"x" * (int(json.loads(request)["path"]) * MIB)
    time.sleep(SECONDS_HELD if len(held) > MIB else 0)
    yield json.dumps({"sha256": str(os.getpid()), "notes": [], "feeds": []}).encode()


@pytest.fixture
def readers() -> Iterator[Readers]:
    readers = Readers(cores=2, limits=WHOLE, work=hungry)
    yield readers
    readers.close()


def process_of(readers: Readers, megabytes: int) -> str:
    """Return which process read a file."""
    reading = readers.read(Request(str(megabytes), "a file"))
    assert not list(reading.rows())
    return reading.sha256


def test_a_file_that_needs_more_than_its_share_of_memory_is_read_by_a_process_of_its_own(
    readers: Readers,
) -> None:
    small, large, after = (
        [process_of(readers, 1) for _ in range(2)],
        process_of(readers, 250),
        process_of(readers, 1),
    )
    assert len({*small, large, after}) == 4  # the others were ended meanwhile


def test_a_file_that_needs_more_than_all_of_the_memory_is_refused_and_the_next_is_read(
    readers: Readers,
) -> None:
    with pytest.raises(SourceError, match="more memory than a file may have"):
        process_of(readers, 500)
    assert process_of(readers, 1)


def test_files_read_at_once_wait_for_one_that_needs_all_of_the_memory(readers: Readers) -> None:
    with ThreadPoolExecutor(2) as threads:
        assert all(threads.map(partial(process_of, readers), (1, 250, 1, 250, 1)))
