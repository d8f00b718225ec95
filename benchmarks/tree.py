"""A command of ours with the memory of its own process and of those that it starts, seen from outside."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from benchmarks.children import CHECKOUT, in_checkout

INTERVAL_SECONDS = 0.05
KIB = 1024

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_PARENT = re.compile(r"\d+ \(.*\) \S (\d+) ", re.DOTALL)
_NOW = re.compile(r"VmRSS:\s+(\d+) kB")


@dataclass(frozen=True, slots=True)
class Watched:
    """A command that ended: wall time, time on processors, what it printed, and the most memory seen.

    That is of the command, of any child of it, and of all of them together at one moment; pages that they
    share count for each.
    """

    seconds: float
    processor: float
    output: str
    builder_mib: float
    child_mib: float
    together_mib: float


def watch(*arguments: str) -> Watched:
    """Run a subcommand of hangxun to its end."""
    started, before = time.perf_counter(), processor_seconds()
    own = child = together = 0.0
    with TemporaryFile("w+") as output:
        command = [sys.executable, "-m", "bot", *arguments]
        with subprocess.Popen(
            command, stdout=output, stderr=subprocess.DEVNULL, cwd=CHECKOUT, env=in_checkout()
        ) as process:
            while process.poll() is None:
                now, *others = map(_status, (process.pid, *_children(process.pid)))
                own = max(own, _mib(_PEAK, now))
                child = max((child, *(_mib(_PEAK, other) for other in others)))
                together = max(together, sum(_mib(_NOW, each) for each in (now, *others)))
                time.sleep(INTERVAL_SECONDS)
        output.seek(0)
        seconds, processor = time.perf_counter() - started, processor_seconds() - before
        return Watched(seconds, processor, output.read(), own, child, together)


def processor_seconds() -> float:
    """Return what all children that have ended took of the processors, and theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def peaks(parent: int) -> list[float]:
    """Return the most MiB that each child of a process has held so far."""
    return [_mib(_PEAK, _status(child)) for child in _children(parent)]


def _children(parent: int) -> Iterator[int]:
    for entry in os.scandir("/proc"):
        found = _PARENT.match(_read(entry.name, "stat")) if entry.name.isdecimal() else None
        if found and int(found[1]) == parent:
            yield int(entry.name)


def _mib(figure: re.Pattern[str], status: str) -> float:
    found = figure.search(status)
    return int(found[1]) / KIB if found else 0.0


def _status(process: int) -> str:
    return _read(str(process), "status")


def _read(process: str, file: str) -> str:
    """Return a file of /proc, "" where the process has ended."""
    try:
        return Path("/proc", process, file).read_text()
    except OSError:
        return ""
