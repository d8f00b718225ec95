"""What Telegram refuses although the shape is right: lengths, keyboards, commands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.telegram.entities import EntityError, Parsed, parse_html, utf16_units
from tests.fakes.telegram.refusals import RefusedError, bad_request

MAX_UNITS = 4096
MAX_ENTITIES = 100


def read_text(parameters: Mapping[str, Any]) -> Parsed:
    """Return the visible text of a message. Raises RefusedError."""
    try:
        mode = parameters.get("parse_mode")
        parsed = parse_html(parameters["text"]) if mode == "HTML" else Parsed(parameters["text"], ())
    except EntityError as error:
        raise RefusedError(400, str(error)) from error
    if not parsed.text.strip():
        raise bad_request("message text is empty")
    if utf16_units(parsed.text) > MAX_UNITS:
        raise bad_request("message is too long")
    if len(parsed.entities) > MAX_ENTITIES:
        raise bad_request("more entities than are drawn")
    return parsed


def read_keyboard(parameters: Mapping[str, Any]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the rows of (label, data) under a message. Raises RefusedError."""
    rows: Sequence[Any] = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
    keyboard = tuple(tuple((key["text"], key["callback_data"]) for key in row) for row in rows)
    keys = [key for row in keyboard for key in row]
    if len(keys) > 100 or any(len(row) > 8 for row in keyboard):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for label, data in keys:
        if not label.strip():
            raise bad_request("text buttons are unallowed in the inline keyboard")
        if not 1 <= len(data.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    return keyboard


def check_commands(commands: Sequence[Mapping[str, str]]) -> None:
    """Raise RefusedError for a command menu that Telegram does not take."""
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
