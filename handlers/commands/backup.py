"""backup: what the chat follows and its settings as a file to keep or to bring elsewhere."""

from __future__ import annotations

from handlers.command import Command, Context, accept_nothing
from handlers.reply import File, Reply
from handlers.request import Request
from handlers.texts import commands, label, say
from handlers.texts import transfer as texts
from handlers.transfer import carried, write_file


def run(context: Context, request: Request, argument: str) -> Reply:
    """Return the file."""
    language = context.language
    followed = context.chats.subscriptions(request.conversation)
    content = write_file(carried(context.settings, followed)).encode()
    caption = say(texts.EXPORTED, language, count=len(followed))
    return Reply((File(content, label(texts.FILE_NAME, language), caption),))


COMMAND = Command(
    name="backup",
    aliases=("导出订阅", "备份订阅", "备份"),
    summary=commands.BACKUP_SUMMARY,
    usage=commands.BACKUP_USAGE,
    run=run,
    accepts=accept_nothing,
)
