"""mute: hold back what one topic brings for some days; it comes afterwards."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.command import Command, Context
from handlers.dates import short_date
from handlers.due import zone_of
from handlers.errors import UserError
from handlers.followed import find_followed, followed_name, offer_buttons, which_one
from handlers.reply import Button, Paragraph, Reply, button_row
from handlers.request import Request
from handlers.texts import commands, follow, label, say
from handlers.texts import manage as texts

USUAL_DAYS = 7
MOST_DAYS = 90
_SHOWN = 40
_UNIT = r"\s*(?:天|日|days?)"
_DAYS = re.compile(
    rf"(.+?)(?<!\s)(?:\s+(?:for\s+)?([0-9]{{1,9}})(?:{_UNIT})?|([0-9]{{1,9}}){_UNIT})", re.IGNORECASE
)


def run(context: Context, request: Request, argument: str) -> Reply:
    """Mute the topic that is named, for seven days or as many as are named; without one, ask which."""
    language = context.language
    followed = context.chats.subscriptions(request.conversation)
    offer = offer_buttons(context, followed, COMMAND.name)
    text = " ".join(argument.split())
    if not followed or not text:
        return which_one(context, followed, texts.WHICH_TO_MUTE, *offer)
    named, days = find_followed(context, followed, text), USUAL_DAYS
    if named is None and (match := _DAYS.fullmatch(text)):
        text, days = match[1], int(match[2] or match[3])
        named = find_followed(context, followed, text)
    if named is None:
        raise UserError(say(follow.NOT_SUBSCRIBED, language, topic=text[:_SHOWN]), offer)
    if days > MOST_DAYS:
        raise UserError(say(texts.MUTED_TOO_LONG, language, limit=MOST_DAYS))
    if days == 0:
        return unmuted(context, request, named.topic)
    until = context.now + timedelta(days=days)
    context.chats.mute(request.conversation, named.topic, until)
    day = short_date(until.astimezone(zone_of(context.settings.timezone)).date(), language)
    topic = followed_name(context, named.topic)
    undo = Button(label(texts.UNMUTE, language), f"unmute {named.topic}")
    return Reply((Paragraph(say(texts.MUTED, language, topic=topic, day=day)), *button_row(undo)))


def unmuted(context: Context, request: Request, topic: str) -> Reply:
    """Let a topic be heard again."""
    context.chats.mute(request.conversation, topic, None)
    shown = followed_name(context, topic)
    return Reply((Paragraph(say(texts.UNMUTED, context.language, topic=shown)),))


COMMAND = Command(
    name="mute",
    aliases=("静音",),
    summary=commands.MUTE_SUMMARY,
    usage=commands.MUTE_USAGE,
    run=run,
    glued=True,
)
