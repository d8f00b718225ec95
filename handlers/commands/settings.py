"""settings: when alerts come, quiet hours, time zone, pause and language."""

from __future__ import annotations

from dataclasses import replace

from handlers.command import Command, Context
from handlers.preferences import is_change, read_change
from handlers.reply import Notice, Reply
from handlers.request import Request
from handlers.settings_panel import panel
from handlers.texts import commands


def run(context: Context, request: Request, argument: str) -> Reply:
    """Show the settings, or change one and show them again."""
    if not argument:
        return Reply(panel(context, request.conversation))
    before = context.settings
    change = read_change(argument, before, context.now, context.language)
    context.chats.save_settings(request.conversation, change.settings)
    is_other_language = change.settings.language != before.language
    language = is_other_language and change.settings.language
    context = replace(context, settings=change.settings, language=language or context.language)
    return Reply((Notice(change.done), *panel(context, request.conversation)), in_place=request.pressed)


def _accepts(argument: str) -> bool:
    return not argument or is_change(argument)


COMMAND = Command(
    name="settings",
    aliases=("设置", "推送设置", "set"),
    summary=commands.SETTINGS_SUMMARY,
    usage=commands.SETTINGS_USAGE,
    run=run,
    glued=True,
    accepts=_accepts,
    sure=("推送设置",),
)
