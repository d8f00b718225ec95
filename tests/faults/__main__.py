"""Play the fault matrix: python -m tests.faults [--smoke] [WORDS OF A NAME ...]; `make faults` plays all.

Prints one ledger line a run. Ends with 1 where something was lost, or more came twice than may.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from tests.faults.matrix import MATRIX, SMOKE
from tests.faults.scenario import Scenario, build_sample, stage

AT_ONCE = 3
"""Scenarios played side by side: most of the time each waits for a clock."""


@click.command()
@click.argument("words", nargs=-1)
@click.option("--smoke", is_flag=True, help="The small matrix of the test suite.")
def main(words: tuple[str, ...], smoke: bool) -> None:
    """Play the scenarios whose names have one of these words, or all."""
    scenarios = SMOKE if smoke else MATRIX
    chosen = [each for each in scenarios if not words or any(word in each.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="hangxun-faults-index-") as folder:
        index = Path(folder) / "index"
        build_sample(index)
        is_well = asyncio.run(_play_all(chosen, index))
    sys.exit(0 if is_well else 1)


async def _play_all(scenarios: Sequence[Scenario], index: Path) -> bool:
    seats = asyncio.Semaphore(AT_ONCE)
    return all(await asyncio.gather(*(_play(each, index, seats) for each in scenarios)))


async def _play(scenario: Scenario, index: Path, seats: asyncio.Semaphore) -> bool:
    """Play one scenario and print its line; False where it shows what may not be."""
    if obstacle := scenario.obstacle:
        click.echo(f"skipped  {scenario.name}: {obstacle}")
        return True
    async with seats:
        began = time.monotonic()
        try:
            with stage(index) as place:
                ledger = await scenario.play(place)
        except Exception as error:  # noqa: BLE001 -- the others go on
            where = traceback.extract_tb(error.__traceback__)[-1]
            click.echo(
                f"FAILED   {scenario.name}: {type(error).__name__} {error} ({where.name}:{where.lineno})"
            )
            return False
    mistakes = scenario.mistakes(ledger)
    verdict = "ok      " if not mistakes else "FAILED  "
    click.echo(f"{verdict} {scenario.name} ({time.monotonic() - began:.0f} s): {ledger}")
    for mistake in mistakes:
        click.echo(f"         {mistake}")
    return not mistakes


if __name__ == "__main__":
    sys.exit(main())
