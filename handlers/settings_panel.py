"""The settings as a panel: when alerts come and last came, what is held back and why, and its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from handlers.command import Context
from handlers.dates import date_and_time, short_date
from handlers.due import held_slot, next_alert, zone_of
from handlers.figure_rules import kept_rule
from handlers.ports import Settings
from handlers.preferences import zone_buttons
from handlers.reply import Block, Button, Heading, Notice, Paragraph, Text, button_row
from handlers.request import Conversation, Language
from handlers.schedule import SlotKey
from handlers.schedule_words import quiet_text, rhythm_text
from handlers.texts import common, label, say
from handlers.texts import settings as texts
from handlers.topics import topic_name
from handlers.workdays import knows_workdays

_TIMES = ("08:00", "09:00", "12:00", "18:00")
_QUIET_AT_NIGHT = "22:00-08:00"
_SOON = timedelta(days=31)


def panel(context: Context, conversation: Conversation) -> tuple[Block, ...]:
    """Return the blocks that show the settings of the context, and change them."""
    language = context.language
    planned = context.chats.planned(conversation)
    return (
        Heading(say(texts.TITLE, language)),
        Paragraph(_state(context.settings, language)),
        *map(Paragraph, _coming(context, conversation, planned)),
        *map(Notice, _held(context, conversation, planned)),
        Notice(say(texts.HOW, language)),
        *_buttons(context.settings, language),
    )


def _state(settings: Settings, language: Language) -> Text:
    return say(
        texts.STATE,
        language,
        rhythm=rhythm_text(settings, language),
        state=label(texts.OFF if settings.paused else texts.ON, language),
        spoken=label(texts.LANGUAGE_NAME, language),
    )


def _coming(context: Context, conversation: Conversation, planned: frozenset[SlotKey]) -> Iterator[Text]:
    """Say when the next alert comes, when the last came, and what may make it come otherwise."""
    language, settings = context.language, context.settings
    quiet = settings.schedule.quiet
    if quiet:
        yield say(texts.QUIET, language, quiet=quiet_text(quiet), end=f"{quiet.end:%H:%M}")
    when = next_alert(settings, context.now, planned)
    if when:
        yield say(texts.NEXT, language, when=date_and_time(when, language))
    elif not settings.paused:
        yield say(texts.NEXT_AT_ONCE, language)
    last = context.chats.standing(conversation, context.now).last_sent
    if last:
        there = last.astimezone(zone_of(settings.timezone))
        yield say(texts.LAST, language, when=date_and_time(there, language))
    year = (context.now + _SOON).astimezone(zone_of(settings.timezone)).year
    if settings.schedule.weekdays is None and not knows_workdays(year):
        yield say(texts.WORKDAYS_UNKNOWN, language, year=year)


def _held(context: Context, conversation: Conversation, planned: frozenset[SlotKey]) -> Iterator[Text]:
    """Say what is held back, and why."""
    language, settings = context.language, context.settings
    if settings.paused:
        yield say(texts.HELD_PAUSED, language)
    elif slot := held_slot(settings, context.now, planned):
        zone = zone_of(settings.timezone)
        meant, when = (date_and_time(moment.astimezone(zone), language) for moment in (slot.meant, slot.due))
        yield say(texts.HELD_QUIET, language, meant=meant, when=when)
    if muted := _muted(context, conversation):
        yield say(texts.HELD_MUTED, language, topics=label(common.LIST_COMMA, language).join(muted))
    standing = context.chats.standing(conversation, context.now)
    if standing.waiting and standing.retry_at:
        again = date_and_time(standing.retry_at.astimezone(zone_of(settings.timezone)), language)
        yield say(texts.WAITING_UNTIL, language, count=standing.waiting, when=again)
    elif standing.waiting:
        yield say(texts.WAITING, language, count=standing.waiting)


def _muted(context: Context, conversation: Conversation) -> list[str]:
    language, zone = context.language, zone_of(context.settings.timezone)
    return [
        label(
            texts.MUTED_UNTIL,
            language,
            topic=one.topic
            if kept_rule(one.topic)
            else topic_name(context.library.topic(one.topic), language),
            day=short_date(one.muted_until.astimezone(zone).date(), language),
        )
        for one in context.chats.subscriptions(conversation)
        if one.muted_until and one.is_muted(context.now)
    ]


def _buttons(settings: Settings, language: Language) -> tuple[Block, ...]:
    schedule = settings.schedule
    current = [f"{at:%H:%M}" for at in schedule.times]
    times = (Button(time, f"settings time {time}") for time in _TIMES if [time] != current)
    days = (texts.EVERY_DAY, "daily") if schedule.has_free_days else (texts.WORKDAYS, "working days")
    quiet = (texts.NO_QUIET, "off") if schedule.quiet else (texts.QUIET_AT_NIGHT, _QUIET_AT_NIGHT)
    switch = (texts.RESUME, "resume") if settings.paused else (texts.PAUSE, "pause")
    other = Language.ZH if language is Language.EN else Language.EN
    at_once = Button(label(texts.AT_ONCE, language), "settings time at once")
    return (
        *button_row(*times),
        *button_row(
            Button(label(days[0], language), f"settings time {days[1]}"),
            *(() if schedule.is_at_once else (at_once,)),
            Button(label(quiet[0], language), f"settings quiet {quiet[1]}"),
        ),
        *button_row(*zone_buttons(language, settings.timezone)),
        *button_row(
            Button(label(switch[0], language), f"settings {switch[1]}"),
            Button(label(texts.OTHER_LANGUAGE, language), f"settings language {other}"),
        ),
    )
