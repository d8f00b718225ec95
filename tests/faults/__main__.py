"""Play the fault matrix: python -m tests.faults [--smoke] [--record] [WORDS OF A NAME ...].

Prints one ledger line a run. Ends with 1 where something was lost, or more came twice than may.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

from tests.faults.ledger import together
from tests.faults.matrix import MATRIX, SMOKE
from tests.faults.record import DOCUMENT, record
from tests.faults.scenario import Played, Scenario, build_sample, stage

WORKING_AT_ONCE, WAITING_AT_ONCE = 2, 3
"""Scenarios played side by side: as many as there are cores, and some that wait for a clock."""


@click.command()
@click.argument("words", nargs=-1)
@click.option("--smoke", is_flag=True, help="The small matrix of the test suite.")
@click.option("--record", "is_recorded", is_flag=True, help=f"Write the lines into {DOCUMENT.name}.")
def main(words: tuple[str, ...], smoke: bool, is_recorded: bool) -> None:
    """Play the scenarios whose names have one of these words, or all."""
    scenarios = SMOKE if smoke else MATRIX
    chosen = [each for each in scenarios if not words or any(word in each.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="hangxun-faults-index-") as folder:
        index = Path(folder) / "index"
        build_sample(index)
        began = time.monotonic()
        played = asyncio.run(_play_all(chosen, index))
    seconds = time.monotonic() - began
    ledgers = [each.ledger for each in played if each.ledger]
    click.echo(f"{len(ledgers)} scenarios in {seconds:.0f} s: {together(ledgers)}")
    if is_recorded:
        record(played, seconds)
    sys.exit(0 if all(each.is_well for each in played) else 1)


@dataclass(frozen=True, slots=True)
class _Seats:
    """How many may play at once."""

    working: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(WORKING_AT_ONCE))
    waiting: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(WAITING_AT_ONCE))


async def _play_all(scenarios: Sequence[Scenario], index: Path) -> list[Played]:
    seats = _Seats()
    return await asyncio.gather(*(_play(each, index, seats) for each in scenarios))


async def _play(scenario: Scenario, index: Path, seats: _Seats) -> Played:
    """Play one scenario and print its line."""
    if obstacle := scenario.obstacle:
        played = Played(scenario, obstacle=obstacle)
    else:
        async with seats.waiting if scenario.waits else seats.working:
            played = await _played(scenario, index)
    click.echo(played.line)
    for mistake in played.mistakes:
        click.echo(f"         {mistake}")
    return played


async def _played(scenario: Scenario, index: Path) -> Played:
    began = time.monotonic()
    try:
        with stage(index) as place:
            ledger = await scenario.play(place)
    except Exception as error:  # noqa: BLE001 -- the others go on
        where = traceback.extract_tb(error.__traceback__)
        ours = next(frame for frame in reversed(where) if "scenarios" in frame.filename)
        words = f"{type(error).__name__} {error} ({ours.name}:{ours.lineno})"
        return Played(scenario, seconds=time.monotonic() - began, failure=words)
    return Played(scenario, ledger, seconds=time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main())
