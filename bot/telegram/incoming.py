"""From a Telegram update to a request: who is meant, what was said, where.

In a private chat everything is for the bot. In a group or channel it is what mentions the bot, replies to
it, presses one of its buttons or names it in a command (`/search@our_bot`); the rest is none of its
business, and nothing of it is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from telegram import Bot, CallbackQuery, Chat, MaybeInaccessibleMessage, Message, Update, User

from bot.buttons import to_action
from bot.telegram.attached import is_readable
from handlers.request import Conversation, Language, Request

NAME = "telegram"
UPDATES = ("message", "channel_post", "callback_query")

_COMMAND = re.compile(r"/(\w{1,32})@(\w{1,64})")


def is_for_us(update: Update, me: User) -> bool:
    """Tell whether an update asks the bot for something."""
    return bool(update.callback_query) or to_request(update, me, lambda _: None) is not None


def to_request(update: Update, me: User, expand: Callable[[str], str | None]) -> Request | None:
    """Return what the bot is asked, None for what is not meant for it or an expired button."""
    if update.callback_query:
        return _pressed(update.update_id, update.callback_query, expand)
    if typed := update.message or update.channel_post:
        return _typed(update.update_id, typed, me)
    return None


def read_update(text: str | bytes, bot: Bot) -> Update | None:
    """Read an update from JSON, None for what is none."""
    try:
        return Update.de_json(json.loads(text), bot)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def place(message: MaybeInaccessibleMessage) -> Conversation:
    """Return where a message stands: its chat, and its topic in a forum."""
    topic = isinstance(message, Message) and message.is_topic_message and message.message_thread_id
    return Conversation(NAME, str(message.chat.id), thread=str(topic or ""))


def _pressed(update_id: int, query: CallbackQuery, expand: Callable[[str], str | None]) -> Request | None:
    action = to_action(query.data or "", expand)
    if not action or not query.message:
        return None
    return Request(
        id=str(update_id),
        conversation=place(query.message),
        user=str(query.from_user.id),
        text=action,
        is_private=query.message.chat.type == Chat.PRIVATE,
        pressed=True,
        language=language_of(query.from_user),
    )


def _typed(update_id: int, message: Message, me: User) -> Request | None:
    author, sender = message.from_user, message.sender_chat
    text = _addressed_text(message, me)
    if text is None or not (author or sender) or (author and author.is_bot and not sender):
        return None
    return Request(
        id=str(update_id),
        conversation=place(message),
        user=str(sender.id if sender else author.id if author else ""),
        text=text,
        is_private=message.chat.type == Chat.PRIVATE,
        language=language_of(author) if author else None,
    )


def _addressed_text(message: Message, me: User) -> str | None:
    """Return the words meant for the bot, without its name; None where another is meant."""
    text = (message.text or message.caption or "").strip()
    if not text:
        return "" if message.chat.type == Chat.PRIVATE and is_readable(message.document) else None
    if command := _COMMAND.match(text):
        to_us = command[2].lower() == (me.username or "").lower()
        return f"/{command[1]}{text[command.end() :]}" if to_us else None
    spoken, mentions = re.subn(rf"(?i)(?<!\w)@{re.escape(me.username or '')}(?![A-Za-z0-9_])", " ", text)
    if mentions:
        return " ".join(spoken.split())
    return text if message.chat.type == Chat.PRIVATE or _replies_to(message, me) else None


def _replies_to(message: Message, me: User) -> bool:
    """Say whether a message answers one of ours; in a topic that we opened every message points at that."""
    earlier = message.reply_to_message
    return bool(
        earlier and not earlier.forum_topic_created and earlier.from_user and earlier.from_user.id == me.id
    )


def language_of(user: User) -> Language | None:
    """Return the language of a person's Telegram where the bot speaks it."""
    code = (user.language_code or "").lower().partition("-")[0]
    return {"zh": Language.ZH, "en": Language.EN}.get(code)
