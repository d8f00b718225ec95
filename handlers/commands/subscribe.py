"""subscribe: follow a topic, a free word, a rule of words or a figure; answers with what there is of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from handlers.command import Command, Context
from handlers.dates import date_and_time
from handlers.errors import UserError
from handlers.figure_following import asked_rule, follow_figure
from handlers.followed import find_followed
from handlers.following import alert_time, keep, newest_date, next_steps
from handlers.ports import Subscription
from handlers.reply import Button, Heading, Notice, Paragraph, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.rule_preview import CANCEL, SAVE, TIGHTEN, first_titles, problem_error, question_before, tighten
from handlers.schedule_words import rhythm_text
from handlers.texts import commands, common, label, say
from handlers.texts import figure_rules as rule_texts
from handlers.texts import follow as texts
from handlers.texts import word_rules as word_texts
from handlers.topics import aliases_text, popular_topics, topic_name
from knowledge.model import Topic, TopicMatch
from knowledge.rules.reading import Problem

TOPIC_LIMIT = 40
_SUGGESTIONS = 8
_WORTH_NARROWING = 3
_INSTEAD = re.compile(r"\s(?:(?P<option>--instead)|代替|instead of)\s")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is typed or pressed: what to follow, the step of the preview, and what it takes the place of."""

    text: str
    step: str = ""
    instead: Subscription | None = None


def run(context: Context, request: Request, argument: str) -> Reply:
    """Follow a figure where the line names one, else the topic of this name or alias, the rule or the word.

    A rule is shown before it is kept: `--save` keeps it, `--tighten` offers narrower ones, `--cancel` leaves
    all as it is. `--instead` (代替) and the name of something followed puts the new one in its place.
    """
    followed = context.chats.subscriptions(request.conversation)
    asked = _read(argument, followed, context)
    if asked.step == CANCEL:
        cancelled = Paragraph(say(word_texts.CANCELLED, context.language))
        return Reply((cancelled,), in_place=request.pressed)
    if not any(map(str.isalnum, asked.text)):
        return _suggestions(context)
    if rule := asked_rule(context, asked.text):
        return follow_figure(context, request, rule)
    return _topic(context, request, asked, followed)


COMMAND = Command(
    name="subscribe",
    aliases=("订阅", "follow"),
    summary=commands.SUBSCRIBE_SUMMARY,
    usage=commands.SUBSCRIBE_USAGE,
    run=run,
    glued=True,
)


def _read(argument: str, followed: tuple[Subscription, ...], context: Context) -> _Asked:
    """Take a line apart; 代替 and what stands behind it are words where nothing of that name is followed."""
    line = " ".join(argument.split())
    if match := _INSTEAD.search(line):
        old = find_followed(context, followed, line[match.end() :])
        if old or match["option"]:
            return _Asked(line[: match.start()], instead=old)
    step = next((step for step in (SAVE, TIGHTEN, CANCEL) if line.endswith(step)), "")
    return _Asked(line.removesuffix(step).rstrip(), step)


def _topic(context: Context, request: Request, asked: _Asked, followed: tuple[Subscription, ...]) -> Reply:
    topic = context.library.read(asked.text)
    if isinstance(topic, Problem):
        raise problem_error(context, topic)
    if topic.rule is None and len(asked.text) > TOPIC_LIMIT:
        raise UserError(say(texts.TOPIC_TOO_LONG, context.language, limit=TOPIC_LIMIT))
    if asked.step == TIGHTEN:
        return tighten(context, topic)
    matches = context.library.about(topic, newest_date(context))
    is_known = any(one.topic == topic.name for one in followed)
    is_asked_for = asked.step == SAVE or asked.instead or is_known
    if not is_asked_for and (question := question_before(context, topic, matches)):
        return question
    return _follow(context, request, topic, matches, asked.instead)


def _follow(
    context: Context,
    request: Request,
    topic: Topic,
    matches: tuple[TopicMatch, ...],
    old: Subscription | None,
) -> Reply:
    language = context.language
    added = keep(context, request, topic.name, instead=old)
    message = texts.SUBSCRIBED if added else texts.ALREADY_SUBSCRIBED
    title = word_texts.REPLACED if added and old else message
    name, aliases = topic_name(topic, language), aliases_text(topic, language)
    undo = f"subscribe {old.topic} --instead {topic.name}" if added and old else None
    return Reply(
        (
            Heading(say(title, language, topic=name, aliases=aliases)),
            Paragraph(_schedule(context, request, matches)),
            *first_titles(context, matches),
            *next_steps(context, topic.name, *_about_buttons(topic, matches, language), undo=undo),
        ),
        in_place=request.pressed and topic.rule is not None,
    )


def _about_buttons(topic: Topic, matches: tuple[TopicMatch, ...], language: Language) -> Iterator[Button]:
    if matches:
        see = label(texts.SEE_THESE, language, count=len(matches))
        yield Button(see, f"subscriptions {topic.name}")
    if len(matches) >= _WORTH_NARROWING:
        yield Button(label(word_texts.NARROW, language), f"less {topic.name}")


def _suggestions(context: Context) -> Reply:
    topics = popular_topics(context.library, _SUGGESTIONS)
    names = ((topic.name, topic_name(topic, context.language), count) for topic, count in topics)
    buttons = (Button(f"{shown} {count}", f"subscribe {name}") for name, shown, count in names)
    question = texts.WHICH_TOPIC if topics else texts.WHICH_TOPIC_PLAIN
    more = (
        (rule_texts.ALSO_FIGURES, rule_texts.RULE_USAGE),
        (word_texts.ALSO_RULES, word_texts.EXAMPLE),
    )
    notices = (
        Notice(say(message, context.language, example=label(example, context.language)))
        for message, example in more
    )
    return Reply((Paragraph(say(question, context.language)), *button_row(*buttons), *notices))


def _schedule(context: Context, request: Request, matches: tuple[TopicMatch, ...]) -> Text:
    """Return the sentence that says what the newest issue has and when it comes."""
    language, settings = context.language, context.settings
    if settings.paused:
        paused = say(texts.PAUSED, language)
        news = _promise(len(matches), None, language)
        return say(common.TWO_SENTENCES, language, first=news, second=paused)
    rhythm = say(texts.RHYTHM, language, rhythm=rhythm_text(settings, language))
    promise = _promise(len(matches), alert_time(context, request), language)
    return say(common.TWO_SENTENCES, language, first=rhythm, second=promise)


def _promise(count: int, when: datetime | None, language: Language) -> Text:
    if when is None:
        return say(texts.NEWEST_HAS if count else texts.NEWEST_HAS_NONE, language, count=count)
    message = texts.FIRST_ALERT if count else texts.NOTHING_YET
    return say(message, language, count=count, when=date_and_time(when, language))
