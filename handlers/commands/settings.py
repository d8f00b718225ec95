"""settings: time of day, time zone, pause and language."""

from __future__ import annotations

from datetime import date

from handlers.command import Command, Context
from handlers.dates import date_and_time
from handlers.due import next_alert
from handlers.ports import Settings
from handlers.preferences import Change, is_change, read_change
from handlers.reply import Block, Button, Heading, Notice, Paragraph, Reply, button_row
from handlers.request import Language, Request
from handlers.texts import commands, label, say
from handlers.texts import settings as texts
from handlers.zones import zone_name

_TIMES = ("08:00", "09:00", "12:00", "18:00")
_ZONES = ("Asia/Shanghai", "Asia/Tokyo", "Europe/London", "America/New_York")


def run(context: Context, request: Request, argument: str) -> Reply:
    """Show the settings, or change one and show them again."""
    planned = context.chats.planned(request.conversation)
    if not argument:
        return Reply(_panel(context, context.settings, context.language, planned))
    change = read_change(argument, context.settings, context.now, context.language)
    context.chats.save_settings(request.conversation, change.settings)
    language = _language_after(change, context)
    return Reply(
        (Notice(change.done), *_panel(context, change.settings, language, planned)), in_place=request.pressed
    )


def _accepts(argument: str) -> bool:
    return not argument or is_change(argument)


COMMAND = Command(
    name="settings",
    aliases=("设置", "推送设置", "set"),
    summary=commands.SETTINGS_SUMMARY,
    usage=commands.SETTINGS_USAGE,
    run=run,
    glued=True,
    accepts=_accepts,
)


def _language_after(change: Change, context: Context) -> Language:
    changed = change.settings.language != context.settings.language
    return change.settings.language if changed and change.settings.language else context.language


def _panel(
    context: Context, settings: Settings, language: Language, planned: frozenset[date]
) -> tuple[Block, ...]:
    state = say(
        texts.STATE,
        language,
        time=f"{settings.at:%H:%M}",
        zone=zone_name(settings.timezone, language),
        state=label(texts.OFF if settings.paused else texts.ON, language),
        spoken=label(texts.LANGUAGE_NAME, language),
    )
    when = next_alert(settings, context.now, planned)
    upcoming = (Paragraph(say(texts.NEXT, language, when=date_and_time(when, language))),) if when else ()
    return (
        Heading(say(texts.TITLE, language)),
        Paragraph(state),
        *upcoming,
        Notice(say(texts.HOW, language)),
        *_buttons(settings, language),
    )


def _buttons(settings: Settings, language: Language) -> tuple[Block, ...]:
    current = f"{settings.at:%H:%M}"
    times = (Button(time, f"settings time {time}") for time in _TIMES if time != current)
    zones = (
        Button(zone_name(zone, language), f"settings zone {zone}")
        for zone in _ZONES
        if zone != settings.timezone
    )
    switch = (texts.RESUME, "resume") if settings.paused else (texts.PAUSE, "pause")
    other = Language.ZH if language is Language.EN else Language.EN
    return (
        *button_row(*times),
        *button_row(*zones),
        *button_row(
            Button(label(switch[0], language), f"settings {switch[1]}"),
            Button(label(texts.OTHER_LANGUAGE, language), f"settings language {other}"),
        ),
    )
