"""The small fault matrix: real processes, killed, stopped, disturbed; `make faults` plays the whole one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.conftest import LEDGERS
from tests.faults.matrix import SMOKE
from tests.faults.scenario import Scenario, stage


@pytest.mark.parametrize("scenario", SMOKE, ids=lambda scenario: scenario.name)
async def test_nothing_is_lost_and_little_comes_twice(
    scenario: Scenario, index: Path, request: pytest.FixtureRequest
) -> None:
    if scenario.obstacle:
        pytest.skip(scenario.obstacle)
    with stage(index) as place:
        ledger = await scenario.play(place)
    request.config.stash[LEDGERS].append(f"{scenario.name}: {ledger}")
    assert scenario.mistakes(ledger) == []
