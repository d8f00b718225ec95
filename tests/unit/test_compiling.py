"""What setup.py compiles is what the extraction of figures is made of."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
METRICS = ROOT / "knowledge" / "metrics"


def imported_from_metrics(module: str) -> Iterator[str]:
    tree = ast.parse((METRICS / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (
            name := (node.module or "").partition("knowledge.metrics.")[2]
        ):
            yield name


def needed_by(module: str) -> set[str]:
    needed, left = set[str](), [module]
    while left:
        if (name := left.pop()) not in needed:
            needed.add(name)
            left += imported_from_metrics(name)
    return needed


def test_extraction_and_all_that_it_imports_is_compiled_and_nothing_else() -> None:
    listed = re.search(r'COMPILED = """(.*?)"""', (ROOT / "setup.py").read_text(encoding="utf-8"), re.DOTALL)
    assert listed
    assert set(listed[1].split()) == needed_by("extract")
