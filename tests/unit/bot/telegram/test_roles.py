"""Who may change what a group gets: its admins, however they speak, and nobody else."""

from __future__ import annotations

from typing import Any, cast

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.telegram.roles import Roles
from tests.fakes.telegram.people import GROUP, NOW, PRIVATE, Chat, User, message_json

ADMIN, MEMBER = User(1), User(2)
CHANNEL = Chat(-100700, "channel", "简报频道")


class FakeBot:
    def __init__(self, error: TelegramError | None = None) -> None:
        self.asked = 0
        self.error = error

    async def get_chat_administrators(self, chat: int) -> list[Any]:
        self.asked += 1
        if self.error:
            raise self.error
        member = type("Member", (), {"user": type("User", (), {"id": ADMIN.id})})
        return [member]


def typed(user: User, chat: Chat = GROUP, **rest: object) -> Update:
    return update({"message": message_json(1, chat, user.as_json(), text="/subscribe x", **rest)})


def pressed(user: User, chat: Chat = GROUP) -> Update:
    message = message_json(1, chat, {"id": 9, "is_bot": True, "first_name": "bot"}, text="x")
    query = {"id": "1", "from": user.as_json(), "chat_instance": "1", "data": "help", "message": message}
    return update({"callback_query": query})


def posted(chat: Chat = CHANNEL) -> Update:
    body = {"message_id": 1, "date": NOW, "chat": chat.as_json(), "sender_chat": chat.as_json(), "text": "x"}
    return update({"channel_post": body})


def update(body: dict[str, object]) -> Update:
    return Update.de_json({"update_id": 1, **body}, None)


FORWARDED = {"type": "hidden_user", "date": NOW, "sender_user_name": "somebody"}


@pytest.mark.parametrize(
    ("given", "may"),
    [
        (typed(MEMBER, PRIVATE), True),
        (typed(ADMIN), True),
        (typed(MEMBER), False),
        (pressed(ADMIN), True),
        (pressed(MEMBER), False),
        (pressed(MEMBER, CHANNEL), False),
        (posted(), True),
        (typed(MEMBER, sender_chat=GROUP.as_json()), True),
        (typed(MEMBER, sender_chat=CHANNEL.as_json()), False),
        (typed(ADMIN, forward_origin=FORWARDED), False),
    ],
    ids=[
        "alone with the bot",
        "an admin",
        "a member",
        "an admin presses",
        "a member presses",
        "a reader of a channel presses",
        "a post of a channel",
        "an anonymous admin",
        "a channel that writes into the group",
        "an admin's forwarded command",
    ],
)
async def test_who_may_manage(given: Update, may: bool) -> None:
    assert await Roles(cast("Bot", FakeBot())).may_manage(given) is may


async def test_the_admins_of_a_group_are_asked_for_once_in_five_minutes() -> None:
    bot, now = FakeBot(), [0.0]
    roles = Roles(cast("Bot", bot), lambda: now[0])
    for _ in range(3):
        await roles.may_manage(typed(MEMBER))
    assert bot.asked == 1
    now[0] += 301
    await roles.may_manage(typed(MEMBER))
    assert bot.asked == 2


@pytest.mark.parametrize("error", [BadRequest("Member list is inaccessible"), NetworkError("x")])
async def test_where_telegram_does_not_tell_nobody_may_and_it_is_asked_again(error: TelegramError) -> None:
    bot = FakeBot(error)
    roles = Roles(cast("Bot", bot))
    assert not await roles.may_manage(typed(ADMIN))
    bot.error = None
    assert await roles.may_manage(typed(ADMIN))
