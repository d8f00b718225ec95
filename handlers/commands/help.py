"""help: what can be typed, made from the table of commands."""

from __future__ import annotations

from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.examples import example_buttons
from handlers.reply import Heading, Item, Items, Notice, Paragraph, Reply, Text, button_row
from handlers.request import Language, Request
from handlers.texts import about as texts
from handlers.texts import commands, common, label, say


def run(context: Context, request: Request, argument: str) -> Reply:
    """Explain all commands, or the one that is named."""
    if argument:
        return _one(context, argument)
    language = context.language
    items = tuple(_item(command, language) for command in _commands() if command.listed)
    return Reply(
        (
            Heading(say(texts.HELP_TITLE, language)),
            Paragraph(say(texts.HELP_PLAIN, language)),
            Items(items, first=None),
            *button_row(*example_buttons(context)),
        )
    )


def _accepts(argument: str) -> bool:
    return not argument or _named(argument) is not None


COMMAND = Command(
    name="help",
    aliases=(
        "帮助",
        "怎么用",
        "怎么订阅",
        "怎么退订",
        "你会什么",
        "你能做什么",
        "能做什么",
        "有什么功能",
        "使用说明",
        "?",
    ),
    summary=commands.HELP_SUMMARY,
    usage=commands.HELP_USAGE,
    run=run,
    accepts=_accepts,
)


def _commands() -> tuple[Command, ...]:
    from handlers.commands import COMMANDS  # the table holds this command: it is complete only now

    return COMMANDS


def _named(name: str) -> Command | None:
    wanted = name.lstrip("/／").casefold()
    return next((one for one in _commands() if wanted in (one.name, *one.aliases)), None)


def _one(context: Context, name: str) -> Reply:
    language = context.language
    command = _named(name)
    if command is None:
        raise UserError(say(common.UNKNOWN_COMMAND, language, name=name.lstrip("/／")[:32]))
    names = label(common.LIST_COMMA, language).join((command.name, *command.aliases))
    return Reply(
        (
            Items((_item(command, language),), first=None),
            Notice(say(texts.HELP_OTHER_NAMES, language, names=names)),
        )
    )


def _item(command: Command, language: Language) -> Item:
    return Item(Text(command.usage.in_language(language)), Text(command.summary.in_language(language)))
