"""Turns what is due into rows of the outbox; deciding what is due is handlers.alerts."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias

from bot.store import Store
from bot.store.payload import dump_reply
from bot.store.rows import Alike, Message, Plan
from handlers.alerts import LOOK_BACK, Alert, alert_reply, planning, storytelling
from handlers.ports import ChatState, Library, Subscription
from handlers.request import Language

_NAME_CHARACTERS = 16
_MESSAGES_KEPT = 1000

LOG = logging.getLogger(__name__)

PlanAlerts: TypeAlias = Callable[[Iterable[ChatState]], tuple[Alert, ...]]
Render: TypeAlias = Callable[[tuple[Subscription, ...], Alert], Message]


def plan_due(store: Store, library: Library, now: datetime, language: Language = Language.ZH) -> int:
    """Queue the alerts that are due and not planned yet; return how many messages that makes.

    `language` is for chats that set none. Doing it again, or at the same time elsewhere, adds nothing.
    Raises StoreError.
    """
    queued = 0
    edition = store.plans.see(_edition_name(library), now)
    plan, render = planning(library, now, edition, language), rendering(library)
    for batch in store.plans.due(now, LOOK_BACK, edition):
        queued += store.plans.record(_plans(plan, render, batch), now, edition.name)
    return queued


def preview(
    store: Store, library: Library, now: datetime, language: Language = Language.ZH
) -> tuple[Alert, ...]:
    """Return the alerts that `plan_due` would plan, those without anything new included; write nothing."""
    edition = store.plans.edition(_edition_name(library), now)
    plan = planning(library, now, edition, language)
    return tuple(
        replace(alert, conversation=place)
        for batch in store.plans.due(now, LOOK_BACK, edition)
        for alike in batch
        for alert in plan([alike.state])
        for place in store.plans.places(alike.chats)
    )


def _edition_name(library: Library) -> str:
    return library.content_hash[:_NAME_CHARACTERS]


def _plans(plan: PlanAlerts, render: Render, batch: tuple[Alike, ...]) -> list[Plan]:
    """Plan for some chats; those for whom that fails cost only themselves, and are tried again."""
    return [each for alike in batch for each in _plans_of(plan, render, alike)]


def _plans_of(plan: PlanAlerts, render: Render, alike: Alike) -> list[Plan]:
    try:
        alerts = [(alert, _rendered(render, alike.state, alert)) for alert in plan([alike.state])]
    except Exception:
        first, *others = alike.chats
        LOG.exception("chat not planned number=%d alike=%d", first, len(others))
        return []
    return [Plan(alike.chats, alert.local_date, alert.slot, message) for alert, message in alerts]


def _rendered(render: Render, state: ChatState, alert: Alert) -> Message | None:
    return render(state.subscriptions, alert) if alert.has_news else None


def rendering(library: Library) -> Render:
    """Return a function that renders an alert: chats that get the same share one message."""
    made: dict[Hashable, Message] = {}
    tell = storytelling(library)

    def render(subscriptions: tuple[Subscription, ...], alert: Alert) -> Message:
        key = _content_key(subscriptions, alert)
        if key not in made:
            if len(made) >= _MESSAGES_KEPT:
                made.clear()
            payload = dump_reply(alert_reply(tell(alert), alert.language))
            made[key] = _message(library, subscriptions, alert, payload)
        return made[key]

    return render


def _content_key(subscriptions: tuple[Subscription, ...], alert: Alert) -> Hashable:
    """Return all that the text of an alert depends on, for one library; not since when what is followed."""
    followed = tuple(one.topic for one in subscriptions)
    articles = tuple(
        (entry.match.citation.article_id, entry.topic.name, *(topic.name for topic in entry.also))
        for entry in alert.entries
    )
    figures = tuple((entry.key, *entry.topics) for entry in alert.figures)
    return followed, articles, figures, alert.local_date, alert.slot, alert.language, alert.expires_at


def _message(
    library: Library, subscriptions: tuple[Subscription, ...], alert: Alert, payload: str
) -> Message:
    """Put the alert under the topics as the chat calls them: it is sent while one of them is followed."""
    topics = {topic.name for entry in alert.entries for topic in (entry.topic, *entry.also)}
    rules = {rule for entry in alert.figures for rule in entry.topics}
    followed = (each.topic for each in subscriptions)
    return Message(
        tuple(topic for topic in followed if topic in rules or library.topic(topic).name in topics),
        tuple(entry.match.citation.article_id for entry in alert.entries),
        payload,
        alert.expires_at,
        tuple(entry.key for entry in alert.figures),
    )
