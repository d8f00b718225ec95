"""text -> command -> Reply: what a line means.

A line is a command when it begins with the command's name or an alias and the rest is for that command;
anything else is a search. "/" before a name leaves no doubt, and neither does a pressed button, nor a space
behind a name that no search begins with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

from handlers.clip import clip
from handlers.command import Command, Context
from handlers.commands import COMMANDS, compare, metric, rank, restore, schedule, search, series
from handlers.errors import UserError
from handlers.examples import example_buttons
from handlers.language import answer_language
from handlers.managing import guarded
from handlers.reply import Button, Notice, Reply, button_row
from handlers.request import Request
from handlers.rhythms import is_rhythm
from handlers.texts import common, label, say
from handlers.texts import search as texts
from knowledge.normalize import fold, strip_controls

TEXT_LIMIT = 4096
_ACTION_LIMIT = 4 * TEXT_LIMIT  # a button's action is a command's name and a typed text, or a file
_NAME_LIMIT = 32
_SLASHES = "/／"
_AFTER_NAME = re.compile(r"[\s:：]")
_ENDS = "!！。.?？~～"
_BETWEEN = " \t\r\n\u3000:："
_QUESTIONS = (search.COMMAND, metric.COMMAND, compare.COMMAND, rank.COMMAND, series.COMMAND)

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


@dataclass(frozen=True, slots=True)
class _Read:
    """A command and its argument; behind a sure name the argument may still be none of the command's."""

    command: Command
    argument: str
    is_sure: bool = False
    is_certain: bool = True

    @property
    def is_meant(self) -> bool:
        """Whether a line without a slash means the command."""
        return self.is_sure or self.is_certain


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
    read = _read_line(context, line, pressed=request.pressed)
    if read.command in _QUESTIONS:
        context = replace(context, language=answer_language(read.argument, context.language))
    try:
        return read.command.run(context, request, read.argument)
    except UserError as error:
        if read.is_certain:
            raise
        raise UserError(error.text, (*error.buttons, _search_button(context, line))) from error


def _read_line(context: Context, line: str, *, pressed: bool) -> _Read:
    body = line.lstrip(_SLASHES)
    slashed = body != line
    read = _read_command(body)
    if read and (slashed or pressed or read.is_meant):
        return replace(read, is_certain=slashed or pressed or read.is_certain)
    if not any(map(str.isalnum, body)):
        raise UserError(say(common.EMPTY_MESSAGE, context.language), example_buttons(context))
    if slashed:
        raise _unknown_command(context, body)
    return _Read(schedule.COMMAND if is_rhythm(line) else search.COMMAND, line)


def _read_command(body: str) -> _Read | None:
    """Return the command and argument that a line could mean: it begins with a name, or a glued alias."""
    for line in (body, body.rstrip(_ENDS)):
        if command := _BY_NAME.get(_fold_name(line)):
            return _Read(command, "", is_certain=command.accepts(""))
    name, argument = _split_name(body)
    if command := _BY_NAME.get(_fold_name(name)):
        return _Read(command, argument, _fold_name(name) in command.sure, command.accepts(argument))
    for alias, command in _GLUED:
        if _fold_name(body[: len(alias)]) == alias:
            argument = body[len(alias) :].strip(_BETWEEN)
            return _Read(command, argument, is_certain=command.accepts(argument))
    return None


def _search_button(context: Context, line: str) -> Button:
    return Button(label(texts.SEARCH_FOR, context.language, query=clip(line, _NAME_LIMIT)), f"search {line}")


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
