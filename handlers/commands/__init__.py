"""The commands and the table of them: a new command is one file and one line here.

The order is that of the help and of the platforms' menus.
"""

from __future__ import annotations

from handlers.command import Command
from handlers.commands import (
    search,
    subscribe,
    unsubscribe,
)

COMMANDS: tuple[Command, ...] = (
    search.COMMAND,
    subscribe.COMMAND,
    unsubscribe.COMMAND,
)
