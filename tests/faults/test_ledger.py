"""The ledger can tell: what is missing is lost, what came again is a duplicate, and neither is forgiven."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import open_store
from handlers.request import Conversation
from tests.faults.ledger import Ledger, account, percentile, together
from tests.faults.record import BEGIN, END, record
from tests.faults.scenario import BOUND, Played, Scenario
from tests.faults.seen import Seen
from tests.faults.stage import Stage

DUE = ("1", "2", "3")


def seen(*alerts: tuple[str, str], **faults: int) -> Seen:
    """Return what a platform saw of alerts (chat, title), a second apart."""
    found = Seen()
    found.faults.update(faults)
    for moment, (chat, title) in enumerate(alerts, 1):
        found.alerts[chat, title] += 1
        found.moments.setdefault(chat, float(moment))
    return found


async def nothing(_stage: Stage) -> Ledger:
    return Ledger()


def scenario(**rest: object) -> Scenario:
    return Scenario("one", nothing, **rest)  # type: ignore[arg-type]


def test_an_alert_that_nobody_saw_is_lost() -> None:
    ledger = account(seen(("1", "a"), ("2", "a")), DUE, since=0)
    assert (ledger.due, ledger.delivered, ledger.lost) == (3, 2, 1)
    assert scenario().mistakes(ledger) == ["lost=1, at most 0"]


def test_an_alert_that_ended_for_a_reason_that_the_run_explains_is_not_lost() -> None:
    ledger = account(seen(("1", "a"), ("2", "a")), DUE, since=0, explained={"held": ["3"]})
    assert (ledger.lost, ledger.held) == (0, 1)
    assert scenario().mistakes(ledger) == ["held=1, at most 0"]
    assert scenario(most={"held": 1}).mistakes(ledger) == []


def test_the_end_of_one_alert_does_not_explain_that_another_is_missing() -> None:
    ledger = account(seen(("1", "a"), ("2", "a")), DUE, since=0, explained={"held": ["1"]})
    assert (ledger.lost, ledger.held) == (1, 1)


def test_an_alert_seen_twice_and_a_second_alert_of_a_chat_are_duplicates() -> None:
    ledger = account(seen(("1", "a"), ("1", "a"), ("2", "a"), ("2", "b"), ("3", "a")), DUE, since=0)
    assert (ledger.delivered, ledger.dup) == (3, 2)
    assert scenario().mistakes(ledger) == ["dup=2, at most 0"]


def test_an_alert_to_somebody_who_was_not_due_is_a_duplicate() -> None:
    ledger = account(seen(*((chat, "a") for chat in (*DUE, "9"))), DUE, since=0)
    assert (ledger.delivered, ledger.dup) == (3, 1)


def test_duplicates_are_bounded_by_kills_and_by_attempts_that_ended_in_the_dark() -> None:
    ledger = account(seen(*[("1", "a")] * 12, CutAfter=1, flood=5), ("1",), since=0, kills=1, window=8)
    assert (ledger.dup, ledger.bound, ledger.ambiguous) == (11, 9, 1)
    assert scenario(dup=BOUND).mistakes(ledger) == ["dup=11, at most 9"]


def test_whoever_was_killed_while_sending_counts_once_in_the_bound() -> None:
    assert account(seen(("1", "a"), gone=3), ("1",), since=0).bound == 3
    assert account(seen(("1", "a"), gone=3), ("1",), since=0, kills=1, window=8).bound == 8
    assert account(seen(("1", "a"), gone=11), ("1",), since=0, kills=1, window=8).bound == 11


def test_the_line_names_every_column_once() -> None:
    ledger = account(seen(*((chat, "a") for chat in DUE)), DUE, since=0.5, exit_s=2.0)
    assert str(ledger) == (
        "due=3 delivered=3 lost=0 dup=0 bound=0 dead=0 expired=0 held=0 kills=0 ambiguous=0 "
        "p99_late_s=2.5 exit_s=2.0"
    )


def test_several_runs_add_up_to_the_worst_lateness() -> None:
    runs = (
        account(seen(("1", "a"), ("2", "a")), DUE, since=0, kills=1, window=8),
        account(seen(("1", "a"), ("1", "a")), ("1",), since=-4, early=3),
    )
    assert str(together(runs)) == (
        "due=4 delivered=3 lost=1 dup=1 bound=8 dead=0 expired=0 held=0 kills=1 ambiguous=0 p99_late_s=5.0"
    )


def test_a_recorded_run_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    document = tmp_path / "faults.md"
    document.write_text(f"before\n{BEGIN}old lines\n{END}after\n", encoding="utf-8")
    good = account(seen(("1", "a")), ("1",), since=0)
    record([Played(scenario(), good, 2.0), Played(scenario(), obstacle="no tools")], 3.0, document)
    text = document.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}")
    assert text.endswith(f"{END}after\n")
    assert f"ok       one (2 s): {good}\nskipped  one (0 s): no tools\n" in text
    assert f"1 scenarios in 3 s: {good}" in text
    assert "old lines" not in text


def test_a_run_is_recorded_where_there_is_no_git_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    document = tmp_path / "faults.md"
    document.write_text(f"{BEGIN}{END}", encoding="utf-8")
    record([], 3.0, document)
    assert "commit unknown" in document.read_text(encoding="utf-8")


def test_a_percentile_is_a_value_that_was_there() -> None:
    assert percentile([], 0.99) == 0.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0
    assert percentile([float(n) for n in range(1, 101)], 0.99) == 99.0


def test_a_scenario_that_cannot_be_played_says_why() -> None:
    assert scenario().obstacle is None
    assert scenario(needs=(lambda: None, lambda: "no tools here")).obstacle == "no tools here"


def test_each_of_a_crowd_follows_what_is_asked_of_it(tmp_path: Path) -> None:
    tastes = (("半导体",), ("5G", "算力"))
    place = Stage(tmp_path, tmp_path, f"sqlite:///{tmp_path}/state.sqlite")
    chats = place.subscribe(7, datetime(2026, 11, 23, 9, tzinfo=UTC), tastes)
    with closing(open_store(place.url)) as store:
        followed = [store.chats.subscriptions(Conversation("telegram", chat)) for chat in chats]
    assert [tuple(one.topic for one in each) for each in followed] == [tastes[n % 2] for n in range(7)]
    assert (place.held(), place.waiting()) == (frozenset(), 0)
