"""The platform-neutral question: who asks what, where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages the bot speaks."""

    ZH = "zh-CN"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A place where the bot talks: a private chat, a group, a channel or a thread of one.

    `platform` is the platform's name in the table of platforms; `team` the Slack workspace, "" elsewhere;
    `chat` the platform's own id of the chat; `thread` the id of a forum topic or thread, "" outside of one.
    """

    platform: str
    chat: str
    team: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody typed or pressed.

    `id` is the platform's id of the event, the same when it is delivered again. `text` has no mention and
    no slash left, except a leading "/" where the user typed one. `pressed` is true for a button, whose
    action is then the text. `language` is what the platform says of the user, None where it says nothing.
    `may_manage` tells whether this person may change what the chat gets, None where the platform does not
    say; alone with the bot everybody may. `reachable` is false where nothing could be posted later on:
    the bot is no member of the channel. `home` is the workspace of a guest from another one. `is_operator`
    is true for the admins of the bot itself. `document` is the text of a small file that came along.
    """

    id: str
    conversation: Conversation
    user: str
    text: str
    is_private: bool = True
    pressed: bool = False
    language: Language | None = None
    timezone: str | None = None
    may_manage: bool | None = None
    reachable: bool = True
    home: str = ""
    is_operator: bool = False
    document: str = ""
