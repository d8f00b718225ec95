from __future__ import annotations

import re

import pytest

from handlers.commands import COMMANDS
from handlers.manifest import slack_manifest, telegram_menu
from handlers.request import Language


@pytest.mark.parametrize("language", list(Language))
def test_the_telegram_menu_is_within_its_limits(language):
    menu = telegram_menu(COMMANDS, language)
    assert 1 <= len(menu) <= 100
    assert all(re.fullmatch("[a-z0-9_]{1,32}", name) for name, _ in menu)
    assert all(1 <= len(description) <= 256 for _, description in menu)
    assert len({name for name, _ in menu}) == len(menu)


def test_only_listed_commands_are_in_the_menu():
    names = {name for name, _ in telegram_menu(COMMANDS, Language.ZH)}
    assert names == {command.name for command in COMMANDS if command.listed}
    assert {"search", "subscribe", "help", "privacy"} <= names
    assert "article" not in names


def test_the_slack_manifest_asks_for_what_the_bot_uses():
    manifest = slack_manifest(COMMANDS)
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["interactivity"] == {"is_enabled": True}
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert {"app_mention", "message.im", "app_uninstalled", "tokens_revoked"} == set(events)
    scopes = {"app_mentions:read", "chat:write", "commands", "im:history", "users:read", "channels:read"}
    assert scopes <= set(manifest["oauth_config"]["scopes"]["bot"])
    assert not {scope for scope in manifest["oauth_config"]["scopes"]["bot"] if scope.startswith("admin")}


def test_the_slack_manifest_is_within_its_limits():
    manifest = slack_manifest(COMMANDS)
    [slash] = manifest["features"]["slash_commands"]
    assert slash["command"] == "/hangxun"
    assert "subscribe" in slash["usage_hint"]
    assert len(slash["usage_hint"]) <= 1000
    assert len(slash["description"]) <= 2000
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
