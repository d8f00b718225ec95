"""What the handlers need from outside: an opened library, and what is kept of each chat.

`knowledge.library.Library` is the library, `bot.store` keeps the rest in a database.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Protocol

from handlers.request import Conversation, Language
from knowledge.model import Answer, Article, Citation, Counts, Issue, Metric, MetricHit, Topic, TopicMatch


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat follows a topic, any free word, or a figure; for that `topic` is the text of a rule.

    `since` is the publication date of the newest issue when it was made (None with an empty library):
    articles published before are never pushed for it.
    """

    topic: str
    created_at: datetime
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How a chat wants its alerts. `active_since` is when they were last switched on or moved."""

    at: time
    timezone: str
    active_since: datetime
    paused: bool = False
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class ChatState:
    """All that planning the alerts of one chat needs.

    `alerted` are the ids of the articles the chat was sent, `told` the keys of the figures that it knows,
    `planned` the local dates already planned.
    """

    conversation: Conversation
    settings: Settings
    subscriptions: tuple[Subscription, ...]
    alerted: frozenset[str] = field(default_factory=frozenset)
    planned: frozenset[date] = field(default_factory=frozenset)
    told: frozenset[str] = field(default_factory=frozenset)


class Library(Protocol):
    """One opened index; it does not change while it is held."""

    @property
    def counts(self) -> Counts:
        """How much the index holds."""

    def answer(self, query: str, *, limit: int = 10, offset: int = 0) -> Answer:
        """Find articles and metrics for a query of any form; never raises for what was typed."""

    def figures(self, question: str, *, limit: int = 200) -> tuple[MetricHit, ...]:
        """Return the figures that fit a question, best first: the raw material of tables and series."""

    def article(self, article_id: str) -> Article | None:
        """Return one article whole, None for an unknown id."""

    def related(self, article_id: str, limit: int = 5) -> tuple[Citation, ...]:
        """Return the articles most related to one, best first; none for an unknown id."""

    def issues(self) -> tuple[Issue, ...]:
        """Return the issues, newest first."""

    def contents(self, issue_id: str) -> tuple[Citation, ...]:
        """Return the articles of an issue in the order of its contents."""

    def metrics(self, article_id: str) -> tuple[Metric, ...]:
        """Return the figures of an article in the order in which they are printed."""

    def topics(self) -> tuple[Topic, ...]:
        """Return the table of topics."""

    def topic(self, text: str) -> Topic:
        """Return the topic that goes by this name or alias, else a topic of this one free word."""

    def about(self, topic: Topic, since: date | None = None) -> tuple[TopicMatch, ...]:
        """Return the articles about a topic, newest issue first; with `since`, none published before it."""


class Misses(Protocol):
    """Counts the questions that found nothing, so that an admin can grow the tables of words."""

    @property
    def keeps_text(self) -> bool:
        """Whether the text of such a question is kept, without who asked it."""

    def count(self, day: date, text: str) -> None:
        """Count a question of a day; its text is kept only with `keeps_text`. Never raises."""


class NoMisses:
    """Counts nothing."""

    keeps_text = False

    def count(self, day: date, text: str) -> None:
        """Do nothing."""


class Chats(Protocol):
    """The kept state of chats. Every call is one transaction and raises StoreError when nothing was saved."""

    def settings(self, conversation: Conversation) -> Settings | None:
        """Return the chat's settings, None for a chat that never saved any."""

    def save_settings(self, conversation: Conversation, settings: Settings) -> None:
        """Keep the settings, making the chat where it is new."""

    def subscriptions(self, conversation: Conversation) -> tuple[Subscription, ...]:
        """Return what the chat follows, oldest first."""

    def subscribe(
        self,
        conversation: Conversation,
        subscription: Subscription,
        settings: Settings,
        known: Collection[str] = (),
    ) -> bool:
        """Follow a topic; `settings` are kept for a chat that has none. False if it was followed already.

        `known` are the keys of the figures that a new subscription begins with: they are no news.
        """

    def planned(self, conversation: Conversation) -> frozenset[date]:
        """Return the recent local dates whose alert is planned already, sent or not."""

    def unsubscribe(self, conversation: Conversation, topic: str) -> bool:
        """Stop following a topic. False if it was not followed."""

    def forget(self, conversation: Conversation) -> bool:
        """Delete all that is kept of the chat. False if nothing was."""
