"""A neutral reply as Telegram messages: HTML, split within the platform's limits, buttons below the last.

Pictures and files come after the words, each as a message of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.telegram.keyboard import Key, lay_keys
from bot.telegram.layout import Run, caption, lay_out, to_html
from bot.telegram.paging import paginate
from handlers.reply import File, Picture, Reply

BUTTONS_ALONE = "⌨️"
MAX_CAPTION_UNITS = 1024  # core.telegram.org/bots/api#sendphoto, counted as those of a text


@dataclass(frozen=True, slots=True)
class TelegramMessage:
    """One message: its HTML, the same words without markup, and the rows of its keyboard."""

    html: str
    plain: str
    keyboard: tuple[tuple[Key, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class TelegramMedia:
    """A picture or a file, and its caption as HTML and without markup."""

    block: Picture | File
    html: str
    plain: str


Message: TypeAlias = TelegramMessage | TelegramMedia


def render(reply: Reply, shorten: Callable[[str], str]) -> tuple[Message, ...]:
    """Turn a reply into messages in the order in which they are sent; an empty reply gives none.

    `shorten` makes a token of an action that is too long for a button.
    """
    media = [_media(block) for block in reply.blocks if isinstance(block, Picture | File)]
    return (*_texts(reply, shorten), *media)


def _texts(reply: Reply, shorten: Callable[[str], str]) -> tuple[TelegramMessage, ...]:
    pages = [page for page in paginate(lay_out(reply.blocks)) if any(run.text.strip() for run in page)]
    messages = [TelegramMessage(to_html(page), _plain(page)) for page in pages]
    keyboard = lay_keys(reply.blocks, shorten)
    if not keyboard:
        return tuple(messages)
    last = messages.pop() if messages else TelegramMessage(BUTTONS_ALONE, BUTTONS_ALONE)
    return (*messages, TelegramMessage(last.html, last.plain, keyboard))


def _media(block: Picture | File) -> TelegramMedia:
    words = caption(block.alt if isinstance(block, Picture) else block.caption)
    page = next(paginate([words], MAX_CAPTION_UNITS), ())
    return TelegramMedia(block, to_html(page), _plain(page))


def _plain(page: tuple[Run, ...]) -> str:
    return "".join(run.text for run in page)
