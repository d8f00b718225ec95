"""S14: whatever is typed, behind whatever command, an answer costs little."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.commands import COMMANDS
from handlers.dispatch import TEXT_LIMIT
from knowledge.index import open_library
from knowledge.library import Library
from tests.unit.handlers.desk import Desk
from tests.unit.test_security_regexes import ATTACKS

MOST_SECONDS = 0.25
LOOKS = 3
"""How often a machine that is busy with something else is given another chance."""

DIFFERENT = {
    "words": "".join(f"词{number}、" for number in range(TEXT_LIMIT)),
    "owners": " ".join(f"公司{number}" for number in range(TEXT_LIMIT)),
    "figures": "，".join(f"{number}.2亿元" for number in range(TEXT_LIMIT)),
}
"""Texts in which no two words are the same: what is looked up for each of them adds up."""


@pytest.fixture(scope="module", name="library")
def sample_library(sample_index: Path) -> Iterator[Library]:
    library = open_library(sample_index)
    Desk(library=library).ask("5G基站有多少")
    yield library
    library.close()


def hostile_texts() -> Iterator[str]:
    yield from (attack * TEXT_LIMIT for attack in ATTACKS.values())
    yield from DIFFERENT.values()


def seconds(library: Library, text: str) -> float:
    began = time.process_time()
    assert Desk(library=library).ask(text).blocks
    return time.process_time() - began


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_no_text_behind_a_command_takes_long(library: Library, command: str) -> None:
    for text in hostile_texts():
        typed = f"/{command} {text}"[:TEXT_LIMIT]
        assert any(seconds(library, typed) < MOST_SECONDS for _ in range(LOOKS)), typed[:20]
