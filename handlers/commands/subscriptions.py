"""subscriptions: what the chat follows; one topic: the articles about it, one figure: its value."""

from __future__ import annotations

from handlers.citations import joined
from handlers.clip import highlighted_text
from handlers.command import Command, Context
from handlers.dates import date_and_time, full_date, short_date
from handlers.due import zone_of
from handlers.figure_following import figure_blocks, figure_line
from handlers.figure_rules import kept_rule
from handlers.followed import find_followed
from handlers.following import alert_time, newest_date
from handlers.listing import Entry, list_articles
from handlers.paging import open_page, position_notice, read_page, turn_buttons
from handlers.ports import Subscription
from handlers.reply import (
    COPY_LIMIT,
    Block,
    Button,
    Copy,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Reply,
    Text,
    button_row,
)
from handlers.request import Language, Request
from handlers.schedule_words import rhythm_text
from handlers.texts import commands, common, label, manage, say
from handlers.texts import follow as texts
from handlers.texts import word_rules as word_texts
from handlers.topics import topic_name
from handlers.zones import zone_name
from knowledge.model import Topic, TopicMatch

PAGE_SIZE = 8
_ARTICLES = 5
_LEAD = 56


def run(context: Context, request: Request, argument: str) -> Reply:
    """List what is followed, or show a topic's articles or a figure's value, followed or not."""
    text, page = read_page(argument)
    name = " ".join(text.split())
    blocks = _one(context, request, name, page) if name else _list(context, request, page)
    return Reply(blocks, in_place=request.pressed and page is not None)


COMMAND = Command(
    name="subscriptions",
    aliases=("我的订阅", "订阅列表", "following", "my subscriptions"),
    summary=commands.SUBSCRIPTIONS_SUMMARY,
    usage=commands.SUBSCRIPTIONS_USAGE,
    run=run,
)


def _one(context: Context, request: Request, name: str, page: int | None) -> tuple[Block, ...]:
    rule = kept_rule(name)
    blocks = figure_blocks(context, rule) if rule else _about(context, name, page)
    return (*blocks, *_steps(context, request, name))


def _steps(context: Context, request: Request, name: str) -> tuple[Block, ...]:
    """Return what can be done with a topic or figure that is followed."""
    language = context.language
    one = find_followed(context, context.chats.subscriptions(request.conversation), name)
    if one is None:
        return ()
    is_muted = one.is_muted(context.now)
    mute = (manage.UNMUTE, "unmute") if is_muted else (manage.MUTE, "mute")
    return button_row(
        Button(label(mute[0], language), f"{mute[1]} {one.topic}"),
        Button(label(manage.DROP, language), f"unsubscribe {one.topic}"),
    )


def _list(context: Context, request: Request, page: int | None) -> tuple[Block, ...]:
    language = context.language
    followed = context.chats.subscriptions(request.conversation)
    if not followed:
        subscribe = Button(label(texts.SUBSCRIBE, language), "subscribe")
        return (Paragraph(say(texts.NO_SUBSCRIPTIONS, language)), *button_row(subscribe))
    pages = open_page(page, PAGE_SIZE, len(followed))
    shown = pages.of(followed)
    first = pages.offset + 1
    opening = (Button(str(number), f"subscriptions {one.topic}") for number, one in enumerate(shown, first))
    return (
        Heading(say(texts.MY_SUBSCRIPTIONS, language, count=len(followed))),
        Items(tuple(_item(context, subscription) for subscription in shown), first),
        *position_notice(pages, language),
        _schedule(context, request),
        *button_row(*opening),
        *button_row(
            *turn_buttons("subscriptions", pages, language),
            Button(label(texts.UNSUBSCRIBE, language), "unsubscribe"),
            Button(label(common.SETTINGS, language), "settings"),
        ),
    )


def _item(context: Context, subscription: Subscription) -> Item:
    language = context.language
    rule = kept_rule(subscription.topic)
    name, state = figure_line(context, rule) if rule else _topic_line(context, subscription.topic)
    zone = zone_of(context.settings.timezone)
    created = full_date(subscription.created_at.astimezone(zone).date(), language)
    since, until = label(texts.SINCE, language, day=created), subscription.muted_until
    muted = ""
    if until and subscription.is_muted(context.now):
        muted = label(manage.IS_MUTED, language, day=short_date(until.astimezone(zone).date(), language))
    return Item(Text(name), Text(joined(state, since, muted)))


def _topic_line(context: Context, name: str) -> tuple[str, str]:
    topic = context.library.topic(name)
    count = len(context.library.about(topic, newest_date(context)))
    shown = topic_name(topic, context.language)
    return shown, label(texts.IN_NEWEST, context.language, count=count)


def _schedule(context: Context, request: Request) -> Notice:
    when = alert_time(context, request)
    if when is None:
        rhythm = Text(rhythm_text(context.settings, context.language))
        return Notice(say(texts.PAUSED, context.language) if context.settings.paused else rhythm)
    zone = zone_name(context.settings.timezone, context.language)
    moment = date_and_time(when, context.language)
    return Notice(say(texts.NEXT_ALERT, context.language, when=moment, zone=zone))


def _about(context: Context, name: str, page: int | None) -> tuple[Block, ...]:
    language = context.language
    topic = context.library.topic(name)
    matches = context.library.about(topic, newest_date(context))
    pages = open_page(page, _ARTICLES, len(matches))
    shown = pages.of(matches)
    first = pages.offset + 1
    title = say(texts.ABOUT_TOPIC, language, topic=topic_name(topic, language), count=len(matches))
    opening = (Button(str(n), f"article {one.citation.article_id}") for n, one in enumerate(shown, first))
    return (
        Heading(title),
        *(list_articles(tuple(map(_entry, shown)), language, first) if shown else ()),
        *position_notice(pages, language),
        *button_row(*opening),
        *button_row(*turn_buttons(f"subscriptions {topic.name}", pages, language), *_more(topic, language)),
    )


def _more(topic: Topic, language: Language) -> tuple[Button | Copy, ...]:
    """Return where the topic leads further: to all issues, or for a rule to another wording of it."""
    if topic.rule is None:
        return (Button(label(common.ALL_ISSUES, language), f"search {topic.name} --articles"),)
    line = label(word_texts.EDIT_LINE, language, rule=topic.name)
    return (Copy(label(word_texts.EDIT, language), line),) if len(line) <= COPY_LIMIT else ()


def _entry(match: TopicMatch) -> Entry:
    return Entry(match.citation, highlighted_text(match.lead, _LEAD))
