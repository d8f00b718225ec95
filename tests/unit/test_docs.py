"""What the documents name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import MODULES
from bot.config import FILE_SUFFIX, PREFIX, Config
from bot.telemetry.counted import EVENTS

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SETTINGS = {f"{PREFIX}{name}".upper() for name in Config.model_fields}
ARCHITECTURE = ROOT / "docs" / "architecture.md"


@pytest.fixture(params=DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)), name="document")
def each_document(request: pytest.FixtureRequest) -> Path:
    return request.param


def names_of_tests() -> Iterator[str]:
    for path in ROOT.glob("tests/**/*.py"):
        yield path.stem
        yield from re.findall(r"\bdef (test_\w+)", path.read_text(encoding="utf-8"))


def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_test_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"\btest_[a-z0-9_]+\b", document.read_text(encoding="utf-8")))
    assert named - set(names_of_tests()) == set()


def test_every_file_that_is_named_exists(document: Path) -> None:
    named = re.findall(
        r"`((?:bot|handlers|knowledge|tests|benchmarks|docs)/[\w./-]+)`", document.read_text(encoding="utf-8")
    )
    assert [path for path in named if "NAME" not in path and not (ROOT / path).exists()] == []


def test_every_setting_that_is_named_exists(document: Path) -> None:
    named = re.findall(rf"\b{PREFIX}[A-Z_]+\b", document.read_text(encoding="utf-8"))
    assert {name.removesuffix(FILE_SUFFIX) for name in named} - SETTINGS == set()


def test_every_subcommand_that_is_named_exists(document: Path) -> None:
    named = re.findall(
        r"(?:`|bin/|\$ |^)hangxun ([a-z]+)", document.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(named) - set(MODULES) == set()


def test_every_counted_event_that_is_named_exists(document: Path) -> None:
    named = re.findall(r"\bhangxun_([a-z]+)_total\b", document.read_text(encoding="utf-8"))
    assert set(named) - set(EVENTS) == set()


def test_the_page_of_the_architecture_names_every_setting() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    assert {name for name in SETTINGS if name not in text} == set()
