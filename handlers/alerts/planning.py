"""Planning: which chats are due, and what is new for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import TypeAlias

from handlers.alerts.alert import Alert, AlertEntry, FigureEntry
from handlers.alerts.articles import article_entries
from handlers.alerts.figures import figure_entries, merged
from handlers.due import due_time, zone_of
from handlers.ports import ChatState, Library
from handlers.request import Language
from handlers.rules import find_track, kept_rule
from knowledge.model import Topic, TopicMatch

LOOK_BACK = timedelta(hours=12)
DAILY = "daily"

_Followed: TypeAlias = tuple[str, date | None]
_Due: TypeAlias = tuple[date, datetime]
_Plan: TypeAlias = Callable[[Iterable[ChatState]], tuple[Alert, ...]]


@dataclass(frozen=True, slots=True)
class _News:
    """What is new for chats that follow the same, before what each was sent is left out."""

    entries: tuple[AlertEntry, ...]
    figures: tuple[FigureEntry, ...]


def plan_alerts(library: Library, chats: Iterable[ChatState], now: datetime) -> tuple[Alert, ...]:
    """Return an alert for each chat that is due, also where nothing is new, so that its date is recorded.

    A chat is due on the local date whose time has come within the last 12 hours, unless it is paused, was
    switched on or moved after that time, or has that date planned already.
    """
    return planning(library, now)(chats)


def planning(library: Library, now: datetime) -> _Plan:
    """Return `plan_alerts` for one library and moment: what several batches follow is looked up once."""
    rule_of = cache(kept_rule)
    track_of = cache(partial(find_track, library))

    @cache
    def about(topic: str, since: date | None) -> tuple[Topic, tuple[TopicMatch, ...]]:
        found = library.topic(topic)
        return found, library.about(found, since)

    @cache
    def figures(topic: str, since: date | None) -> tuple[FigureEntry, ...]:
        rule = rule_of(topic)
        track = rule and track_of(rule)
        return figure_entries(topic, rule.threshold, track, since) if rule and track else ()

    @cache
    def news(followed: tuple[_Followed, ...]) -> _News:
        topics = (about(*one) for one in followed if rule_of(one[0]) is None)
        return _News(article_entries(topics), merged(figures(*one) for one in followed))

    recent = cache(partial(_recent_dues, now))

    def plan(chats: Iterable[ChatState]) -> tuple[Alert, ...]:
        alerts = []
        for state in chats:
            dues = recent(state.settings.at, state.settings.timezone)
            if due := next((due for due in dues if _is_open(state, due)), None):
                followed = tuple((one.topic, one.since) for one in state.subscriptions)
                alerts.append(_alert(state, due, news(followed)))
        return tuple(alerts)

    return plan


def _recent_dues(now: datetime, at: time, timezone: str) -> tuple[_Due, ...]:
    today = now.astimezone(zone_of(timezone)).date()
    dues = ((day, due_time(day, at, timezone)) for day in (today, today - timedelta(days=1)))
    return tuple((day, due) for day, due in dues if due <= now < due + LOOK_BACK)


def _is_open(state: ChatState, due: _Due) -> bool:
    day, instant = due
    return not state.settings.paused and instant >= state.settings.active_since and day not in state.planned


def _alert(state: ChatState, due: _Due, news: _News) -> Alert:
    day, instant = due
    fresh = tuple(entry for entry in news.entries if entry.match.citation.article_id not in state.alerted)
    untold = tuple(entry for entry in news.figures if entry.key not in state.told)
    return Alert(
        conversation=state.conversation,
        local_date=day,
        slot=DAILY,
        # chats that follow the same share one tuple
        entries=news.entries if len(fresh) == len(news.entries) else fresh,
        figures=news.figures if len(untold) == len(news.figures) else untold,
        language=state.settings.language or Language.ZH,
        expires_at=instant + LOOK_BACK,
    )
