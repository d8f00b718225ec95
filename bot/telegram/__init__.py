"""Telegram: updates in, HTML messages out (python-telegram-bot)."""

from __future__ import annotations

from bot.config import Config
from bot.errors import ConfigError
from bot.platform import Platform, Services
from handlers.request import Language


def from_config(config: Config, services: Services) -> Platform | None:
    """Return Telegram where it is configured. Raises ConfigError where a part of the settings is missing."""
    token, url, secret = config.telegram_token, config.telegram_webhook_url, config.telegram_webhook_secret
    if token is None:
        return None
    if url and secret is None:
        raise ConfigError(
            "HANGXUN_TELEGRAM_WEBHOOK_SECRET is missing: a webhook is open to anybody without it"
        )
    from bot.telegram.account import Account
    from bot.telegram.adapter import Telegram
    from bot.telegram.webhook import Webhook
    from handlers.commands import COMMANDS
    from handlers.manifest import telegram_menu

    menu = {language.partition("-")[0]: telegram_menu(COMMANDS, language) for language in Language}
    hook = Webhook(url, secret.get_secret_value(), services.http) if url and secret else None
    account = Account(
        token.get_secret_value(), config.telegram_base_url, hook, config.language, config.window
    )
    return Telegram(account, services, {"": telegram_menu(COMMANDS, config.language), **menu})
