"""subscribe: follow a topic, any free word or a figure; answers at once with what there is of it."""

from __future__ import annotations

from datetime import datetime

from handlers.command import Command, Context
from handlers.dates import date_and_time
from handlers.errors import UserError
from handlers.figure_following import asked_rule, follow_figure
from handlers.following import alert_time, keep, newest_date, next_steps
from handlers.listing import Entry, list_articles
from handlers.reply import Block, Button, Heading, Notice, Paragraph, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.schedule_words import rhythm_text
from handlers.texts import commands, common, label, say
from handlers.texts import follow as texts
from handlers.texts import rules as rule_texts
from handlers.topics import aliases_text, popular_topics, topic_name
from knowledge.model import TopicMatch

TOPIC_LIMIT = 40
_TITLES = 3
_SUGGESTIONS = 8


def run(context: Context, request: Request, argument: str) -> Reply:
    """Follow a figure where the line names one, else the topic of this name or alias, or this very word."""
    text = " ".join(argument.split())
    if not text:
        return _suggestions(context)
    if rule := asked_rule(context, text):
        return follow_figure(context, request, rule)
    return _follow_topic(context, request, text)


COMMAND = Command(
    name="subscribe",
    aliases=("订阅", "follow"),
    summary=commands.SUBSCRIBE_SUMMARY,
    usage=commands.SUBSCRIBE_USAGE,
    run=run,
    glued=True,
)


def _follow_topic(context: Context, request: Request, text: str) -> Reply:
    language = context.language
    if len(text) > TOPIC_LIMIT:
        raise UserError(say(texts.TOPIC_TOO_LONG, language, limit=TOPIC_LIMIT))
    topic = context.library.topic(text)
    added = keep(context, request, topic.name)
    matches = context.library.about(topic, newest_date(context))
    message = texts.SUBSCRIBED if added else texts.ALREADY_SUBSCRIBED
    aliases = aliases_text(topic, language)
    see = Button(label(texts.SEE_THESE, language, count=len(matches)), f"subscriptions {topic.name}")
    return Reply(
        (
            Heading(say(message, language, topic=topic_name(topic, language), aliases=aliases)),
            Paragraph(_schedule(context, request, matches)),
            *_first_titles(matches, language),
            *next_steps(context, topic.name, *((see,) if matches else ())),
        )
    )


def _suggestions(context: Context) -> Reply:
    topics = popular_topics(context.library, _SUGGESTIONS)
    names = ((topic.name, topic_name(topic, context.language), count) for topic, count in topics)
    buttons = (Button(f"{shown} {count}", f"subscribe {name}") for name, shown, count in names)
    question = texts.WHICH_TOPIC if topics else texts.WHICH_TOPIC_PLAIN
    example = label(rule_texts.RULE_USAGE, context.language)
    figures = Notice(say(rule_texts.ALSO_FIGURES, context.language, example=example))
    return Reply((Paragraph(say(question, context.language)), *button_row(*buttons), figures))


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


def _first_titles(matches: tuple[TopicMatch, ...], language: Language) -> tuple[Block, ...]:
    entries = tuple(Entry(match.citation) for match in matches[:_TITLES])
    return list_articles(entries, language, None) if entries else ()
