"""Which settings make Slack a platform."""

from __future__ import annotations

import pytest

from bot.config import Config
from bot.errors import ConfigError
from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.slack import from_config

SERVICES = Services(Actions(shorten=str, expand=str), HttpServer("127.0.0.1", 0))


def test_without_settings_there_is_no_slack() -> None:
    assert from_config(Config(), SERVICES) is None


@pytest.mark.parametrize("way_in", [{"slack_app_token": "xapp-1"}, {"slack_signing_secret": "s"}])
def test_a_bot_token_and_a_way_in_make_slack(way_in: dict[str, str]) -> None:
    platform = from_config(Config(slack_bot_token="xoxb-1", **way_in), SERVICES)
    assert platform is not None
    assert platform.name == "slack"


@pytest.mark.parametrize(
    ("half", "missing"),
    [
        ({"slack_bot_token": "xoxb-1"}, "HANGXUN_SLACK_APP_TOKEN is missing"),
        ({"slack_app_token": "xapp-1"}, "HANGXUN_SLACK_BOT_TOKEN is missing"),
        ({"slack_signing_secret": "s"}, "HANGXUN_SLACK_BOT_TOKEN is missing"),
    ],
)
def test_half_of_the_settings_are_refused(half: dict[str, str], missing: str) -> None:
    with pytest.raises(ConfigError, match=missing):
        from_config(Config(**half), SERVICES)
