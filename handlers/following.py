"""What following a topic and following a figure have in common: keeping it, and when its alert comes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from handlers.command import Context
from handlers.due import next_alert
from handlers.errors import UserError
from handlers.ports import Settings, Subscription
from handlers.reply import Button, Buttons, button_row
from handlers.request import Request
from handlers.texts import follow as texts
from handlers.texts import label, say
from handlers.texts import settings as settings_texts

SUBSCRIPTION_LIMIT = 50


def newest_date(context: Context) -> date | None:
    """Return the publication date of the newest issue, None where there is none."""
    return next((issue.published for issue in context.library.issues()), None)


def alert_time(context: Context, request: Request) -> datetime | None:
    """Return when the chat's next alert can come, None while alerts are paused."""
    planned = context.chats.planned(request.conversation)
    return next_alert(context.settings, context.now, planned)


def keep(
    context: Context,
    request: Request,
    topic: str,
    known: Collection[str] = (),
    instead: Subscription | None = None,
) -> bool:
    """Follow a topic, or a rule whose figures are known already. False if it was followed before.

    With `instead` it takes the place of another subscription, from when that one began. Raises UserError
    for more than a chat may follow.
    """
    followed = {one.topic for one in context.chats.subscriptions(request.conversation)}
    if len(followed) >= SUBSCRIPTION_LIMIT and topic not in followed and not instead:
        button = Button(label(texts.UNSUBSCRIBE, context.language), "unsubscribe")
        raise UserError(say(texts.TOO_MANY, context.language, limit=SUBSCRIPTION_LIMIT), (button,))
    since = instead.since if instead else newest_date(context)
    subscription = Subscription(topic, context.now, since)
    settings = _first_settings(context, request)
    added = context.chats.subscribe(request.conversation, subscription, settings, known)
    if instead and instead.topic != topic:
        context.chats.unsubscribe(request.conversation, instead.topic)
    return added


def next_steps(context: Context, topic: str, *more: Button, undo: str | None = None) -> tuple[Buttons, ...]:
    """Return the buttons below a new subscription: `more`, then resume, change the time and `undo`.

    Without `undo` the subscription is dropped again.
    """
    language = context.language
    resume = Button(label(settings_texts.RESUME, language), "settings resume")
    return button_row(
        *more,
        *((resume,) if context.settings.paused else ()),
        Button(label(texts.CHANGE_TIME, language), "settings"),
        Button(label(texts.UNDO, language), undo or f"unsubscribe {topic}"),
    )


def _first_settings(context: Context, request: Request) -> Settings:
    """Return what is kept for a chat that has no settings: from now on, in the language it was asked in."""
    language = context.language if request.is_private else None
    return replace(context.settings, active_since=context.now, language=context.settings.language or language)
