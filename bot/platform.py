"""The seam between the process and a chat platform; `bot.platforms` is the table of them.

An adapter is two conversions and one call: its event becomes a Request, `answer(request)` gives a Reply,
the Reply becomes its messages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from bot.http import HttpServer
from bot.inbox import Inbox
from bot.lease import Leases
from handlers.reply import Reply
from handlers.request import Conversation, Request

Respond: TypeAlias = Callable[[Request], Awaitable[Reply]]
"""Answers one request. Never raises: what goes wrong becomes a Reply with the id of the log entry."""


async def _nobody_counts(_message_id: str, _is_last: bool) -> None:
    """Count nothing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a message of several parts came.

    The first `taken` parts were accepted in an earlier attempt and are left out. `accepted(message_id,
    is_last)` is awaited after each further part, before the next one goes out; what it raises ends the
    attempt.
    """

    taken: int = 0
    accepted: Callable[[str, bool], Awaitable[None]] = _nobody_counts


WHOLE = Progress()
"""All parts, and nobody counts them."""


class Platform(Protocol):
    """A chat platform the process is connected to."""

    @property
    def name(self) -> str:
        """The platform's name in the table, as it stands in `Conversation.platform`."""

    @property
    def deaf_seconds(self) -> float:
        """How long the platform was not heard, 0.0 where it need not be (`bot.hearing`)."""

    async def connect(self) -> None:
        """Sign in, to send only. Raises ConfigError for a wrong token or address."""

    async def start(self, respond: Respond) -> None:
        """Connect and begin to answer. Raises ConfigError for a wrong token or address."""

    async def send(self, conversation: Conversation, reply: Reply, progress: Progress = WHOLE) -> None:
        """Send an alert, silently and without link previews, part by part.

        Raises DeliveryError, which speaks of the first part that was not accepted.
        """

    async def stop(self) -> None:
        """Stop taking events, finish those under way, disconnect."""


@dataclass(frozen=True, slots=True)
class Actions:
    """Makes a button's action fit a platform's limit and brings it back.

    `shorten(action)` gives a token that is the same for the same action, for ever; `expand(token)` gives
    the action, or None for a token nobody made. Both are synchronous and safe in threads.
    """

    shorten: Callable[[str], str]
    expand: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Services:
    """What the process lends its platforms: kept actions, its HTTP server, its inbox and its leases."""

    actions: Actions
    http: HttpServer
    inbox: Inbox = field(default_factory=Inbox)
    leases: Leases = field(default_factory=Leases)
