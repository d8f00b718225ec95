"""Who may change what a chat gets: in a private chat its one person, in a group its admins.

What somebody forwards is not what they say; a channel that writes into a group is nobody in it; the group
itself as a sender is one of its admins, who stays anonymous. Where Telegram does not tell, nobody may.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from telegram import Bot, Chat, Message, Update
from telegram.error import TelegramError

from bot.telegram.failures import reason_of

LOG = logging.getLogger(__name__)

VALID_SECONDS = 300.0
REMEMBERED = 1_000


class Roles:
    """Remembers the admins of each group for five minutes.

    They are asked for together: of a single other member Telegram tells only bots that are admins
    themselves (https://core.telegram.org/bots/api#getchatmember).
    """

    def __init__(self, bot: Bot, seconds: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._seconds = seconds
        self._known: dict[int, tuple[float, frozenset[int]]] = {}

    async def may_manage(self, update: Update) -> bool:
        """Tell whether the sender of an update may change what its chat gets."""
        chat, user = update.effective_chat, update.effective_user
        if chat is None or chat.type == Chat.PRIVATE:
            return True
        if typed := update.message or update.channel_post:
            if typed.forward_origin:
                return False
            if typed.sender_chat:
                return _speaks_for_itself(typed)
        return user is not None and user.id in await self._admins(chat.id)

    async def _admins(self, chat: int) -> frozenset[int]:
        until, admins = self._known.get(chat, (0.0, frozenset()))
        if self._seconds() < until:
            return admins
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        try:
            members = await self._bot.get_chat_administrators(chat)
        except TelegramError as error:
            LOG.warning("admins not known chat=%d reason=%s", chat, reason_of(error))
            return frozenset()
        admins = frozenset(member.user.id for member in members)
        self._known[chat] = (self._seconds() + VALID_SECONDS, admins)
        return admins


def _speaks_for_itself(message: Message) -> bool:
    """Tell whether a chat is the sender of its own message: an anonymous admin, or a channel's post."""
    return message.sender_chat is not None and message.sender_chat.id == message.chat.id
