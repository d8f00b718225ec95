"""Backup, restore and dead letters as an operator uses them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, nullcontext
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.errors import ConfigError
from bot.exclusive import only_process
from bot.store import open_store
from bot.store.claiming import Sender
from bot.store.migrate import HEAD
from bot.store.rows import Message, Plan, Settlement, State
from bot.store.rows import Result as Outcome
from handlers.ports import Settings, Subscription
from handlers.request import Conversation
from handlers.schedule import daily
from tests.fakes.logs import log_restored
from tests.fakes.planned import candidates

ALICE = Conversation("telegram", "1001")


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path}/hangxun.sqlite"
    monkeypatch.setenv("HANGXUN_DATABASE_URL", url)
    return url


def fill(url: str) -> None:
    """Let a chat follow something, and one message to it die."""
    now = datetime.now(UTC)
    began = now - timedelta(days=2)
    store = open_store(url)
    settings = Settings(daily(time(9)), "UTC", began)
    store.chats.subscribe(ALICE, Subscription("半导体", began), settings)
    message = Message(("半导体",), (), '{"blocks":[]}', now + timedelta(hours=1))
    (candidate,) = candidates(store, now, timedelta(days=2))
    store.plans.record([Plan((candidate.chat_id,), date(2026, 1, 1), "daily", message)], now)
    (claimed,) = store.deliveries.exchange(Sender("telegram", "me"), (), 1, now).deliveries
    dead = Outcome(claimed, Settlement(State.DEAD, 8, 0, error="refused"))
    store.deliveries.exchange(Sender("telegram", "me"), [dead], 0, now)
    store.close()


def step_of(url: str) -> str:
    """Return the step at which the tables are."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        ((step,),) = connection.execute("SELECT version_num FROM alembic_version")
    return str(step)


def hangxun(*arguments: str) -> Result:
    with log_restored():
        return CliRunner().invoke(cli, list(arguments))


def test_a_backup_is_restored_into_an_empty_database(url: str, tmp_path: Path) -> None:
    fill(url)
    file = tmp_path / "all.backup"
    assert "backup ok" in hangxun("backup", str(file)).output
    Path(url.removeprefix("sqlite:///")).unlink()
    assert "restore ok" in hangxun("restore", str(file)).output
    assert "1001" in hangxun("deliveries", "list").output


def test_nothing_is_written_over_unless_it_is_said(url: str, tmp_path: Path) -> None:
    fill(url)
    file = tmp_path / "all.backup"
    hangxun("backup", str(file))
    for refused in (hangxun("backup", str(file)), hangxun("restore", str(file))):
        assert isinstance(refused.exception, ConfigError)
        assert "--force" in str(refused.exception)
    assert "backup ok" in hangxun("backup", str(file), "--force").output
    assert "restore ok" in hangxun("restore", str(file), "--force").output


def test_a_backup_into_a_folder_that_is_not_there_says_so(url: str, tmp_path: Path) -> None:
    refused = hangxun("backup", str(tmp_path / "nowhere" / "all.backup"))
    assert isinstance(refused.exception, ConfigError)
    assert f"no folder {tmp_path / 'nowhere'}" in str(refused.exception)


def test_nothing_is_restored_while_the_bot_runs(url: str, tmp_path: Path) -> None:
    fill(url)
    file = tmp_path / "all.backup"
    hangxun("backup", str(file))
    with only_process(url):
        refused = hangxun("restore", str(file), "--force")
    assert "another hangxun runs" in str(refused.exception)


def test_an_older_version_is_gone_back_to_without_losing_what_it_knows(url: str) -> None:
    fill(url)
    assert hangxun("downgrade", "0008").output == f"downgrade ok: {HEAD} -> 0008\n"
    assert step_of(url) == "0008"
    assert "telegram:1001  8 attempts  refused" in hangxun("deliveries", "list").output
    assert step_of(url) == HEAD


def test_a_step_that_nobody_knows_is_wrong_usage_and_says_which_there_are(url: str) -> None:
    fill(url)
    for step in ("base", "8", "9999"):
        refused = hangxun("downgrade", step)
        assert (refused.exit_code, step_of(url)) == (2, HEAD)
        assert "0007, 0008" in refused.output


@pytest.mark.parametrize("lease", ["sender|telegram|me", None])
def test_no_tables_are_taken_from_a_running_bot(url: str, lease: str | None) -> None:
    fill(url)
    with only_process(url) if lease is None else nullcontext():
        if lease:
            store = open_store(url)
            store.leases.take(lease, "me", datetime.now(UTC), timedelta(minutes=1))
            store.close()
        refused = hangxun("downgrade", "0008")
    assert isinstance(refused.exception, ConfigError)
    assert "stop it first" in str(refused.exception)
    assert step_of(url) == HEAD


def test_dead_letters_are_listed_sent_again_and_dropped(url: str) -> None:
    fill(url)
    listed = hangxun("deliveries", "list").output
    assert "telegram:1001  8 attempts  refused" in listed
    assert listed.endswith("deliveries=1\n")
    (row,) = map(json.loads, hangxun("deliveries", "list", "--json").output.splitlines())
    assert (row["state"], row["chat"], row["reason"]) == ("dead", "telegram:1001", "refused")
    assert hangxun("deliveries", "retry", str(row["id"])).output == "queued=1\n"
    assert hangxun("deliveries", "drop", "--all").output == "dropped=0\n"
    assert hangxun("deliveries", "list").output == "deliveries=0\n"


@pytest.mark.parametrize("arguments", [["retry"], ["drop", "1", "--all"]])
def test_messages_are_named_or_all_are_meant(url: str, arguments: list[str]) -> None:
    assert hangxun("deliveries", *arguments).exit_code == 2
