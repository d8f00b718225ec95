"""What the process may raise.

BotError
├── ConfigError      a setting is wrong or missing; its text names it and says what to do
├── DeliveryError    a platform did not take a message
└── FetchError       a page or feed could not be fetched
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class BotError(Exception):
    """Base of the process's own errors; its text is one line for the operator."""


class ConfigError(BotError):
    """A setting is wrong or missing."""


class Outcome(StrEnum):
    """What became of an attempt to send.

    NOT_SENT    it never reached the platform, or the platform asks us to wait
    REFUSED     refused with words that we do not know
    AMBIGUOUS   nobody knows: no answer came, or one that says that part may have succeeded
    PERMANENT   this chat takes nothing any more
    UNSENDABLE  this message can never be sent; the chat is fine
    CREDENTIAL  our token is refused, whatever we send
    """

    NOT_SENT = "not_sent"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    PERMANENT = "permanent"
    UNSENDABLE = "unsendable"
    CREDENTIAL = "credential"


class DeliveryError(BotError):
    """A platform did not take a message.

    `reason` holds no secret; `retry_after` is set where the platform named a pause, `moved_to` where it named
    the chat's new id.
    """

    def __init__(
        self,
        reason: str,
        outcome: Outcome,
        *,
        retry_after: timedelta | None = None,
        moved_to: str | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.outcome = outcome
        self.retry_after = retry_after
        self.moved_to = moved_to


class FetchError(BotError):
    """A page or feed could not be fetched; its text is one clause that says why."""
