"""The bot's account: its token, the server it talks to, and the library's client made from them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from telegram import Bot

from bot.errors import ConfigError
from bot.telegram.client import Client
from bot.telegram.webhook import Webhook
from handlers.request import Language

OFFICIAL_URL = "https://api.telegram.org/bot"
CONNECTIONS = 32
"""For answers to people; alerts have others."""

Menu: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]
"""Commands as (name, description) for each language code; "" is for everybody else."""


@dataclass(frozen=True, slots=True)
class Line:
    """The way to Telegram: the library's bot, and the client below it for what is written down already.

    Both share their connections; polling has one of its own.
    """

    bot: Bot
    client: Client


@dataclass(frozen=True, slots=True)
class Account:
    """Who the bot is and where. Raises ConfigError for what cannot be a token.

    `base_url` is what the token is put behind, so it ends in `/bot`; `language` is for people of whom
    Telegram says none; `window` alerts may be under way at once.
    """

    token: str = field(repr=False)
    base_url: str = OFFICIAL_URL
    webhook: Webhook | None = None
    language: Language = Language.ZH
    window: int = 8

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{1,20}:[A-Za-z0-9_-]{1,128}", self.token):
            raise ConfigError(
                "HANGXUN_TELEGRAM_TOKEN is no bot token: copy it from @BotFather, 123456789:AA..."
            )

    def make_line(self) -> Line:
        """Return a line that is not connected yet."""
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at every 429
        url = self.base_url + self.token
        client = Client(url, CONNECTIONS + self.window)
        bot = Bot(
            self.token,
            base_url=self.base_url,
            base_file_url=self.base_url.removesuffix("/bot") + "/file/bot",
            get_updates_request=Client(url, 1),
            request=client,
        )
        return Line(bot, client)
