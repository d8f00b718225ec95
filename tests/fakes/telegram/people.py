"""Who talks to the bot and where, and the updates that it gets of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.fakes.telegram.entities import utf16_units

BOT = {
    "id": 1234567,
    "is_bot": True,
    "first_name": "行讯",
    "username": "hangxun_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
}
NOW = 1_790_000_000

_MARKS = (("bot_command", re.compile(r"(?<!\S)/\w+(?:@\w+)?")), ("mention", re.compile(r"(?<!\w)@\w{3,32}")))


@dataclass(frozen=True, slots=True)
class User:
    """Somebody; `sender_chat` is set for a group's anonymous admin."""

    id: int = 42
    first_name: str = "王"
    language_code: str | None = "zh-hans"
    is_bot: bool = False
    sender_chat: Chat | None = None

    def as_json(self) -> dict[str, object]:
        """Return the user as the API shows it."""
        known = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return known | ({"language_code": self.language_code} if self.language_code else {})


@dataclass(frozen=True, slots=True)
class Chat:
    """A private chat, a group or a forum with its topics."""

    id: int
    type: str
    title: str = ""
    topics: tuple[int, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the chat as the API shows it."""
        name = {"first_name": "王"} if self.type == "private" else {"title": self.title}
        return {"id": self.id, "type": self.type} | name | ({"is_forum": True} if self.topics else {})


PRIVATE = Chat(42, "private")
GROUP = Chat(-100500, "supergroup", "行业组")
FORUM = Chat(-100600, "supergroup", "论坛", topics=(7, 8))


def entities_of(text: str) -> list[dict[str, object]]:
    """Return the commands and mentions of a text as Telegram marks them."""
    return [
        {"type": kind, "offset": utf16_units(text[: match.start()]), "length": utf16_units(match[0])}
        for kind, pattern in _MARKS
        for match in pattern.finditer(text)
    ]


_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def admin_json(user: dict[str, object]) -> dict[str, object]:
    """Return an admin of a group as the API shows them."""
    return {"status": "administrator", "user": user} | dict.fromkeys(_RIGHTS, False)


def message_json(number: int, chat: Chat, author: dict[str, object], **rest: object) -> dict[str, object]:
    """Return a message as the API shows it, without the parts that are None."""
    known = {"message_id": number, "from": author, "chat": chat.as_json(), "date": NOW}
    return known | {name: value for name, value in rest.items() if value is not None}
