"""What a scenario is: a play on a stage, and what its ledger may show at most."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.faults import clock
from tests.faults.ledger import Ledger
from tests.faults.process import CHECKOUT
from tests.faults.stage import Stage

FAST_DISK = Path("/dev/shm")  # noqa: S108 -- where there is one; a killed process loses nothing of it
BOUND: Literal["bound"] = "bound"

Play = Callable[[Stage], Awaitable[Ledger]]
Need = Callable[[], str | None]
"""Returns the reason why a scenario cannot be played here, None where it can."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One entry of the matrix. `most` bounds columns of the ledger; nothing may ever be lost.

    `dup` is the most that may come twice: 0, or the stated bound. One that `waits` for a clock most of its
    time is played beside others.
    """

    name: str
    play: Play
    dup: int | Literal["bound"] = 0
    most: Mapping[str, float] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    waits: bool = False

    @property
    def obstacle(self) -> str | None:
        """Why this cannot be played here, None where it can."""
        return next(filter(None, (need() for need in self.needs)), None)

    def mistakes(self, ledger: Ledger) -> list[str]:
        """Return where the ledger shows more than it may."""
        columns = {**ledger.columns()}
        dup = ledger.bound if self.dup == BOUND else self.dup
        most = {"lost": 0, "dead": 0, "held": 0, "expired": 0, "dup": dup, **self.most}
        return [f"{name}={columns[name]}, at most {n}" for name, n in most.items() if not columns[name] <= n]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a scenario: its ledger, why it broke off, or the obstacle that forbade it."""

    scenario: Scenario
    ledger: Ledger | None = None
    seconds: float = 0.0
    failure: str = ""
    obstacle: str = ""

    @property
    def mistakes(self) -> list[str]:
        """Where the ledger shows more than it may."""
        return self.scenario.mistakes(self.ledger) if self.ledger else []

    @property
    def is_well(self) -> bool:
        """Whether it shows nothing that may not be."""
        return not self.failure and not self.mistakes

    @property
    def line(self) -> str:
        """The line that is printed."""
        verdict = "skipped" if self.obstacle else "ok" if self.is_well else "FAILED"
        told = self.obstacle or self.failure or str(self.ledger)
        return f"{verdict:8} {self.scenario.name} ({self.seconds:.0f} s): {told}"


def build_sample(folder: Path) -> None:
    """Build the index of the sample digests as an operator does, in a process of its own."""
    command = [sys.executable, "-m", "bot", "build", "--sample", "--out", str(folder)]
    subprocess.run(command, check=True, cwd=CHECKOUT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def stage(index: Path, *, fast: bool = True) -> Iterator[Stage]:
    """Give a stage, on a disk in memory where there is one and none other is asked for; clear it away."""
    parent = FAST_DISK if fast and os.access(FAST_DISK, os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="hangxun-faults-", dir=parent))
    try:
        yield Stage(folder, index, f"sqlite:///{folder}/state.sqlite")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def faketime() -> str | None:
    """A clock that jumps or runs fast."""
    return None if clock.library() else "libfaketime is not installed (Debian: apt-get install faketime)"


def root() -> str | None:
    """The right to mount a small disk."""
    return None if os.geteuid() == 0 else "only root can mount a small disk"
