"""What Telegram refuses although the shape is right: lengths, keyboards, commands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.telegram.entities import EntityError, Parsed, parse_html, utf16_units
from tests.fakes.telegram.refusals import RefusedError, bad_request

MAX_UNITS = 4096
MAX_CAPTION_UNITS = 1024
MAX_ENTITIES = 100


def read_text(parameters: Mapping[str, Any]) -> Parsed:
    """Return the visible text of a message. Raises RefusedError."""
    parsed = _parsed(parameters["text"], parameters)
    if not parsed.text.strip():
        raise bad_request("message text is empty")
    if utf16_units(parsed.text) > MAX_UNITS:
        raise bad_request("message is too long")
    return parsed


def read_caption(parameters: Mapping[str, Any]) -> Parsed:
    """Return the visible words beside a photo or a document. Raises RefusedError."""
    parsed = _parsed(parameters.get("caption", ""), parameters)
    if utf16_units(parsed.text) > MAX_CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return parsed


def _parsed(text: str, parameters: Mapping[str, Any]) -> Parsed:
    try:
        parsed = parse_html(text) if parameters.get("parse_mode") == "HTML" else Parsed(text, ())
    except EntityError as error:
        raise RefusedError(400, str(error)) from error
    if len(parsed.entities) > MAX_ENTITIES:
        raise bad_request("more entities than are drawn")
    return parsed


def read_keyboard(parameters: Mapping[str, Any]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the rows of (label, data or text to copy) under a message. Raises RefusedError."""
    rows: Sequence[Any] = (parameters.get("reply_markup") or {}).get("inline_keyboard", [])
    if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return tuple(tuple(map(_read_key, row)) for row in rows)


def _read_key(key: Mapping[str, Any]) -> tuple[str, str]:
    (action,) = set(key) - {"text"}
    if action not in {"callback_data", "copy_text"} or not key["text"].strip():
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if action == "callback_data":
        if not 1 <= len(key[action].encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
        return key["text"], key[action]
    if not 1 <= utf16_units(key[action]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return key["text"], key[action]["text"]


def check_commands(commands: Sequence[Mapping[str, str]]) -> None:
    """Raise RefusedError for a command menu that Telegram does not take."""
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
