"""How alerts are sent: how many at once, how long an attempt may take, how fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.config import Config
from bot.gate import Access
from handlers.request import Conversation, Language


@dataclass(frozen=True, slots=True)
class Limits:
    """The shortest time between two messages, in seconds: of all, of those to one chat, to one group."""

    apart: float = 0.0
    apart_in_chat: float = 0.0
    apart_in_group: float = 0.0

    def apart_in(self, conversation: Conversation) -> float:
        """Return the shortest time between two messages to this chat."""
        return self.apart_in_group if is_shared(conversation) else self.apart_in_chat


TELEGRAM_PER_SECOND = 28.9
"""With two at once this stays below the 30 a second that Telegram allows:
https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this"""

LIMITS: Mapping[str, Limits] = {
    # One a second and chat, 20 a minute and group (the page above).
    "telegram": Limits(1 / TELEGRAM_PER_SECOND, 1.0, 60 / 18),
    # One a second and channel: https://docs.slack.dev/apis/web-api/rate-limits
    "slack": Limits(0.0, 1.0, 1.0),
}


def everywhere(_conversation: Conversation) -> bool:
    """Let alerts go to every chat."""
    return True


@dataclass(frozen=True, slots=True)
class Policy:
    """What an operator may set.

    Alerts go only where `receives` says so. `window` messages are under way at once in each process, and so
    the most that a crash of it can repeat. An attempt ends after `deadline_seconds`; the lease of a message
    is at least three times as long. `language` is for chats that set none.
    """

    receives: Callable[[Conversation], bool] = everywhere
    window: int = 8
    deadline_seconds: float = 15.0
    lease: timedelta = timedelta(seconds=60)
    telegram_per_second: float = TELEGRAM_PER_SECOND
    language: Language = Language.ZH

    def limits(self, platform: str) -> Limits:
        """Return how fast a platform may be sent to; one that is in no table has no limit."""
        limits = LIMITS.get(platform, Limits())
        if platform != "telegram":
            return limits
        return Limits(1 / self.telegram_per_second, limits.apart_in_chat, limits.apart_in_group)


def policy_of(config: Config) -> Policy:
    """Return what the operator set."""
    return Policy(
        receives=Access.from_config(config).receives,
        window=config.window,
        deadline_seconds=config.deadline_seconds,
        lease=timedelta(seconds=config.lease_seconds),
        telegram_per_second=config.telegram_per_second,
        language=config.language,
    )


def is_shared(conversation: Conversation) -> bool:
    """Tell whether several people read a chat, by the form of its id.

    Telegram's groups and channels have negative ids; Slack's direct messages begin with D.
    """
    if conversation.platform == "telegram":
        return conversation.chat.startswith("-")
    return conversation.platform == "slack" and not conversation.chat.startswith("D")
