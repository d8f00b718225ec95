"""Posting and editing one message or upload, with the few failures that are mended on the spot."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

import telegram
from telegram import (
    Bot,
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
from bot.telegram.failures import pause_of, reason_of
from bot.telegram.incoming import place
from bot.telegram.keyboard import Key
from bot.telegram.render import Message, TelegramMedia, TelegramMessage
from handlers.reply import Picture

LOG = logging.getLogger(__name__)
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
LONGEST_WAIT = timedelta(seconds=30)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: a chat, perhaps a topic of it, perhaps as an answer to a message."""

    chat: str
    thread: str = ""
    answers: int | None = None
    silent: bool = False


async def show(bot: Bot, update: Update, messages: Sequence[Message], *, in_place: bool) -> None:
    """Answer an update, the first message perhaps in the place of the one whose button was pressed.

    A short flood pause is waited out. Raises TelegramError.
    """
    pressed = update.callback_query.message if update.callback_query else None
    asked = update.message or pressed
    if not messages or not asked:
        return
    first = messages[0]
    if in_place and pressed and isinstance(first, TelegramMessage):
        edited = await patiently(partial(edit, bot, pressed, first))
        messages = messages[1:] if edited else messages
    where = place(asked)
    target = Target(where.chat, where.thread, answers=_number_in_group(asked))
    for message in messages:
        await patiently(partial(_post_wherever, bot, target, message))
        target = replace(target, answers=None)


async def acknowledge(query: CallbackQuery, toast: str) -> None:
    """Stop the spinner of a pressed button, with a word or without; too late for that is no harm."""
    try:
        await query.answer(toast or None)
    except TelegramError as error:
        LOG.info("press not acknowledged reason=%s", reason_of(error))


async def post(bot: Bot, target: Target, message: Message) -> str:
    """Send a message and return its id. Raises TelegramError.

    Text whose markup Telegram refuses goes out again without any, and where a picture or a file is refused
    its words are sent.
    """
    try:
        return await _send(bot, target, message)
    except BadRequest as error:
        if _says(error, "can't parse entities"):
            LOG.error("markup refused, sent again as plain text")  # noqa: TRY400 -- the trace says nothing more
            return await _send(bot, target, message, parse_mode=None)
        if isinstance(message, TelegramMedia):
            LOG.warning("upload refused, its words sent instead reason=%s", reason_of(error))
            return await _send(bot, target, TelegramMessage(message.html, message.plain))
        raise


async def _post_wherever(bot: Bot, target: Target, message: Message) -> None:
    """Send a message, to the new id of a group that became a supergroup. Raises TelegramError."""
    try:
        await post(bot, target, message)
    except ChatMigrated as moved:
        LOG.warning("chat moved chat=%s to=%s", target.chat, moved.new_chat_id)
        await post(bot, replace(target, chat=str(moved.new_chat_id)), message)


async def edit(bot: Bot, old: MaybeInaccessibleMessage, message: TelegramMessage) -> bool:
    """Replace a message of ours; False where it is gone or too old for that. Raises TelegramError."""
    try:
        await bot.edit_message_text(
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


async def _send(
    bot: Bot, target: Target, message: Message, parse_mode: ParseMode | None = ParseMode.HTML
) -> str:
    words = message.html if parse_mode else message.plain
    where: dict[str, Any] = {
        "chat_id": target.chat,
        "parse_mode": parse_mode,
        "message_thread_id": int(target.thread) if target.thread else None,
        "reply_parameters": _answering(target),
        "disable_notification": target.silent or None,
    }
    if isinstance(message, TelegramMessage):
        markup = _markup(message)
        quiet: dict[str, Any] = {"link_preview_options": NO_PREVIEW, "reply_markup": markup}
        return _id(await bot.send_message(text=words, **quiet, **where))
    if upload := await asyncio.to_thread(prepare, message.block):
        name, content = upload.name, upload.content
        if isinstance(message.block, Picture):
            return _id(await bot.send_photo(photo=content, filename=name, caption=words or None, **where))
        return _id(await bot.send_document(document=content, filename=name, caption=words or None, **where))
    if words:
        return _id(await bot.send_message(text=words, link_preview_options=NO_PREVIEW, **where))
    return ""


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
