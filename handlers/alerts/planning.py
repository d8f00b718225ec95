"""Planning: which chats are due, and what is new for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import TypeAlias

from handlers.alerts.alert import Alert, AlertEntry, FigureEntry
from handlers.alerts.articles import article_entries
from handlers.alerts.figures import figure_entries, merged
from handlers.due import recent_slots
from handlers.figure_rules import find_track, kept_rule
from handlers.ports import ChatState, Library, Subscription
from handlers.request import Language
from handlers.schedule import Edition, Schedule, Slot
from knowledge.model import Topic, TopicMatch

LOOK_BACK = timedelta(hours=12)

_Followed: TypeAlias = tuple[str, date | None]
_Plan: TypeAlias = Callable[[Iterable[ChatState]], tuple[Alert, ...]]


@dataclass(frozen=True, slots=True)
class _News:
    """What is new for chats that follow the same, before what each was sent is left out."""

    entries: tuple[AlertEntry, ...]
    figures: tuple[FigureEntry, ...]


_NOTHING = _News((), ())


def plan_alerts(
    library: Library, chats: Iterable[ChatState], now: datetime, current: Edition | None = None
) -> tuple[Alert, ...]:
    """Return an alert for each slot that is due, also where nothing is new, so that the slot is recorded.

    A chat's slot is due when its time has come within the last 12 hours, unless the chat is paused, was
    switched on or moved after that time, or has that slot planned already. Of several the latest brings all
    that is new: what was held back comes in one message. The edition in use is due for those who want news
    at once.
    """
    return planning(library, now, current)(chats)


def planning(
    library: Library, now: datetime, current: Edition | None = None, language: Language = Language.ZH
) -> _Plan:
    """Return `plan_alerts` for one library and moment: what several batches follow is looked up once.

    `language` is for chats that set none.
    """
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

    recent = cache(partial(_recent_slots, (now - LOOK_BACK, now), current))

    def plan(chats: Iterable[ChatState]) -> tuple[Alert, ...]:
        alerts = []
        for state in chats:
            slots = recent(state.settings.schedule, state.settings.timezone)
            due = [slot for slot in slots if _is_open(state, slot)]
            for turn, slot in enumerate(due):
                fresh = _NOTHING if turn else news(_heard(state.subscriptions, now))
                alerts.append(_alert(state, slot, fresh, state.settings.language or language))
        return tuple(alerts)

    return plan


def _recent_slots(
    within: tuple[datetime, datetime], current: Edition | None, schedule: Schedule, timezone: str
) -> tuple[Slot, ...]:
    return recent_slots(schedule, timezone, within, current)


def _is_open(state: ChatState, slot: Slot) -> bool:
    settings = state.settings
    return not settings.paused and slot.due >= settings.active_since and slot.key not in state.planned


def _heard(subscriptions: Iterable[Subscription], now: datetime) -> tuple[_Followed, ...]:
    """Return what is followed and not muted: what a muted topic brings waits until it is heard again."""
    return tuple((one.topic, one.since) for one in subscriptions if not one.is_muted(now))


def _alert(state: ChatState, slot: Slot, news: _News, language: Language) -> Alert:
    fresh = tuple(entry for entry in news.entries if entry.match.citation.article_id not in state.alerted)
    untold = tuple(entry for entry in news.figures if entry.key not in state.told)
    return Alert(
        conversation=state.conversation,
        local_date=slot.local_date,
        slot=slot.name,
        # chats that follow the same share one tuple
        entries=news.entries if len(fresh) == len(news.entries) else fresh,
        figures=news.figures if len(untold) == len(news.figures) else untold,
        language=language,
        expires_at=slot.due + LOOK_BACK,
    )
