"""Files that were refused, kept beside the index: one is read again only when it, or our rules, change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

REFUSALS_FILE = "refused.json"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be read: its name in errors, its place and content, why, and by which rules."""

    name: str
    path: str
    sha256: str
    reason: str
    rules: str


def read_refusals(folder: Path) -> tuple[Refusal, ...]:
    """Return the files that the last builds of an index refused; none where that is not known."""
    try:
        rows = json.loads((folder / REFUSALS_FILE).read_text(encoding="utf-8"))
        return tuple(Refusal(**row) for row in rows)
    except (OSError, ValueError, TypeError):
        return ()


def write_refusals(folder: Path, refusals: Iterable[Refusal]) -> None:
    """Keep what was refused, in one step."""
    rows = [asdict(refusal) for refusal in refusals]
    new = folder / f"{REFUSALS_FILE}.new"
    new.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    new.replace(folder / REFUSALS_FILE)
