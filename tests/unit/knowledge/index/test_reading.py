"""What comes back from the processes that read files."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from knowledge.index.reading import read_rows, read_texts
from knowledge.index.sources import Request


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
