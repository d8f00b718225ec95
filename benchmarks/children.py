"""Child processes: what is measured from outside, or needs a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Ended:
    """A child process that ended: wall time, what it printed, and its greatest resident memory."""

    seconds: float
    output: str
    peak_mib: float


def run(arguments: Sequence[str], *, typed: str = "", cores: int = 0, index: Path | None = None) -> Ended:
    """Run Python in a child process to its end, on the first `cores` cores (0: all).

    Raises RuntimeError where it fails.
    """
    started = time.perf_counter()
    with start(arguments, cores=cores, index=index) as child:
        stdin, stdout = _pipes(child)
        stdin.write(typed)
        stdin.close()
        output = stdout.read()
        _, status, usage = os.wait4(child.pid, 0)  # Popen.wait does not tell what was used
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"python {' '.join(arguments)} failed with {child.returncode}")
    return Ended(seconds, output, usage.ru_maxrss / 1024)


def start(arguments: Sequence[str], *, cores: int = 0, index: Path | None = None) -> subprocess.Popen[str]:
    """Start Python in the checkout with pipes to it; an index has its database beside it."""
    environment = in_checkout()
    if index:
        environment["HANGXUN_INDEX"] = str(index)
        environment["HANGXUN_DATABASE_URL"] = f"sqlite:///{index.parent}/hangxun.sqlite"
    return subprocess.Popen(
        [*_pinned(cores), sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env=environment,
    )


def in_checkout() -> dict[str, str]:
    """Return our environment, with the packages of the checkout."""
    paths = [str(CHECKOUT), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def type_line(child: subprocess.Popen[str], line: str) -> None:
    """Give a line to a child."""
    stdin, _ = _pipes(child)
    stdin.write(f"{line}\n")
    stdin.flush()


def read_line(child: subprocess.Popen[str]) -> str:
    """Wait for a line of a child. Raises RuntimeError where it ends without one."""
    _, stdout = _pipes(child)
    if line := stdout.readline():
        return line
    raise RuntimeError("a child ended without printing anything")


def end(child: subprocess.Popen[str]) -> None:
    """Close a child's input and let it end."""
    stdin, stdout = _pipes(child)
    stdin.close()
    stdout.read()


def _pipes(child: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("a child without pipes")
    return child.stdin, child.stdout


def _pinned(cores: int) -> list[str]:
    return ["taskset", "--cpu-list", f"0-{cores - 1}"] if cores else []
