"""The commands and the table of them: a new command is one file and one line here.

The order is that of the help and of the platforms' menus.
"""

from __future__ import annotations

from handlers.command import Command
from handlers.commands import (
    article,
    backup,
    compare,
    contents,
    export,
    forget_me,
    help,  # noqa: A004 - the command's name
    less,
    link,
    metric,
    mute,
    pause,
    privacy,
    quiet,
    rank,
    restore,
    resume,
    schedule,
    search,
    series,
    settings,
    sources,
    start,
    subscribe,
    subscriptions,
    thanks,
    unmute,
    unsubscribe,
    why,
)

COMMANDS: tuple[Command, ...] = (
    search.COMMAND,
    metric.COMMAND,
    compare.COMMAND,
    rank.COMMAND,
    series.COMMAND,
    contents.COMMAND,
    subscribe.COMMAND,
    subscriptions.COMMAND,
    less.COMMAND,
    unsubscribe.COMMAND,
    mute.COMMAND,
    unmute.COMMAND,
    settings.COMMAND,
    schedule.COMMAND,
    quiet.COMMAND,
    pause.COMMAND,
    resume.COMMAND,
    link.COMMAND,
    backup.COMMAND,
    restore.COMMAND,
    help.COMMAND,
    privacy.COMMAND,
    forget_me.COMMAND,
    sources.COMMAND,
    article.COMMAND,
    export.COMMAND,
    why.COMMAND,
    start.COMMAND,
    thanks.COMMAND,
)
