"""The bot's account: its token, the server it talks to, and the library's client made from them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeAlias

from telegram import Bot
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.errors import ConfigError
from bot.telegram.webhook import Webhook
from handlers.request import Language

OFFICIAL_URL = "https://api.telegram.org/bot"
CONNECTIONS = 32

Menu: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]
"""Commands as (name, description) for each language code; "" is for everybody else."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who the bot is and where. Raises ConfigError for what cannot be a token.

    `base_url` is what the token is put behind, so it ends in `/bot`; `language` is for people of whom
    Telegram says none.
    """

    token: str = field(repr=False)
    base_url: str = OFFICIAL_URL
    webhook: Webhook | None = None
    language: Language = Language.ZH

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{1,20}:[A-Za-z0-9_-]{1,128}", self.token):
            raise ConfigError(
                "HANGXUN_TELEGRAM_TOKEN is no bot token: copy it from @BotFather, 123456789:AA..."
            )

    def make_bot(self) -> Bot:
        """Return a client that is not connected yet: one connection for polling, others for the rest."""
        os.environ.setdefault("PTB_TIMEDELTA", "true")  # else the library warns at every 429
        return Bot(
            self.token,
            base_url=self.base_url,
            base_file_url=self.base_url.removesuffix("/bot") + "/file/bot",
            get_updates_request=_Client(connection_pool_size=1, pool_timeout=5, read_timeout=10),
            request=_Client(connection_pool_size=CONNECTIONS, pool_timeout=5, read_timeout=10),
        )


class _Client(HTTPXRequest):
    """The library's client, for which a good status without a result is a failed call like any other."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Make a request. Raises TelegramError."""
        status, body = await super().do_request(*args, **kwargs)
        is_call = "GET" not in (*args, *kwargs.values())  # files are got, methods are posted to
        if is_call and status == HTTPStatus.OK and not _has_result(body):
            raise NetworkError("no result in the answer")
        return status, body


def _has_result(body: bytes) -> bool:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and "result" in answer
