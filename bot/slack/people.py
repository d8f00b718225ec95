"""What Slack knows of the people who ask: their language, time zone and role.

Needs the scope users:read; without it nobody's are known, and the bot's defaults hold.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.channels import Channels
from bot.slack.failures import CALL_ERRORS, delivery_error
from handlers.request import Language, Request

REMEMBERED = 10_000
VALID_SECONDS = 600.0
UNTOLD = frozenset({"missing_scope"})
"""What Slack says to an app that may not ask about people: then roles cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Person:
    """The settings of a user, and whether they look after the workspace, None where Slack does not tell."""

    language: Language | None = None
    timezone: str | None = None
    is_admin: bool | None = False


class People:
    """Remembers the people who asked for ten minutes."""

    def __init__(
        self, client: AsyncWebClient, channels: Channels, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._channels = channels
        self._seconds = seconds
        self._known: dict[str, tuple[float, Person]] = {}

    async def introduce(self, request: Request) -> Request:
        """Return the request with its author's language, time zone and role, as far as Slack tells them."""
        person = await self._about(request.user)
        may_manage = await self._may_manage(request, person)
        return replace(request, language=person.language, timezone=person.timezone, may_manage=may_manage)

    async def _may_manage(self, request: Request, person: Person) -> bool | None:
        """Tell whether somebody may change what the chat gets: admins, owners and the channel's creator may.

        A guest from another workspace never may, whatever they are at home.
        """
        if request.is_private:
            return True
        if request.home:
            return False
        if person.is_admin is not False:
            return person.is_admin
        return (await self._channels.about(request.conversation.chat)).creator == request.user

    async def _about(self, user: str) -> Person:
        until, person = self._known.get(user, (0.0, Person()))
        if self._seconds() < until:
            return person
        person = await self._ask(user)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[user] = (self._seconds() + VALID_SECONDS, person)
        return person

    async def _ask(self, user: str) -> Person:
        try:
            answer = await self._client.users_info(user=user, include_locale=True)
        except CALL_ERRORS as error:
            is_untold = delivery_error(error).reason in UNTOLD
            return Person(is_admin=None if is_untold else False)
        about = answer.get("user") or {}
        is_admin = any(about.get(role) for role in ("is_admin", "is_owner", "is_primary_owner"))
        return Person(_language(about.get("locale") or ""), about.get("tz"), is_admin)


def _language(locale: str) -> Language | None:
    return {"zh": Language.ZH, "en": Language.EN}.get(locale[:2].lower())
