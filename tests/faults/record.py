"""The last whole run, written into docs/faults.md."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.ledger import together
from tests.faults.process import CHECKOUT
from tests.faults.scenario import Played

DOCUMENT = CHECKOUT / "docs" / "faults.md"
BEGIN, END = "<!-- ledger -->\n", "<!-- end of ledger -->\n"


def record(played: Sequence[Played], seconds: float, document: Path = DOCUMENT) -> None:
    """Put the lines of a run into the document in place of those of the run before."""
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    document.write_text(before + BEGIN + _section(played, seconds) + END + after, encoding="utf-8")


def _section(played: Sequence[Played], seconds: float) -> str:
    ledgers = [each.ledger for each in played if each.ledger]
    where = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, commit {_commit()}, {os.cpu_count()} cores"
    total = f"{len(ledgers)} scenarios in {seconds:.0f} s: {together(ledgers)}"
    return "\n".join([f"{where}:", "", "```", *(each.line for each in played), "", total, "```", ""])


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        told = subprocess.run(command, check=True, cwd=CHECKOUT, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):  # no git here, or no checkout of it
        return "unknown"
    return told.stdout.strip()
