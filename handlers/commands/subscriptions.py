"""subscriptions: what the chat follows, and with a topic's name the newest issue's articles about it."""

from __future__ import annotations

from handlers.citations import joined
from handlers.clip import highlighted_text
from handlers.command import Command, Context
from handlers.commands.subscribe import newest_date
from handlers.dates import date_and_time, full_date
from handlers.due import next_alert, zone_of
from handlers.listing import Entry, list_articles
from handlers.paging import open_page, position_notice, read_page, turn_buttons
from handlers.ports import Subscription
from handlers.reply import Block, Button, Heading, Item, Items, Notice, Paragraph, Reply, Text, button_row
from handlers.request import Request
from handlers.texts import commands, common, label, say
from handlers.texts import follow as texts
from handlers.topics import topic_name
from handlers.zones import zone_name
from knowledge.model import TopicMatch

PAGE_SIZE = 8
_ARTICLES = 5
_LEAD = 56


def run(context: Context, request: Request, argument: str) -> Reply:
    """List what is followed, or the newest issue's articles about a topic, followed or not."""
    text, page = read_page(argument)
    name = " ".join(text.split())
    followed = context.chats.subscriptions(request.conversation)
    blocks = _about(context, name, page) if name else _list(context, followed, page)
    return Reply(blocks, in_place=request.pressed and page is not None)


COMMAND = Command(
    name="subscriptions",
    aliases=("我的订阅", "订阅列表", "following"),
    summary=commands.SUBSCRIPTIONS_SUMMARY,
    usage=commands.SUBSCRIPTIONS_USAGE,
    run=run,
)


def _list(context: Context, followed: tuple[Subscription, ...], page: int | None) -> tuple[Block, ...]:
    language = context.language
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
        _schedule(context),
        *button_row(*opening),
        *button_row(
            *turn_buttons("subscriptions", pages, language),
            Button(label(texts.UNSUBSCRIBE, language), "unsubscribe"),
            Button(label(common.SETTINGS, language), "settings"),
        ),
    )


def _item(context: Context, subscription: Subscription) -> Item:
    language = context.language
    topic = context.library.topic(subscription.topic)
    count = len(context.library.about(topic, newest_date(context)))
    created = subscription.created_at.astimezone(zone_of(context.settings.timezone))
    day = full_date(created.date(), language)
    note = joined(label(texts.IN_NEWEST, language, count=count), label(texts.SINCE, language, day=day))
    return Item(Text(topic_name(topic, language)), Text(note))


def _schedule(context: Context) -> Notice:
    when = next_alert(context.settings, context.now)
    if when is None:
        return Notice(say(texts.PAUSED, context.language))
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
    search = Button(label(common.ALL_ISSUES, language), f"search {topic.name} --articles")
    return (
        Heading(title),
        *(list_articles(tuple(map(_entry, shown)), language, first) if shown else ()),
        *position_notice(pages, language),
        *button_row(*opening),
        *button_row(*turn_buttons(f"subscriptions {topic.name}", pages, language), search),
    )


def _entry(match: TopicMatch) -> Entry:
    return Entry(match.citation, highlighted_text(match.lead, _LEAD))
