"""The small file that came with a message: a list of subscriptions somebody brings along."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot, Document, Update
from telegram.error import TelegramError

from bot.telegram.failures import reason_of

LOG = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024
SECONDS = 10
SUFFIX = ".json"


def is_readable(document: Document | None) -> bool:
    """Tell whether a file is one that the bot reads: JSON, at most 64 KB."""
    if document is None or (document.file_size or 0) > MOST_BYTES:
        return False
    return (document.file_name or "").lower().endswith(SUFFIX)


async def attached_text(update: Update, bot: Bot) -> str:
    """Return the text of the file that came with a message, "" where there is none or it cannot be had."""
    document = update.message.document if update.message else None
    if document is None or not is_readable(document):
        return ""
    try:
        async with asyncio.timeout(SECONDS):
            file = await bot.get_file(document.file_id)
            content = await file.download_as_bytearray()
    except (TelegramError, TimeoutError) as error:
        reason = reason_of(error) if isinstance(error, TelegramError) else "no answer"
        LOG.warning("file not read update=%d reason=%s", update.update_id, reason)
        return ""
    return bytes(content[:MOST_BYTES]).decode("utf-8", "replace")
