"""A rendered message as a user sees it, without a server."""

from __future__ import annotations

import json

from bot.telegram.keyboard import Key
from bot.telegram.render import Message, TelegramMedia
from tests.fakes.telegram.limits import read_caption, read_keyboard, read_text


def read_message(message: Message) -> str:
    """Return the visible text and the labels below it. Raises what Telegram would refuse it with."""
    if isinstance(message, TelegramMedia):
        parsed = read_caption({"caption": message.html, "parse_mode": "HTML"})
        assert parsed.text == message.plain
        return parsed.text
    rows = [[_as_json(key) for key in row] for row in message.keyboard]
    json.dumps([message.html, rows], ensure_ascii=False).encode()
    parsed = read_text({"text": message.html, "parse_mode": "HTML"})
    assert parsed.text == message.plain
    keyboard = read_keyboard({"reply_markup": {"inline_keyboard": rows}})
    return "\n".join([parsed.text, *(label for row in keyboard for label, _ in row)])


def _as_json(key: Key) -> dict[str, object]:
    action = {"copy_text": {"text": key.copies}} if key.copies else {"callback_data": key.data}
    return {"text": key.label, **action}
