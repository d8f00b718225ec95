"""What the tests of the whole program share."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import run
from tests.fakes.logs import log_restored


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample digests, built once by the command line."""
    out = tmp_path_factory.mktemp("sample") / "index"
    with log_restored():
        assert run(["build", "--sample", "--out", str(out)]) == 0
    return out


@pytest.fixture
def settings(sample_index: Path, tmp_path: Path) -> dict[str, str]:
    """The settings of a bot on the sample index with a database of its own."""
    return {
        "HANGXUN_INDEX": str(sample_index),
        "HANGXUN_DATABASE_URL": f"sqlite:///{tmp_path}/state.sqlite",
    }
