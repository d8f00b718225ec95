"""A neutral reply as Telegram messages: HTML, split within the platform's limits, buttons last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.telegram.keyboard import Key, lay_keys
from bot.telegram.layout import lay_out, to_html
from bot.telegram.paging import paginate
from handlers.reply import Reply

BUTTONS_ALONE = "⌨️"


@dataclass(frozen=True, slots=True)
class TelegramMessage:
    """One message: its HTML, the same words without markup, and the rows of its keyboard."""

    html: str
    plain: str
    keyboard: tuple[tuple[Key, ...], ...] = ()


def render(reply: Reply, shorten: Callable[[str], str]) -> tuple[TelegramMessage, ...]:
    """Turn a reply into messages in the order in which they are sent; an empty reply gives none.

    `shorten` makes a token of an action that is too long for a button.
    """
    pages = [page for page in paginate(lay_out(reply.blocks)) if any(run.text.strip() for run in page)]
    messages = [TelegramMessage(to_html(page), "".join(run.text for run in page)) for page in pages]
    keyboard = lay_keys(reply.blocks, shorten)
    if not keyboard:
        return tuple(messages)
    last = messages.pop() if messages else TelegramMessage(BUTTONS_ALONE, BUTTONS_ALONE)
    return (*messages, TelegramMessage(last.html, last.plain, keyboard))
