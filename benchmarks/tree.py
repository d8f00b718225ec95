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
_PARENT = re.compile(r"PPid:\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Watched:
    """A command that ended: wall time, what it printed, the most memory that it and any child of it held."""

    seconds: float
    output: str
    builder_mib: float
    child_mib: float


def watch(*arguments: str) -> Watched:
    """Run a subcommand of hangxun to its end."""
    started = time.perf_counter()
    own = children = 0
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
                own = max(own, _peak(Path(f"/proc/{process.pid}")))
                children = max((children, *map(_peak, _children(process.pid))))
                time.sleep(INTERVAL_SECONDS)
        output.seek(0)
        return Watched(time.perf_counter() - started, output.read(), own / KIB, children / KIB)


def _children(parent: int) -> Iterator[Path]:
    for folder in Path("/proc").glob("[0-9]*"):
        found = _PARENT.search(_status(folder))
        if found and int(found[1]) == parent:
            yield folder


def _peak(folder: Path) -> int:
    found = _PEAK.search(_status(folder))
    return int(found[1]) if found else 0


def _status(folder: Path) -> str:
    try:
        return (folder / "status").read_text()
    except OSError:
        return ""
