from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import run
from bot.store import open_store
from bot.store.misses import KeptMisses


@pytest.mark.parametrize(("keeps_text", "listed"), [(False, ["  2"]), (True, ["  2", "  2  火星基地"])])
def test_misses_are_listed_by_day(
    keeps_text: bool,
    listed: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HANGXUN_DATABASE_URL", f"sqlite:///{tmp_path}/hangxun.sqlite")
    today = datetime.now(UTC).date()
    store = open_store(f"sqlite:///{tmp_path}/hangxun.sqlite")
    misses = KeptMisses(store.database, keeps_text)
    for day in (today, today, today - timedelta(days=40)):
        misses.count(day, "火星基地")
    store.close()
    assert run(["misses"]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{today}{listed[0]}", *listed[1:], "misses=2 days=30"]
