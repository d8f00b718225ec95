"""The command line of the benchmarks; see the package."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from benchmarks.report import Row, append_json, machine, markdown
from benchmarks.workspace import Workspace

BENCHMARKS = {
    "startup": "benchmarks.startup",
    "build": "benchmarks.build",
    "search": "benchmarks.search",
    "memory": "benchmarks.memory",
    "metrics": "benchmarks.metrics",
    "figures": "benchmarks.figures",
    "alerts": "benchmarks.alerts",
    "burst": "benchmarks.burst",
    "duplicates": "benchmarks.duplicates",
    "sources": "benchmarks.sources",
    "readers": "benchmarks.readers",
}


PEERS = ("aiolimiter", "bm25s")
"""Packages that are needed only to be measured beside us."""


def main(arguments: list[str] | None = None) -> None:
    """Run the benchmarks named, or all."""
    options = _read(arguments)
    with _work_folder(options.work) as folder:
        work = Workspace(folder, tuple(options.words))
        for name in options.names or BENCHMARKS:
            _show([Row("machine", name, {"machine": machine()})], options.json)
            rows = import_module(BENCHMARKS[name]).run(work, quick=options.quick)
            _show(rows, options.json)


def _read(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="fewer queries, at most 100,000 documents")
    parser.add_argument("--work", type=Path, help="keep corpora and indexes here for the next run")
    parser.add_argument("--words", type=Path, action="append", default=[], help="learn these .txt files too")
    parser.add_argument("--json", type=Path, help="add the rows to this file")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    if missing := [peer for peer in PEERS if find_spec(peer) is None]:
        parser.error(f"no {' and no '.join(missing)} to compare with: make bench installs them")
    return options


@contextmanager
def _work_folder(given: Path | None) -> Iterator[Path]:
    if given is None:
        with tempfile.TemporaryDirectory(prefix="hangxun-benchmarks-") as folder:
            yield Path(folder)
        return
    given.mkdir(parents=True, exist_ok=True)
    yield given.resolve()


def _show(rows: Iterable[Row], path: Path | None) -> None:
    """Print each table of the rows when it is whole."""
    for table, group in groupby(rows, key=lambda row: (row.table, row.documents if row.documents else 0)):
        found = list(group)
        print(f"\n{table[0]}\n{markdown(found)}", flush=True)
        if path:
            append_json(path, found)


if __name__ == "__main__":
    main()
