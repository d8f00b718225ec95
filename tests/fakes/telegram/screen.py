"""A rendered message as a user sees it, without a server."""

from __future__ import annotations

import json

from bot.telegram.render import TelegramMessage
from tests.fakes.telegram.limits import read_keyboard, read_text


def read_message(message: TelegramMessage) -> str:
    """Return the visible text and the labels below it. Raises what Telegram would refuse it with."""
    rows = [[{"text": key.label, "callback_data": key.data} for key in row] for row in message.keyboard]
    json.dumps([message.html, rows], ensure_ascii=False).encode()
    parsed = read_text({"text": message.html, "parse_mode": "HTML"})
    assert parsed.text == message.plain
    keyboard = read_keyboard({"reply_markup": {"inline_keyboard": rows}})
    return "\n".join([parsed.text, *(label for row in keyboard for label, _ in row)])
