"""What Slack knows of the people who ask: their language and time zone, read once a person.

Needs the scope users:read; without it nobody's are known, and the bot's defaults hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.failures import CALL_ERRORS
from handlers.request import Language, Request

REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Person:
    """The language and time zone in a user's settings."""

    language: Language | None = None
    timezone: str | None = None


class People:
    """Remembers the settings of the people who asked."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._known: dict[str, Person] = {}

    async def introduce(self, request: Request) -> Request:
        """Return the request with its author's language and time zone, as far as Slack tells them."""
        person = self._known.get(request.user) or await self._ask(request.user)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[request.user] = person
        return replace(request, language=person.language, timezone=person.timezone)

    async def _ask(self, user: str) -> Person:
        try:
            answer = await self._client.users_info(user=user, include_locale=True)
        except CALL_ERRORS:
            return Person()
        about = answer.get("user") or {}
        return Person(_language(about.get("locale") or ""), about.get("tz"))


def _language(locale: str) -> Language | None:
    return {"zh": Language.ZH, "en": Language.EN}.get(locale[:2].lower())
