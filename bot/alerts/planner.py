"""Turns what is due into rows of the outbox; deciding what is due is handlers.alerts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.store import Store
from bot.store.payload import dump_reply
from bot.store.rows import Candidate, Message, Plan
from handlers.alerts import LOOK_BACK, Alert, alert_reply, plan_alerts
from handlers.ports import Library, Subscription


def plan_due(store: Store, library: Library, now: datetime) -> int:
    """Queue the alerts that are due and not planned yet; return how many messages that makes.

    Doing it again, or at the same time elsewhere, adds nothing. Raises StoreError.
    """
    queued = 0
    for batch in store.plans.due(now, LOOK_BACK):
        queued += store.plans.record([_plan(library, *pair) for pair in _alerts(library, batch, now)], now)
    return queued


def preview(store: Store, library: Library, now: datetime) -> tuple[Alert, ...]:
    """Return the alerts that `plan_due` would plan, those without anything new included; write nothing."""
    return tuple(
        alert
        for batch in store.plans.due(now, LOOK_BACK)
        for _candidate, alert in _alerts(library, batch, now)
    )


def _alerts(
    library: Library, batch: tuple[Candidate, ...], now: datetime
) -> Iterator[tuple[Candidate, Alert]]:
    candidates = {each.state.conversation: each for each in batch}
    for alert in plan_alerts(library, (each.state for each in batch), now):
        yield candidates[alert.conversation], alert


def _plan(library: Library, candidate: Candidate, alert: Alert) -> Plan:
    message = _message(library, candidate.state.subscriptions, alert) if alert.entries else None
    return Plan(candidate.chat_id, alert.conversation, alert.local_date, alert.slot, message)


def _message(library: Library, subscriptions: tuple[Subscription, ...], alert: Alert) -> Message:
    """Render the alert, under the topics as the chat calls them: it is sent while one of them is followed."""
    shown = {topic.name for entry in alert.entries for topic in (entry.topic, *entry.also)}
    return Message(
        tuple(each.topic for each in subscriptions if library.topic(each.topic).name in shown),
        tuple(entry.match.citation.article_id for entry in alert.entries),
        dump_reply(alert_reply(alert, alert.language)),
        alert.expires_at,
    )
