"""Slack: Socket Mode or signed HTTP, mentions, direct messages, the slash command and buttons."""

from __future__ import annotations

from bot.config import Config
from bot.errors import ConfigError
from bot.platform import Platform, Services


def from_config(config: Config, services: Services) -> Platform | None:
    """Return Slack where it is configured. Raises ConfigError where a part of the settings is missing."""
    bot, app, secret = config.slack_bot_token, config.slack_app_token, config.slack_signing_secret
    if not (bot or app or secret):
        return None
    if bot is None:
        raise ConfigError(
            "HANGXUN_SLACK_BOT_TOKEN is missing: copy the bot token (xoxb-...) from the app's page"
        )
    if not (app or secret):
        raise ConfigError(
            "HANGXUN_SLACK_APP_TOKEN is missing: set it (xapp-...) for Socket Mode, "
            "or HANGXUN_SLACK_SIGNING_SECRET for HTTP"
        )
    from bot.slack.adapter import Slack, SlackSettings

    return Slack(
        SlackSettings(
            bot_token=bot.get_secret_value(),
            app_token=app.get_secret_value() if app else "",
            signing_secret=secret.get_secret_value() if secret else "",
            base_url=config.slack_base_url,
            language=config.language,
        ),
        services,
    )
