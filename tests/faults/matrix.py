"""The fault matrix: one entry a scenario. A new one is a play and a line here."""

from __future__ import annotations

from functools import partial

from tests.faults.scenario import BOUND, Scenario, faketime, root
from tests.faults.scenarios import clocks, fan_out, inbound, indexes, refusals, replicas, storage, zones
from tests.faults.scenarios.replicas import postgres
from tests.faults.workspace import Workspace

CLEAN = {"complaints": 0}
LEAVING = {"exit_s": 25, **CLEAN}
SAME_MINUTE = {"early": 0, "extra_rows": 0, **CLEAN}
NO_ROOM = {"errors": 0, "acknowledged_but_lost": 0, "wrongly_ready": 0, **CLEAN}
SWAPPED = {"mixed": 0, "mixed_alerts": 0, "ambiguous": 0, "handles_grown": 16, **CLEAN}
REVOKED = {"asked_while_revoked": 3 * fan_out.WINDOW, **CLEAN}
PAUSED = {"inside_pause": 0, **CLEAN}

MATRIX = (
    Scenario("no fault", partial(fan_out.fan_out, due=6_000, ends=0, how=fan_out.killed), most=CLEAN),
    Scenario(
        "killed thirty times, unsteady platform",
        partial(fan_out.fan_out, due=6_000, ends=30, how=fan_out.killed, odds=fan_out.UNSTEADY),
        dup=BOUND, most={"held": fan_out.MOST_HELD, **CLEAN},
    ),
    Scenario(
        "stopped twenty times",
        partial(fan_out.fan_out, due=4_000, ends=20, how=fan_out.stopped), most=LEAVING,
    ),
    Scenario(
        "stopped while nobody answers", partial(fan_out.stopped_in_silence, due=100, times=2),
        dup=BOUND, most=LEAVING, waits=True,
    ),
    Scenario(
        "Slack: killed ten times, unsteady platform",
        partial(
            fan_out.fan_out, due=2_000, ends=10, how=fan_out.killed, odds=fan_out.UNSTEADY, on=Workspace
        ),
        dup=BOUND, most={"held": fan_out.MOST_HELD, **CLEAN},
    ),
    Scenario(
        "Slack: stopped five times",
        partial(fan_out.fan_out, due=1_000, ends=5, how=fan_out.stopped, on=Workspace), most=LEAVING,
    ),
    *(
        Scenario(
            f"{name} replicas, the same minute",
            partial(replicas.same_minute, replicas=count, due=1_000, later=1_000),
            most=SAME_MINUTE, needs=(postgres,), waits=True,
        )
        for name, count in {"two": 2, "four": 4}.items()
    ),
    Scenario(
        "two replicas, twenty kills, PostgreSQL crashes twice",
        partial(replicas.restarts, due=3_000, kills=20, times=2, odds=fan_out.UNSTEADY),
        dup=BOUND, most={"held": fan_out.MOST_HELD}, needs=(postgres,),
    ),
    Scenario(
        "PostgreSQL down for a minute", partial(replicas.database_down, due=1_000, seconds=60),
        dup=BOUND, most={"unanswered": 0, "recovery_s": 5, **CLEAN}, needs=(postgres,), waits=True,
    ),
    Scenario(
        "SQLite locked for three seconds", partial(storage.locked, due=500, seconds=3),
        most={"errors": 0, "longer_s": 4, **CLEAN},
    ),
    Scenario("disk full", partial(storage.disk_full, due=500), most=NO_ROOM, needs=(root,)),
    Scenario(
        "disk full at the start", partial(storage.disk_full, due=100, from_start=True),
        most=NO_ROOM, needs=(root,),
    ),
    Scenario("disk read-only", partial(storage.read_only, due=500), most=NO_ROOM),
    Scenario(
        "disk read-only at the start", partial(storage.read_only, due=100, from_start=True), most=NO_ROOM
    ),
    *(
        Scenario(
            f"clock turned {name}", partial(clocks.jumps, due=50, turns=turns),
            most={"early": 0, "noticed_s": 15, "told_again": 0, **CLEAN}, needs=(faketime,), waits=True,
        )
        for name, turns in clocks.JUMPS.items()
    ),
    Scenario(
        "every time zone, 2024 to 2030", partial(zones.every_zone, years=range(2024, 2031)),
        most={"off_time": 0},
    ),
    Scenario(
        "index swapped 200 times", partial(indexes.swaps, due=300, times=200, pace=1, speed=4),
        most=SWAPPED, needs=(faketime,),
    ),
    Scenario(
        "damaged indexes published", partial(indexes.damages, cuts=20, flips=200, speed=4),
        most={"wrong": 0, "crashes": 0, **CLEAN}, needs=(faketime,), waits=True,
    ),
    Scenario("every update polled four times", partial(inbound.polled_fourfold, events=50), most=CLEAN),
    Scenario(
        "every update posted four times to two replicas", partial(inbound.posted_fourfold, events=50),
        most=CLEAN, needs=(postgres,),
    ),
    Scenario(
        "every Slack event four times to two replicas", partial(inbound.slack_fourfold, events=51),
        most=CLEAN, needs=(postgres,),
    ),
    Scenario("killed at each step of answering", inbound.killed_at_each_step, dup=BOUND),
    Scenario(
        "token revoked for ten minutes", partial(refusals.token_revoked, due=400, minutes=10, speed=5),
        most=REVOKED, needs=(faketime,), waits=True,
    ),
    Scenario(
        "Slack: token revoked for ten minutes",
        partial(refusals.token_revoked, due=400, minutes=10, speed=5, on=Workspace),
        most=REVOKED, needs=(faketime,), waits=True,
    ),
    Scenario(
        "a flood pause of three hours", partial(refusals.flood_of_hours, due=400, hours=3),
        most=PAUSED, needs=(faketime,), waits=True,
    ),
    Scenario(
        "Slack: a pause of three hours", partial(refusals.flood_of_hours, due=400, hours=3, on=Workspace),
        most=PAUSED, needs=(faketime,), waits=True,
    ),
    Scenario(
        "a storm of flood pauses", partial(refusals.flood_storm, due=800, pauses=8, speed=5),
        most=PAUSED, needs=(faketime,), waits=True,
    ),
)  # fmt: skip

SMOKE = (
    Scenario("no fault", partial(fan_out.fan_out, due=150, ends=0, how=fan_out.killed), most=CLEAN),
    Scenario(
        "killed twice, unsteady platform",
        partial(fan_out.fan_out, due=150, ends=2, how=fan_out.killed, odds=fan_out.UNSTEADY),
        dup=BOUND, most=CLEAN,
    ),
    Scenario(
        "stopped twice", partial(fan_out.fan_out, due=150, ends=2, how=fan_out.stopped), most=LEAVING
    ),
    Scenario(
        "two replicas, the same minute", partial(replicas.same_minute, replicas=2, due=150),
        most={"extra_rows": 0, **CLEAN}, needs=(postgres,),
    ),
    Scenario(
        "SQLite locked for a second", partial(storage.locked, due=50, seconds=1), most={"errors": 0, **CLEAN}
    ),
    Scenario(
        "index swapped three times", partial(indexes.swaps, due=20, times=3), most={"mixed": 0, **CLEAN}
    ),
    Scenario("every update polled four times", partial(inbound.polled_fourfold, events=10), most=CLEAN),
)  # fmt: skip
"""The same, small, for every run of the tests; needs no clock of its own and no root."""
