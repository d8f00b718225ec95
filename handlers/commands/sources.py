"""sources: the feeds and pages that the library keeps up with; for admins of the bot."""

from __future__ import annotations

import re

from handlers.clip import clip
from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.paging import open_page, position_notice, read_page, turn_buttons
from handlers.reply import Button, Item, Items, Notice, Paragraph, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.texts import Message, label, say
from handlers.texts import sources as texts
from handlers.watched import Watched

PAGE_SIZE = 10
_SHOWN = 80
_ADD = re.compile(r"(?:添加|增加|add)\s{1,4}(?=\S)", re.IGNORECASE)
_REMOVE = re.compile(r"(?:移除|删除|remove|delete)\s{0,4}(\d{1,9})", re.IGNORECASE)


def run(context: Context, request: Request, argument: str) -> Reply:
    """List the sources; an address is added, `remove 3` removes one."""
    if not request.is_operator:
        raise UserError(say(texts.ONLY_ADMINS, context.language))
    if removal := _REMOVE.fullmatch(argument):
        return _removed(context, int(removal[1]))
    text, page = read_page(_ADD.sub("", argument))
    return _added(context, text.strip()) if text.strip() else _listed(context, page)


def _accepts(argument: str) -> bool:
    text, _ = read_page(argument)
    return not text.strip() or "://" in argument or _REMOVE.fullmatch(argument) is not None


COMMAND = Command(
    name="sources",
    aliases=("来源", "订阅源"),
    summary=texts.SUMMARY,
    usage=texts.USAGE,
    run=run,
    accepts=_accepts,
    listed=False,
)


def _added(context: Context, address: str) -> Reply:
    language, shown = context.language, clip(address, _SHOWN)
    try:
        is_new = context.sources.add(address)
    except ValueError as error:
        raise UserError(say(texts.REFUSED, language, reason=error)) from error
    said = say(texts.ADDED if is_new else texts.THERE, language, address=shown)
    return Reply((Paragraph(said), *button_row(_all(language))))


def _removed(context: Context, number: int) -> Reply:
    if not context.sources.remove(number):
        raise UserError(say(texts.NO_SUCH, context.language, number=number), (_all(context.language),))
    return Reply(
        (Notice(say(texts.REMOVED, context.language, number=number)), *button_row(_all(context.language)))
    )


def _listed(context: Context, page: int | None) -> Reply:
    language, sources = context.language, context.sources.all()
    if not sources:
        return Reply((Paragraph(say(texts.NONE, language)),))
    pages = open_page(page, PAGE_SIZE, len(sources))
    shown = sources[pages.offset : pages.offset + PAGE_SIZE]
    troubled = sum(source.trouble is not None for source in sources)
    count = label(texts.TROUBLED, language, count=troubled) if troubled else ""
    heading = say(texts.LISTED, language, count=len(sources))
    removing = (
        Button(label(texts.REMOVE, language, number=source.number), f"sources remove {source.number}")
        for source in shown
    )
    return Reply(
        (
            Paragraph(Text(heading.value + count, heading.spans)),
            Items(tuple(_item(source, language) for source in shown), first=None),
            *position_notice(pages, language),
            *button_row(*removing),
            *button_row(*turn_buttons("sources", pages, language)),
        )
    )


def _item(source: Watched, language: Language) -> Item:
    title = f"{source.number}. {clip(source.name, _SHOWN)}"
    where = clip(source.location, _SHOWN) if source.location != source.name else ""
    return Item(Text(title), Text(_state(source, language)), Text(where))


def _state(source: Watched, language: Language) -> str:
    if source.trouble is not None:
        return label(texts.TROUBLE, language, trouble=source.trouble)
    state: Message = texts.FINE if source.looked_at else texts.NOT_YET
    return label(state, language)


def _all(language: Language) -> Button:
    return Button(label(texts.ALL, language), "sources")
