"""The eyes of somebody at a terminal."""

from __future__ import annotations

import unicodedata

from rich.cells import cell_len

WIDTH = 60


def read_lines(printed: str) -> str:
    """Return the words of what was printed; raises for what would drive the terminal or run off its edge."""
    lines = printed.split("\n")
    for line in lines:
        assert cell_len(line) <= WIDTH, f"wider than {WIDTH} cells: {line!r}"
        assert not any(unicodedata.category(character) in {"Cc", "Cf"} for character in line), repr(line)
    return "\n".join(line.removeprefix("│ ") for line in lines)
