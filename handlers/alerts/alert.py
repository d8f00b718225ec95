"""The values that an alert is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handlers.request import Conversation, Language
from knowledge.metrics.threshold import Threshold
from knowledge.metrics.track import News
from knowledge.model import Citation, Metric, Topic, TopicMatch


@dataclass(frozen=True, slots=True)
class AlertEntry:
    """A new article: the topic it is shown under, and the others that it also belongs to.

    `repeats` are other new articles that tell the same news, folded into this one to be shown.
    """

    topic: Topic
    match: TopicMatch
    also: tuple[Topic, ...] = ()
    repeats: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A figure that is news, the rules that it is news to, and the threshold that it crossed, if any.

    `key` is what it states: it is told once, whoever prints it again. `topics` are the rules as kept.
    """

    key: str
    news: News
    topics: tuple[str, ...]
    threshold: Threshold | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """What one chat gets for one local date and slot.

    `entries` are all that is new, grouped by topic in the order of the subscriptions, `figures` those that
    are news, the strongest first; all of them count as sent, though only the first are shown. Without any
    nothing is sent, but the date is planned. `highlights` are the strongest figures of the new articles.
    """

    conversation: Conversation
    local_date: date
    slot: str
    entries: tuple[AlertEntry, ...]
    language: Language
    expires_at: datetime
    figures: tuple[FigureEntry, ...] = ()
    highlights: tuple[Metric, ...] = ()

    @property
    def has_news(self) -> bool:
        """Whether there is anything to send."""
        return bool(self.entries or self.figures)
