"""restore: bring in a file of subscriptions, once it was shown what that changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from handlers.clip import clip
from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.figure_following import known_figures
from handlers.figure_rules import kept_rule
from handlers.followed import followed_name
from handlers.following import SUBSCRIPTION_LIMIT, newest_date
from handlers.ports import Subscription
from handlers.reply import Block, Button, Notice, Paragraph, Reply, button_row
from handlers.request import Request
from handlers.schedule_words import quiet_text, rhythm_text
from handlers.texts import commands, common, follow, label, say
from handlers.texts import transfer as texts
from handlers.transfer import Carried, TransferError, read_file, write_file
from knowledge.rules.reading import Problem

_ALL, _TOPICS, _CANCEL = "--all", "--topics", "--cancel"
_NAMED = 8
_SHOWN = 40


def run(context: Context, request: Request, argument: str) -> Reply:
    """Show what a file would change; `--all` and `--topics` before its text bring it in."""
    if argument == _CANCEL:
        return Reply((Notice(say(texts.NOT_IMPORTED, context.language)),), in_place=request.pressed)
    step = next((step for step in (_ALL, _TOPICS) if argument.startswith(step)), "")
    text = request.document or argument.removeprefix(step).strip()
    if not text:
        return Reply((Paragraph(say(texts.HOW_TO_IMPORT, context.language)),))
    try:
        file = read_file(text)
    except TransferError as error:
        raise UserError(say(error.reason, context.language)) from error
    file = replace(file, topics=_named_topics(context, file))
    new = _new(context, request, file)
    if not step:
        return _preview(context, new, file)
    return _bring(context, request, new, file if step == _ALL else None)


def _accepts(argument: str) -> bool:
    return not argument or argument.startswith(("{", "["))


COMMAND = Command(
    name="restore",
    aliases=("导入", "导入订阅", "import"),
    summary=commands.RESTORE_SUMMARY,
    usage=commands.RESTORE_USAGE,
    run=run,
    glued=True,
    accepts=_accepts,
)


def _named_topics(context: Context, file: Carried) -> tuple[tuple[str, datetime | None], ...]:
    """Return the topics by the names that this library has for them. Raises UserError for a broken rule."""
    named = {}
    for topic, muted in file.topics:
        found = None if kept_rule(topic) else context.library.read(topic)
        if isinstance(found, Problem):
            raise UserError(say(texts.BAD_TOPIC, context.language, topic=clip(topic, _SHOWN)))
        named[found.name if found else topic] = muted
    return tuple(named.items())


def _new(context: Context, request: Request, file: Carried) -> tuple[Subscription, ...]:
    """Return what the chat does not follow yet, from now on. Raises UserError for more than it may follow."""
    known = {one.topic for one in context.chats.subscriptions(request.conversation)}
    new = [(topic, muted) for topic, muted in file.topics if topic not in known]
    if len(known) + len(new) > SUBSCRIPTION_LIMIT:
        raise UserError(say(follow.TOO_MANY, context.language, limit=SUBSCRIPTION_LIMIT))
    since = newest_date(context)
    return tuple(Subscription(topic, context.now, since, muted) for topic, muted in new)


def _preview(context: Context, new: tuple[Subscription, ...], file: Carried) -> Reply:
    language = context.language
    topics = [followed_name(context, one.topic) for one in new[:_NAMED]]
    names = label(common.LIST_COMMA, language).join(topics) + ("……" if len(new) > _NAMED else "")
    fresh = label(texts.WOULD_FOLLOW if new else texts.NOTHING_NEW, language, count=len(new), topics=names)
    known = label(texts.KNOWN, language, count=len(file.topics) - len(new))
    settings = _settings_after(context, file)
    text = write_file(file, indent=None)
    everything = Button(label(texts.IMPORT_ALL, language), f"{COMMAND.name} {_ALL} {text}")
    topics_only = Button(label(texts.IMPORT_TOPICS, language), f"{COMMAND.name} {_TOPICS} {text}")
    return Reply(
        (
            Paragraph(say(texts.PREVIEW, language, follow=fresh, known=known)),
            *(settings or (Notice(say(texts.SAME_SETTINGS, language)),)),
            *button_row(
                *((everything,) if settings else ()),
                *((topics_only,) if new else ()),
                Button(label(texts.MINE_ONLY, language), f"{COMMAND.name} {_CANCEL}"),
            ),
        )
    )


def _settings_after(context: Context, file: Carried) -> tuple[Block, ...]:
    """Return the lines that say how the settings would be, none where they stay as they are."""
    after, language = file.over(context.settings), context.language
    if after == context.settings:
        return ()
    rhythm = Paragraph(say(texts.WOULD_SET, language, rhythm=rhythm_text(after, language)))
    quiet = after.schedule.quiet
    if quiet is None:
        return (rhythm,)
    return (rhythm, Paragraph(say(texts.WOULD_BE_QUIET, language, quiet=quiet_text(quiet))))


def _bring(context: Context, request: Request, new: tuple[Subscription, ...], file: Carried | None) -> Reply:
    """Follow what is new, and take over the settings of the file where it is given."""
    settings = file.over(context.settings) if file else context.settings
    if settings != context.settings:
        settings = replace(settings, active_since=context.now)
    rules = (rule for one in new if (rule := kept_rule(one.topic)))
    known = {key for rule in rules for key in known_figures(context, rule)}
    context.chats.bring(request.conversation, new, settings, known)
    mine = Button(label(follow.MINE, context.language), "subscriptions")
    done = Paragraph(say(texts.IMPORTED, context.language, count=len(new)))
    return Reply((done, *button_row(mine)), in_place=request.pressed)
