"""What the handlers need from outside: an opened library, and what is kept of each chat.

`knowledge.library.Library` is the library, `bot.store` keeps the rest in a database.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from handlers.request import Conversation, Language
from handlers.schedule import Schedule, SlotKey
from knowledge.model import Answer, Article, Citation, Counts, Issue, Metric, MetricHit, Topic, TopicMatch
from knowledge.rules.reading import Problem


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat follows a topic, any free word, a rule of words or a figure: `topic` is its name or its text.

    `since` is the publication date of the newest issue when it was made (None with an empty library):
    articles published before are never pushed for it. Until `muted_until` what it brings is held back.
    """

    topic: str
    created_at: datetime
    since: date | None = None
    muted_until: datetime | None = None

    def is_muted(self, now: datetime) -> bool:
        """Whether what it brings is held back."""
        return self.muted_until is not None and now < self.muted_until


@dataclass(frozen=True, slots=True)
class Settings:
    """How a chat wants its alerts. `active_since` is when they were last switched on or moved."""

    schedule: Schedule
    timezone: str
    active_since: datetime
    paused: bool = False
    language: Language | None = None


class Linking(StrEnum):
    """What became of a code that was typed to link two chats."""

    LINKED = "linked"
    WRONG_CODE = "wrong code"
    TOO_OFTEN = "too often"
    SAME_CHAT = "same chat"


@dataclass(frozen=True, slots=True)
class Standing:
    """How delivery to a chat stands: when an alert last arrived, how many wait, perhaps until `retry_at`."""

    last_sent: datetime | None = None
    waiting: int = 0
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChatState:
    """All that planning the alerts of one chat needs.

    `alerted` are the ids of the articles the chat was sent, `told` the keys of the figures that it knows,
    `planned` the recent slots of local dates already planned.
    """

    conversation: Conversation
    settings: Settings
    subscriptions: tuple[Subscription, ...]
    alerted: frozenset[str] = field(default_factory=frozenset)
    planned: frozenset[SlotKey] = field(default_factory=frozenset)
    told: frozenset[str] = field(default_factory=frozenset)


class Library(Protocol):
    """One opened index; it does not change while it is held."""

    @property
    def counts(self) -> Counts:
        """How much the index holds."""

    @property
    def content_hash(self) -> str:
        """The hash of what the index was built from; equal content has equal hashes."""

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
        """Return the topic of this name or alias, else the rule of words, else this one free word."""

    def read(self, text: str) -> Topic | Problem:
        """Return what a line asks to follow, or what is wrong with it as a rule of words."""

    def about(self, topic: Topic, since: date | None = None) -> tuple[TopicMatch, ...]:
        """Return the articles about a topic, newest issue first; with `since`, none published before it."""

    def told_first(self, article_id: str) -> str:
        """Return the id of the article that told the same news first: its own where none did."""


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

    def planned(self, conversation: Conversation) -> frozenset[SlotKey]:
        """Return the recent slots whose alert is planned already, sent or not."""

    def standing(self, conversation: Conversation, now: datetime) -> Standing:
        """Return how delivery to the chat stands."""

    def unsubscribe(self, conversation: Conversation, topic: str) -> bool:
        """Stop following a topic. False if it was not followed."""

    def bring(
        self,
        conversation: Conversation,
        subscriptions: Collection[Subscription],
        settings: Settings,
        known: Collection[str] = (),
    ) -> None:
        """Follow all of these, keep the settings, and let the figures of these keys be no news."""

    def mute(self, conversation: Conversation, topic: str, until: datetime | None) -> bool:
        """Hold back what a topic brings, or with None no longer. False if it was not followed."""

    def link_code(self, conversation: Conversation, settings: Settings, now: datetime) -> str:
        """Return a code that links another place to this chat once, within ten minutes.

        Places of one chat share all that is kept; one of them gets the alerts.
        """

    def link(self, conversation: Conversation, code: str, now: datetime) -> Linking:
        """Make this place one of the chat that the code is from; what it followed goes over to it."""

    def places(self, conversation: Conversation) -> tuple[Conversation, ...]:
        """Return all places of the chat, first the one that gets the alerts; none for an unknown chat."""

    def receive_here(self, conversation: Conversation) -> bool:
        """Let this place of a linked chat get the alerts. False where it is not linked or gets them."""

    def unlink(self, conversation: Conversation) -> bool:
        """Take this place off a linked chat; at the one that gets the alerts, all others. False if alone."""

    def forget(self, conversation: Conversation) -> bool:
        """Delete all that is kept of the chat. False if nothing was."""
