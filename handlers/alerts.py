"""Who gets which alert: pure planning, and the alert as a Reply. Storing and sending is the bot's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from itertools import groupby
from typing import TypeAlias

from handlers.clip import highlighted_text
from handlers.dates import short_date
from handlers.due import due_time, next_alert, zone_of
from handlers.listing import Entry, article_items, issue_notice, shared_issue
from handlers.ports import ChatState, Library
from handlers.reply import Block, Button, Heading, Reply, Text, button_row
from handlers.request import Conversation, Language
from handlers.texts import alerts as texts
from handlers.texts import common, label, say
from handlers.topics import topic_name
from knowledge.model import Topic, TopicMatch

__all__ = ["Alert", "AlertEntry", "alert_reply", "due_time", "next_alert", "plan_alerts"]

LOOK_BACK = timedelta(hours=12)
DAILY = "daily"
_SHOWN = 10
_LEAD = 56
_ALSO_SHOWN = 3
_NO_LEAD = Text("")

_Followed: TypeAlias = tuple[str, date | None]
_Due: TypeAlias = tuple[date, datetime]


@dataclass(frozen=True, slots=True)
class AlertEntry:
    """A new article: the topic it is shown under, and the others that it also belongs to."""

    topic: Topic
    match: TopicMatch
    also: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """What one chat gets for one local date and slot.

    `entries` are all that is new, grouped by topic in the order of the subscriptions; all of them count as
    alerted, though only the first are shown. Without entries nothing is sent, but the date is planned.
    """

    conversation: Conversation
    local_date: date
    slot: str
    entries: tuple[AlertEntry, ...]
    language: Language
    expires_at: datetime


def plan_alerts(library: Library, chats: Iterable[ChatState], now: datetime) -> tuple[Alert, ...]:
    """Return an alert for each chat that is due, also where nothing is new, so that its date is recorded.

    A chat is due on the local date whose time has come within the last 12 hours, unless it is paused, was
    switched on or moved after that time, or has that date planned already.
    """

    @cache
    def about(topic: str, since: date | None) -> tuple[Topic, tuple[TopicMatch, ...]]:
        found = library.topic(topic)
        return found, library.about(found, since)

    @cache
    def news(followed: tuple[_Followed, ...]) -> tuple[AlertEntry, ...]:
        return _entries(about(topic, since) for topic, since in followed)

    recent = cache(partial(_recent_dues, now))
    alerts = []
    for state in chats:
        dues = recent(state.settings.at, state.settings.timezone)
        if due := next((due for due in dues if _is_open(state, due)), None):
            followed = tuple((one.topic, one.since) for one in state.subscriptions)
            alerts.append(_alert(state, due, news(followed)))
    return tuple(alerts)


def alert_reply(alert: Alert, language: Language) -> Reply:
    """Return the message of an alert that has entries: ten articles at most, by topic."""
    shown = _shown(alert.entries)
    shared = shared_issue(entry.match.citation for entry in shown)
    blocks: list[Block] = [Heading(_title(alert, language))]
    number = 1
    for topic, group in groupby(shown, key=lambda entry: entry.topic):
        first, *rest = group
        entries = [_listed(first, language, _lead(first)), *(_listed(entry, language) for entry in rest)]
        blocks += (
            Heading(Text(topic_name(topic, language))),
            article_items(entries, language, number, shared),
        )
        number += len(entries)
    blocks += (*issue_notice(shared, language), *button_row(*_read_buttons(shown, language)))
    return Reply((*blocks, *_next_steps(alert, language)))


def _recent_dues(now: datetime, at: time, timezone: str) -> tuple[_Due, ...]:
    today = now.astimezone(zone_of(timezone)).date()
    dues = ((day, due_time(day, at, timezone)) for day in (today, today - timedelta(days=1)))
    return tuple((day, due) for day, due in dues if due <= now < due + LOOK_BACK)


def _is_open(state: ChatState, due: _Due) -> bool:
    day, instant = due
    return not state.settings.paused and instant >= state.settings.active_since and day not in state.planned


def _alert(state: ChatState, due: _Due, news: tuple[AlertEntry, ...]) -> Alert:
    day, instant = due
    fresh = tuple(entry for entry in news if entry.match.citation.article_id not in state.alerted)
    return Alert(
        conversation=state.conversation,
        local_date=day,
        slot=DAILY,
        entries=news if len(fresh) == len(news) else fresh,  # chats that follow the same share one tuple
        language=state.settings.language or Language.ZH,
        expires_at=instant + LOOK_BACK,
    )


def _entries(found: Iterable[tuple[Topic, tuple[TopicMatch, ...]]]) -> tuple[AlertEntry, ...]:
    """Return each article once, under the first topic that it was found for."""
    entries: dict[str, AlertEntry] = {}
    for topic, matches in found:
        for match in matches:
            known = entries.get(match.citation.article_id)
            entry = replace(known, also=(*known.also, topic)) if known else AlertEntry(topic, match)
            entries[match.citation.article_id] = entry
    return tuple(entries.values())


def _title(alert: Alert, language: Language) -> Text:
    topics = len({entry.topic.name for entry in alert.entries})
    day = short_date(alert.local_date, language)
    return say(texts.TITLE, language, day=day, topics=topics, articles=len(alert.entries))


def _shown(entries: tuple[AlertEntry, ...]) -> tuple[AlertEntry, ...]:
    """Choose the first ten with each topic in its turn, and keep them in the order of the alert."""
    counts: Counter[str] = Counter()
    turns: list[tuple[int, int]] = []
    for position, entry in enumerate(entries):
        turns.append((counts[entry.topic.name], position))
        counts[entry.topic.name] += 1
    chosen = sorted(position for _, position in sorted(turns)[:_SHOWN])
    return tuple(entries[position] for position in chosen)


def _lead(entry: AlertEntry) -> Text:
    """Return the best sentence, which only the first article of a topic shows: the alert fits a screen."""
    return highlighted_text(entry.match.lead, _LEAD)


def _listed(entry: AlertEntry, language: Language, lead: Text = _NO_LEAD) -> Entry:
    return Entry(entry.match.citation, lead, _also(entry, language))


def _also(entry: AlertEntry, language: Language) -> str:
    names = (topic_name(topic, language) for topic in entry.also[:_ALSO_SHOWN])
    quoted = "".join(label(texts.QUOTED, language, topic=name) for name in names)
    return label(texts.ALSO, language, topics=quoted) if quoted else ""


def _read_buttons(shown: tuple[AlertEntry, ...], language: Language) -> Iterator[Button]:
    for number, entry in enumerate(shown, 1):
        article = entry.match.citation.article_id
        yield Button(label(texts.READ, language, number=number), f"article {article}")


def _next_steps(alert: Alert, language: Language) -> tuple[Block, ...]:
    settings = Button(label(common.SETTINGS, language), "settings")
    left = len(alert.entries) - _SHOWN
    more = (Button(label(texts.MORE, language, count=left), "subscriptions"),) if left > 0 else ()
    return button_row(*more, settings)
