"""A command of ours with the memory of its own process and of those that it starts, seen from outside."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from benchmarks.children import CHECKOUT

INTERVAL_SECONDS = 0.05
KIB = 1024

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_NOW = re.compile(r"VmRSS:\s+(\d+) kB")
_PARENT = re.compile(r"PPid:\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Watched:
    """A command that ended: wall time, what it printed, and the most memory that was seen.

    It is that of the command, of any child of it, and of all of them together at one moment; pages that they
    share count for each.
    """

    seconds: float
    output: str
    builder_mib: float
    child_mib: float
    together_mib: float


def watch(*arguments: str) -> Watched:
    """Run a subcommand of hangxun to its end."""
    started = time.perf_counter()
    own = child = together = 0.0
    with TemporaryFile("w+") as output:
        command = [sys.executable, "-m", "bot", *arguments]
        with subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.DEVNULL,
            cwd=CHECKOUT,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        ) as process:
            while process.poll() is None:
                own = max(own, _mib(_PEAK, Path(f"/proc/{process.pid}")))
                child = max((child, *peaks(process.pid)))
                together = max(together, _held(process.pid))
                time.sleep(INTERVAL_SECONDS)
        output.seek(0)
        return Watched(time.perf_counter() - started, output.read(), own, child, together)


def peaks(parent: int) -> list[float]:
    """Return the most MiB that each child of a process has held so far."""
    return [_mib(_PEAK, child) for child in _children(parent)]


def _held(parent: int) -> float:
    """Return the MiB that a process and its children hold now."""
    return sum(_mib(_NOW, folder) for folder in (Path(f"/proc/{parent}"), *_children(parent)))


def _children(parent: int) -> Iterator[Path]:
    for folder in Path("/proc").glob("[0-9]*"):
        found = _PARENT.search(_status(folder))
        if found and int(found[1]) == parent:
            yield folder


def _mib(figure: re.Pattern[str], folder: Path) -> float:
    found = figure.search(_status(folder))
    return int(found[1]) / KIB if found else 0.0


def _status(folder: Path) -> str:
    try:
        return (folder / "status").read_text()
    except OSError:
        return ""
