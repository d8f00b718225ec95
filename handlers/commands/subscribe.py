"""subscribe: follow a topic or any free word; answers at once with what the newest issue has on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handlers.command import Command, Context
from handlers.dates import date_and_time
from handlers.due import next_alert
from handlers.errors import UserError
from handlers.listing import Entry, list_articles
from handlers.ports import Settings, Subscription
from handlers.reply import Block, Button, Heading, Paragraph, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.texts import commands, common, label, say
from handlers.texts import follow as texts
from handlers.texts import settings as settings_texts
from handlers.topics import aliases_text, popular_topics, topic_name
from handlers.zones import zone_name
from knowledge.model import Topic, TopicMatch

TOPIC_LIMIT = 40
SUBSCRIPTION_LIMIT = 50
_TITLES = 3
_SUGGESTIONS = 8


def run(context: Context, request: Request, argument: str) -> Reply:
    """Follow the topic that goes by this name or alias, or this very word."""
    text = " ".join(argument.split())
    if not text:
        return _suggestions(context)
    topic = _wanted_topic(context, request, text)
    newest = newest_date(context)
    subscription = Subscription(topic.name, context.now, newest)
    added = context.chats.subscribe(request.conversation, subscription, _first_settings(context, request))
    matches = context.library.about(topic, newest)
    message = texts.SUBSCRIBED if added else texts.ALREADY_SUBSCRIBED
    aliases = aliases_text(topic, context.language)
    title = say(message, context.language, topic=topic_name(topic, context.language), aliases=aliases)
    return Reply(
        (
            Heading(title),
            Paragraph(_schedule(context, matches)),
            *_first_titles(matches, context.language),
            *_buttons(context, topic, matches),
        )
    )


COMMAND = Command(
    name="subscribe",
    aliases=("订阅", "follow"),
    summary=commands.SUBSCRIBE_SUMMARY,
    usage=commands.SUBSCRIBE_USAGE,
    run=run,
    glued=True,
)


def newest_date(context: Context) -> date | None:
    """Return the publication date of the newest issue, None where there is none."""
    return next((issue.published for issue in context.library.issues()), None)


def _wanted_topic(context: Context, request: Request, text: str) -> Topic:
    if len(text) > TOPIC_LIMIT:
        raise UserError(say(texts.TOPIC_TOO_LONG, context.language, limit=TOPIC_LIMIT))
    topic = context.library.topic(text)
    followed = {one.topic for one in context.chats.subscriptions(request.conversation)}
    if len(followed) >= SUBSCRIPTION_LIMIT and topic.name not in followed:
        button = Button(label(texts.UNSUBSCRIBE, context.language), "unsubscribe")
        raise UserError(say(texts.TOO_MANY, context.language, limit=SUBSCRIPTION_LIMIT), (button,))
    return topic


def _first_settings(context: Context, request: Request) -> Settings:
    """Return what is kept for a chat that has no settings: from now on, in the language it was asked in."""
    language = context.language if request.is_private else None
    return replace(context.settings, active_since=context.now, language=context.settings.language or language)


def _suggestions(context: Context) -> Reply:
    topics = popular_topics(context.library, _SUGGESTIONS)
    names = ((topic.name, topic_name(topic, context.language), count) for topic, count in topics)
    buttons = (Button(f"{shown} {count}", f"subscribe {name}") for name, shown, count in names)
    question = texts.WHICH_TOPIC if topics else texts.WHICH_TOPIC_PLAIN
    return Reply((Paragraph(say(question, context.language)), *button_row(*buttons)))


def _schedule(context: Context, matches: tuple[TopicMatch, ...]) -> Text:
    """Return the sentence that says what the newest issue has and when it comes."""
    language, settings = context.language, context.settings
    when = next_alert(settings, context.now)
    if when is None:
        paused = say(texts.PAUSED, language)
        return say(common.TWO_SENTENCES, language, first=_news(matches, language), second=paused)
    rhythm = say(
        texts.EVERY_DAY, language, time=f"{settings.at:%H:%M}", zone=zone_name(settings.timezone, language)
    )
    message = texts.FIRST_ALERT if matches else texts.NOTHING_YET
    promise = say(message, language, count=len(matches), when=date_and_time(when, language))
    return say(common.TWO_SENTENCES, language, first=rhythm, second=promise)


def _news(matches: tuple[TopicMatch, ...], language: Language) -> Text:
    return say(texts.NEWEST_HAS if matches else texts.NEWEST_HAS_NONE, language, count=len(matches))


def _first_titles(matches: tuple[TopicMatch, ...], language: Language) -> tuple[Block, ...]:
    entries = tuple(Entry(match.citation) for match in matches[:_TITLES])
    return list_articles(entries, language, None) if entries else ()


def _buttons(context: Context, topic: Topic, matches: tuple[TopicMatch, ...]) -> tuple[Block, ...]:
    language = context.language
    see = Button(label(texts.SEE_THESE, language, count=len(matches)), f"subscriptions {topic.name}")
    resume = Button(label(settings_texts.RESUME, language), "settings resume")
    return button_row(
        *((see,) if matches else ()),
        *((resume,) if context.settings.paused else ()),
        Button(label(texts.CHANGE_TIME, language), "settings"),
        Button(label(texts.UNDO, language), f"unsubscribe {topic.name}"),
    )
