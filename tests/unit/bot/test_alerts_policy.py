"""What the operator set, as the alerts obey it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.alerts.policy import policy_of
from bot.config import load_config
from handlers.request import Conversation


def test_alerts_keep_to_the_lists_the_window_and_the_pace_of_the_operator(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in {
        "ALLOWED_CHATS": "telegram:7", "WINDOW": "3", "TELEGRAM_PER_SECOND": "500",
        "DEADLINE_SECONDS": "5", "LEASE_SECONDS": "20", "LANGUAGE": "en",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"HANGXUN_{name}", value)
    policy = policy_of(load_config(dotenv=tmp_path / ".env"))
    assert policy.receives(Conversation("telegram", "7"))
    assert not policy.receives(Conversation("telegram", "8"))
    assert not policy.receives(Conversation("slack", "7", team="T1"))
    assert (policy.window, policy.deadline_seconds, policy.lease.total_seconds()) == (3, 5, 20)
    assert policy.limits("telegram").apart == pytest.approx(1 / 500)
    assert policy.language == "en"
