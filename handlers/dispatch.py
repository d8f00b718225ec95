"""text -> command -> Reply: what a line means.

A line is a command when it begins with the command's name or an alias and the rest is for that command;
anything else is a search. "/" before a name leaves no doubt, and neither does a pressed button.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches

from handlers.command import Command, Context
from handlers.commands import COMMANDS, restore, schedule, search
from handlers.errors import UserError
from handlers.examples import example_buttons
from handlers.language import answer_language
from handlers.managing import guarded
from handlers.reply import Button, Notice, Reply, button_row
from handlers.request import Request
from handlers.rhythms import is_rhythm
from handlers.texts import common, label, say
from knowledge.normalize import fold, strip_controls

TEXT_LIMIT = 4096
_ACTION_LIMIT = 4 * TEXT_LIMIT  # a button's action is a command's name and a typed text, or a file
_NAME_LIMIT = 32
_SLASHES = "/／"
_AFTER_NAME = re.compile(r"[\s:：]")
_ENDS = "!！。.?？~～"
_BETWEEN = " \t\r\n\u3000:："

_BY_NAME = {name: command for command in COMMANDS for name in (command.name, *command.aliases)}
_GLUED = sorted(
    (
        (alias, command)
        for command in COMMANDS
        if command.glued
        for alias in command.aliases
        if not alias.isascii()
    ),
    key=lambda pair: -len(pair[0]),
)


def dispatch(context: Context, request: Request) -> Reply:
    """Answer a request. Raises StoreError where the database failed; mistakes of the user become notices."""
    try:
        chats = guarded(context.chats, request, context.language)
        return _answer(replace(context, chats=chats), request)
    except UserError as error:
        return Reply((Notice(error.text), *button_row(*error.buttons)))


def _answer(context: Context, request: Request) -> Reply:
    length = len(request.text)
    if length > (_ACTION_LIMIT if request.pressed else TEXT_LIMIT):
        limits = {"length": f"{length:,}", "limit": f"{TEXT_LIMIT:,}"}
        raise UserError(say(common.TOO_LONG, context.language, **limits))
    if request.document:
        return restore.COMMAND.run(context, request, "")
    line = strip_controls(request.text).strip()
    command, argument = _read_line(context, line, pressed=request.pressed)
    if command is search.COMMAND:
        context = replace(context, language=answer_language(argument, context.language))
    return command.run(context, request, argument)


def _read_line(context: Context, line: str, *, pressed: bool) -> tuple[Command, str]:
    body = line.lstrip(_SLASHES)
    slashed = body != line
    read = _read_command(body)
    if read and (slashed or pressed or read[0].accepts(read[1])):
        return read
    if not any(map(str.isalnum, body)):
        raise UserError(say(common.EMPTY_MESSAGE, context.language), example_buttons(context))
    if slashed:
        raise _unknown_command(context, body)
    return (schedule.COMMAND if is_rhythm(line) else search.COMMAND), line


def _read_command(body: str) -> tuple[Command, str] | None:
    """Return the command and argument that a line could mean: it begins with a name, or a glued alias."""
    for line in (body, body.rstrip(_ENDS)):
        if command := _BY_NAME.get(_fold_name(line)):
            return command, ""
    name, argument = _split_name(body)
    if command := _BY_NAME.get(_fold_name(name)):
        return command, argument
    for alias, command in _GLUED:
        if _fold_name(body[: len(alias)]) == alias:
            return command, body[len(alias) :].strip(_BETWEEN)
    return None


def _split_name(body: str) -> tuple[str, str]:
    match = _AFTER_NAME.search(body)
    return (body[: match.start()], body[match.start() :].strip(_BETWEEN)) if match else (body, "")


def _fold_name(name: str) -> str:
    return fold(name) if len(name) <= _NAME_LIMIT else ""


def _unknown_command(context: Context, body: str) -> UserError:
    name, argument = _split_name(body)
    near = get_close_matches(_fold_name(name), _BY_NAME, n=1, cutoff=0.5)
    buttons = [Button(label(common.HELP, context.language), "help")]
    if near:
        command = _BY_NAME[near[0]]
        buttons.insert(0, Button(command.title(context.language), f"{command.name} {argument}".strip()))
    return UserError(say(common.UNKNOWN_COMMAND, context.language, name=name[:_NAME_LIMIT]), tuple(buttons))
