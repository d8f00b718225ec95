from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import load_config
from bot.errors import ConfigError
from bot.http import HttpServer
from bot.platform import Actions, Platform, Services
from bot.telegram import from_config

TOKEN = {"HANGXUN_TELEGRAM_TOKEN": "1234567:AAtest"}
HOOK = {"HANGXUN_TELEGRAM_WEBHOOK_URL": "https://bot.example.org/telegram"}


def made_from(settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Platform | None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    services = Services(Actions(str, str), HttpServer("127.0.0.1", 0))
    return from_config(load_config(Path("no.env")), services)


def test_without_a_token_there_is_no_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_from({}, monkeypatch) is None


def test_a_token_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = made_from(TOKEN, monkeypatch)
    assert telegram
    assert telegram.name == "telegram"


def test_a_webhook_without_a_secret_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="HANGXUN_TELEGRAM_WEBHOOK_SECRET is missing"):
        made_from(TOKEN | HOOK, monkeypatch)


def test_a_webhook_with_a_secret_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made_from(TOKEN | HOOK | {"HANGXUN_TELEGRAM_WEBHOOK_SECRET": "s3cret"}, monkeypatch)


def test_a_token_that_cannot_be_one_is_refused_without_being_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError) as caught:
        made_from({"HANGXUN_TELEGRAM_TOKEN": "my-password"}, monkeypatch)
    assert "my-password" not in str(caught.value)
