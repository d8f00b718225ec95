"""What the fault matrix needs of pytest: an index to play on, and its ledgers at the end of the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.scenario import build_sample

LEDGERS = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Make room for the ledgers."""
    config.stash.setdefault(LEDGERS, [])


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample digests."""
    folder = tmp_path_factory.mktemp("faults") / "index"
    build_sample(folder)
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print them."""
    for line in config.stash.get(LEDGERS, []):
        terminalreporter.write_line(line)
