"""Results: rows of figures, printed as Markdown tables and kept as lines of JSON."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """What one contestant did; the names of the figures say their units.

    `documents` is the size, 0 where it does not matter; `unit` is what it counts.
    """

    table: str
    who: str
    figures: Mapping[str, float | str]
    documents: int = 0
    unit: str = "documents"


def markdown(rows: Sequence[Row]) -> str:
    """Return the rows of one table as Markdown, the contestants below each other."""
    names = list(dict.fromkeys(name for row in rows for name in row.figures))
    counted = any(row.documents for row in rows)
    head = [*([rows[0].unit] if counted else []), "", *names]
    lines = [head, ["---:"] * counted + ["---"] + ["---:"] * len(names)]
    for row in rows:
        cells = [_written(row.figures.get(name, "")) for name in names]
        lines.append([*([f"{row.documents:,}"] if counted else []), row.who, *cells])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def append_json(path: Path, rows: Iterable[Row]) -> None:
    """Add rows to a file, a line each."""
    with path.open("a", encoding="utf-8") as stream:
        stream.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)


def read_json(path: Path) -> list[Row]:
    """Return the rows of a file."""
    return [Row(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def machine() -> str:
    """Say in one line what this runs on and how busy it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    load = os.getloadavg()[0]
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, {system}, load {load:.2f}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _written(value: float | str) -> str:
    if isinstance(value, str):
        return value
    if value == int(value) and abs(value) < 1_000_000:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
