"""What Slack knows of channels: who made one, and whether the bot is in it.

Needs the scopes channels:read and groups:read; without them nothing is known, and nothing is made of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failures import CALL_ERRORS, delivery_error

VALID_SECONDS = 300.0
REMEMBERED = 1_000
UNSEEN = frozenset({"channel_not_found"})
"""What Slack says of a private channel in which the bot is not."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel: the user who made it, "" where unknown, and whether the bot can post there."""

    creator: str = ""
    is_reachable: bool = True


class Channels:
    """Remembers channels for five minutes. `may_join` says that the app may enter public ones by itself."""

    def __init__(
        self, client: AsyncWebClient, *, may_join: bool, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._may_join = may_join
        self._seconds = seconds
        self._known: dict[str, tuple[float, Channel]] = {}

    async def about(self, channel: str) -> Channel:
        """Return what Slack tells of a channel."""
        until, known = self._known.get(channel, (0.0, Channel()))
        if self._seconds() < until:
            return known
        found = await self._ask(channel)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        if found.is_reachable:  # else somebody is about to invite us
            self._known[channel] = (self._seconds() + VALID_SECONDS, found)
        return found

    async def _ask(self, channel: str) -> Channel:
        try:
            answer = await self._client.conversations_info(channel=channel)
        except CALL_ERRORS as error:
            return Channel(is_reachable=delivery_error(error).reason not in UNSEEN)
        about = answer.get("channel") or {}
        can_join = self._may_join and not about.get("is_private")
        return Channel(about.get("creator") or "", about.get("is_member", True) or can_join)
