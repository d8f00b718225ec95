"""The rules of the house that the linter does not check."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 8


def code_files() -> list[Path]:
    files = [path for package in ("bot", "handlers", "knowledge") for path in (ROOT / package).rglob("*.py")]
    return [path for path in files if "migrations" not in path.parts]


def functions() -> Iterator[tuple[str, int]]:
    for path in code_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or 0) - body[0].lineno + 1


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path.relative_to(ROOT): path.read_text(encoding="utf-8").count("\n") for path in code_files()}
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    assert {name: n for name, n in functions() if n > LONGEST_FUNCTION} == {}


def test_half_of_the_functions_have_at_most_8_lines() -> None:
    assert statistics.median(n for _, n in functions()) <= MEDIAN_FUNCTION


def test_no_module_is_called_after_nothing() -> None:
    assert {path.stem for path in code_files()} & {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "misc",
    } == set()
