"""What a failed call to Telegram means for a delivery."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ConnectionTimeoutError,
    InvalidURL,
    NonHttpUrlClientError,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.errors import DeliveryError, Outcome

# Telegram's own words for a chat that will not take messages again by waiting, from the source of its
# server (github.com/tdlib/telegram-bot-api, Client.cpp). Words not listed here are tried again.
GONE = (
    "bot was blocked by the user",
    "bot was kicked",
    "bot is not a member",
    "bot can't initiate conversation",
    "bot can't send messages to bots",
    "user is deactivated",
    "chat not found",
    "group chat was deactivated",
    "group chat was deleted",
    "message thread not found",
    "not enough rights to send text messages",
    "have no rights to send a message",
    "have no write access to the chat",
    "need administrator rights in the channel chat",
    "chat_write_forbidden",
    "chat_restricted",
    "channel_private",
    "user_is_blocked",
    "input_user_deactivated",
    "peer_id_invalid",
    "topic_deleted",
    "topic_closed",
)
REFUSED = (BadRequest, Forbidden, Conflict, ChatMigrated, RetryAfter)
NEVER_LEFT = (
    ClientConnectorError,  # the name is unknown, the connection or TLS refused, by the proxy too
    ClientHttpProxyError,
    ConnectionTimeoutError,  # or no connection was free
    InvalidURL,
    NonHttpUrlClientError,
)


def delivery_error(error: TelegramError) -> DeliveryError:
    """Return the failure in the words of the delivery: whether it was sent, when and where to try again."""
    retry_after = pause_of(error) if isinstance(error, RetryAfter) else None
    moved_to = str(error.new_chat_id) if isinstance(error, ChatMigrated) else None
    return DeliveryError(reason_of(error), _outcome(error), retry_after=retry_after, moved_to=moved_to)


def pause_of(error: RetryAfter) -> timedelta:
    """Return how long Telegram wants us to wait."""
    pause = error.retry_after
    return pause if isinstance(pause, timedelta) else timedelta(seconds=pause)


def reason_of(error: TelegramError) -> str:
    """Return what went wrong in words without a secret: only Telegram's own descriptions are quoted."""
    if isinstance(error, InvalidToken):
        return "the token was refused"
    if isinstance(error, REFUSED):
        return str(error)
    return type(error.__cause__ or error).__name__


def may_pass(error: TelegramError) -> bool:
    """Tell whether the same call may well be taken later: our token is renewed, or the network is back."""
    return isinstance(error, InvalidToken) or isinstance(error.__cause__, NEVER_LEFT)


def is_answer(error: TelegramError) -> bool:
    """Tell whether Telegram itself refused, so that the connection to it works."""
    return not isinstance(error.__cause__, ClientError | TimeoutError)


def _outcome(error: TelegramError) -> Outcome:
    if isinstance(error, InvalidToken):
        return Outcome.CREDENTIAL
    if isinstance(error, RetryAfter | ChatMigrated | Conflict):
        return Outcome.NOT_SENT
    if isinstance(error, REFUSED):
        is_gone = any(phrase in str(error).lower() for phrase in GONE)
        return Outcome.PERMANENT if is_gone else Outcome.REFUSED
    return Outcome.NOT_SENT if isinstance(error.__cause__, NEVER_LEFT) else Outcome.AMBIGUOUS
