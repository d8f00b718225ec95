"""S14: no regular expression of ours takes more than a blink, whatever it is given (CWE-1333)."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import pytest

from knowledge.ingest.contents import LONGEST_LINE

ROOT = Path(__file__).parents[2]
SIZE = 4_096
LONGEST_SECONDS = 0.1
BOUNDED = {"knowledge.ingest.contents._ENTRY": LONGEST_LINE}
"""Expressions that are shown no longer texts than that: what they take then is all that they ever take."""

GROWTH = 2.5
LOOKS = 4
"""How often a machine that is busy with something else is given another chance."""

NOISE_SECONDS = 0.002
"""Below this a clock measures the machine, not the expression."""

ATTACKS = {
    "汉": "汉",
    "zeros": "0",
    "full-width zeros": "０",
    "commas": "，",
    "a.": "a.",
    "letters": "a",
    "capitals": "A",
    "underscores": "_",
    "spaces": " ",
    "brackets": "（(",
    "quotes": '"“',
    "angles": "<",
    "pipes": "<a|",
    "hyphens": "-a",
    "figures": "1.2亿元，",
    "years": "2025年1月",
    "mixed": "a1汉 ０，（",
    "slashes": "/a@b ",
    "newlines": "\n ",
}


def module_names() -> Iterator[str]:
    for package in ("bot", "handlers", "knowledge"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts and path.stem not in {"__main__"}:
                yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def names_of_patterns(module: str) -> Iterator[str]:
    """Yield what a module calls the expressions that it compiles, read from its source."""
    path = ROOT / Path(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and "compile" in ast.dump(node.value):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def expressions(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from expressions(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from expressions(each)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    found = {}
    for module in module_names():
        for name in names_of_patterns(module):
            for number, pattern in enumerate(expressions(getattr(import_module(module), name, None))):
                found[f"{module}.{name}{number or ''}"] = pattern
    return found


def is_searched(name: str) -> bool:
    """Tell whether an expression is looked for anywhere in a text, not only at its beginning."""
    module, variable = name.rsplit(".", 1)
    path = ROOT / Path(*module.split("."))
    source = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    uses = re.findall(rf"\b{variable.rstrip('0123456789')}\b(?!\s*=)(?:\.(\w+))?", source)
    return not uses or any(use not in {"match", "fullmatch"} for use in uses)


def seconds(pattern: re.Pattern[str], text: str, *, searched: bool) -> float:
    """Return the best of three looks at a whole text."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        if searched:
            for _match in pattern.finditer(text):
                pass
        else:
            pattern.fullmatch(text)
            pattern.match(text)
        best = min(best, time.perf_counter() - began)
    return best


def trouble(pattern: re.Pattern[str], text: str, *, searched: bool, grows: bool) -> str | None:
    """Tell what is wrong with the time that a text takes, None where nothing is.

    Where texts may grow (to SIZE and beyond), one of twice the length may take about twice the time.
    """
    once = seconds(pattern, text[len(text) // 2 :], searched=searched)
    twice = seconds(pattern, text, searched=searched)
    fits = twice < LONGEST_SECONDS and (not grows or twice <= max(GROWTH * once, NOISE_SECONDS))
    return None if fits else f"{once:.4f} -> {twice:.4f} s for {text[:8]!r}"


def test_the_patterns_are_found() -> None:
    assert len(patterns()) > 60


@pytest.mark.parametrize("name", patterns())
def test_an_expression_takes_linear_time(name: str) -> None:
    look = partial(trouble, patterns()[name], searched=is_searched(name), grows=name not in BOUNDED)
    for attack in ATTACKS.values():
        for tail in ("", "!"):
            text = (attack * (SIZE // len(attack)))[: BOUNDED.get(name, SIZE)] + tail
            looks = (look(text) for _ in range(LOOKS))
            assert None in looks, next(looks, look(text))
