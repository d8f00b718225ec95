"""Posting and editing one message or upload, with the few failures that are mended on the spot."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache, partial
from typing import Any, TypeVar

import telegram
from telegram import (
    CallbackQuery,
    Chat,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from bot.media import prepare
from bot.telegram.account import Line
from bot.telegram.failures import pause_of, reason_of
from bot.telegram.incoming import place
from bot.telegram.keyboard import Key
from bot.telegram.render import Message, TelegramMedia, TelegramMessage
from handlers.reply import Picture

LOG = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LONGEST_WAIT = timedelta(seconds=30)

MOST_REMEMBERED = 16
"""Messages that are written down once for all their chats."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: a chat, perhaps a topic of it, perhaps as an answer to a message."""

    chat: str
    thread: str = ""
    answers: int | None = None
    silent: bool = False


async def show(line: Line, update: Update, messages: Sequence[Message], *, in_place: bool) -> None:
    """Answer an update, the first message perhaps in the place of the one whose button was pressed.

    A short flood pause is waited out. Raises TelegramError.
    """
    pressed = update.callback_query.message if update.callback_query else None
    asked = update.message or pressed
    if not messages or not asked:
        return
    first = messages[0]
    if in_place and pressed and isinstance(first, TelegramMessage):
        edited = await patiently(partial(edit, line, pressed, first))
        messages = messages[1:] if edited else messages
    where = place(asked)
    target = Target(where.chat, where.thread, answers=_number_in_group(asked))
    for message in messages:
        await patiently(partial(_post_wherever, line, target, message))
        target = replace(target, answers=None)


async def acknowledge(query: CallbackQuery, toast: str) -> None:
    """Stop the spinner of a pressed button, with a word or without; too late for that is no harm."""
    try:
        await query.answer(toast or None)
    except TelegramError as error:
        LOG.info("press not acknowledged reason=%s", reason_of(error))


async def post(line: Line, target: Target, message: Message) -> str:
    """Send a message and return its id. Raises TelegramError.

    Text whose markup Telegram refuses goes out again without any, and where a picture or a file is refused
    its words are sent.
    """
    try:
        return await _send(line, target, message)
    except BadRequest as error:
        if _says(error, "can't parse entities"):
            LOG.error("markup refused, sent again as plain text")  # noqa: TRY400 -- the trace says nothing more
            return await _send(line, target, message, is_plain=True)
        if isinstance(message, TelegramMedia):
            LOG.warning("upload refused, its words sent instead reason=%s", reason_of(error))
            return await _send(line, target, _words_of(message))
        raise


async def _post_wherever(line: Line, target: Target, message: Message) -> None:
    """Send a message, to the new id of a group that became a supergroup. Raises TelegramError."""
    try:
        await post(line, target, message)
    except ChatMigrated as moved:
        LOG.warning("chat moved chat=%s to=%s", target.chat, moved.new_chat_id)
        await post(line, replace(target, chat=str(moved.new_chat_id)), message)


async def edit(line: Line, old: MaybeInaccessibleMessage, message: TelegramMessage) -> bool:
    """Replace a message of ours; False where it is gone or too old for that. Raises TelegramError."""
    try:
        await line.bot.edit_message_text(
            message.html,
            chat_id=old.chat.id,
            message_id=old.message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=_markup(message),
        )
    except BadRequest as error:
        if _says(error, "message is not modified"):
            return True
        if _says(error, "message to edit not found", "message can't be edited", "can't parse entities"):
            return False
        raise
    return True


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call; when told to wait for a short while, wait and make it once more. Raises TelegramError."""
    try:
        return await call()
    except RetryAfter as error:
        pause = pause_of(error)
        if pause > LONGEST_WAIT:
            raise
        await asyncio.sleep(pause.total_seconds())
        return await call()


async def _send(line: Line, target: Target, message: Message, *, is_plain: bool = False) -> str:
    if isinstance(message, TelegramMessage):
        sent = await line.client.call("sendMessage", _body(target, _content(message, is_plain)))
        return str(sent["message_id"])
    words = message.plain if is_plain else message.html
    where: dict[str, Any] = {
        "chat_id": target.chat,
        "caption": words or None,
        "parse_mode": None if is_plain else ParseMode.HTML,
        "message_thread_id": int(target.thread) if target.thread else None,
        "reply_parameters": _answering(target),
        "disable_notification": target.silent or None,
    }
    if upload := await asyncio.to_thread(prepare, message.block):
        name, content = upload.name, upload.content
        if isinstance(message.block, Picture):
            return _id(await line.bot.send_photo(photo=content, filename=name, **where))
        return _id(await line.bot.send_document(document=content, filename=name, **where))
    return await _send(line, target, _words_of(message), is_plain=is_plain) if words else ""


def _words_of(media: TelegramMedia) -> TelegramMessage:
    return TelegramMessage(media.html, media.plain)


@lru_cache(MOST_REMEMBERED)
def _content(message: TelegramMessage, is_plain: bool) -> bytes:
    """Return the part of a call that is the same for all chats, as a JSON object."""
    markup = _markup(message)
    content = {
        "text": message.plain if is_plain else message.html,
        "parse_mode": None if is_plain else ParseMode.HTML,
        "link_preview_options": NO_PREVIEW.to_dict(),
        "reply_markup": markup.to_dict() if markup else None,
    }
    return _json(content)


def _body(target: Target, content: bytes) -> bytes:
    """Return the JSON object of a call: where the message goes, then its content."""
    answering = _answering(target)
    place = {
        "chat_id": target.chat,
        "message_thread_id": int(target.thread) if target.thread else None,
        "reply_parameters": answering.to_dict() if answering else None,
        "disable_notification": target.silent or None,
    }
    return _json(place)[:-1] + b"," + content[1:]


def _json(parameters: dict[str, Any]) -> bytes:
    given = {name: value for name, value in parameters.items() if value is not None}
    return json.dumps(given, ensure_ascii=False).encode()


def _id(sent: telegram.Message) -> str:
    return str(sent.message_id)


def _number_in_group(message: MaybeInaccessibleMessage) -> int | None:
    return None if message.chat.type == Chat.PRIVATE else message.message_id


def _answering(target: Target) -> ReplyParameters | None:
    if target.answers is None:
        return None
    return ReplyParameters(target.answers, allow_sending_without_reply=True)


def _markup(message: TelegramMessage) -> InlineKeyboardMarkup | None:
    rows = [[_button(key) for key in row] for row in message.keyboard]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(key: Key) -> InlineKeyboardButton:
    if key.copies:
        return InlineKeyboardButton(key.label, copy_text=CopyTextButton(key.copies))
    return InlineKeyboardButton(key.label, callback_data=key.data)


def _says(error: BadRequest, *phrases: str) -> bool:
    return any(phrase in str(error).lower() for phrase in phrases)
