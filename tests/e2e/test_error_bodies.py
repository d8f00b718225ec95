"""What the platforms answer for a chat that is gone, has moved, or a bot that lost its access.

Only words known to mean "for good" end a chat's alerts; whatever is new is tried again.
"""

from __future__ import annotations

import json

import pytest

from bot.errors import DeliveryError, Outcome
from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.slack.adapter import Slack, SlackSettings
from bot.telegram.account import Account
from bot.telegram.adapter import Telegram
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Conversation
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.telegram import GROUP, FakeTelegram, RefusedError

ALERT = Reply((Paragraph(Text("推送")),))
GONE, AGAIN = Outcome.PERMANENT, "again"

TELEGRAM = [
    (403, "Forbidden: bot was blocked by the user", GONE),
    (403, "Forbidden: user is deactivated", GONE),
    (403, "Forbidden: bot can't initiate conversation with a user", GONE),
    (403, "Forbidden: bot can't send messages to bots", GONE),
    (403, "Forbidden: bot was kicked from the group chat", GONE),
    (403, "Forbidden: bot was kicked from the supergroup chat", GONE),
    (403, "Forbidden: bot was kicked from the channel chat", GONE),
    (403, "Forbidden: bot is not a member of the channel chat", GONE),
    (403, "Forbidden: bot is not a member of the supergroup chat", GONE),
    (403, "Forbidden: the group chat was deleted", GONE),
    (400, "Bad Request: chat not found", GONE),
    (400, "Bad Request: group chat was deactivated", GONE),
    (400, "Bad Request: message thread not found", GONE),
    (400, "Bad Request: TOPIC_CLOSED", GONE),
    (400, "Bad Request: TOPIC_DELETED", GONE),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", GONE),
    (400, "Bad Request: have no rights to send a message", GONE),
    (400, "Bad Request: not enough rights to send text messages to the chat", GONE),
    (400, "Bad Request: need administrator rights in the channel chat", GONE),
    (400, "Bad Request: CHANNEL_PRIVATE", GONE),
    (400, "Bad Request: PEER_ID_INVALID", GONE),
    (400, "Bad Request: something that nobody has seen before", AGAIN),
    (403, "Forbidden: something that nobody has seen before", AGAIN),
    (401, "Unauthorized", Outcome.CREDENTIAL),
    (404, "Not Found", Outcome.CREDENTIAL),
    (500, "Internal Server Error", Outcome.AMBIGUOUS),
    (502, "Bad Gateway", Outcome.AMBIGUOUS),
]

SLACK = [
    (200, "channel_not_found", GONE),
    (200, "is_archived", GONE),
    (200, "not_in_channel", GONE),
    (200, "restricted_action", GONE),
    (200, "restricted_action_read_only_channel", GONE),
    (200, "restricted_action_thread_locked", GONE),
    (200, "messages_tab_disabled", GONE),
    (200, "user_not_found", GONE),
    (200, "user_disabled", GONE),
    (200, "thread_not_found", GONE),
    (200, "ekm_access_denied", GONE),
    (200, "something_new", AGAIN),
    (200, "account_inactive", Outcome.CREDENTIAL),
    (200, "invalid_auth", Outcome.CREDENTIAL),
    (200, "not_authed", Outcome.CREDENTIAL),
    (200, "token_revoked", Outcome.CREDENTIAL),
    (200, "token_expired", Outcome.CREDENTIAL),
    (200, "missing_scope", Outcome.CREDENTIAL),
    (401, "invalid_auth", Outcome.CREDENTIAL),
    (403, "team_access_not_granted", Outcome.CREDENTIAL),
    (200, "internal_error", Outcome.AMBIGUOUS),
    (200, "fatal_error", Outcome.AMBIGUOUS),
    (503, "service_unavailable", Outcome.AMBIGUOUS),
]


def services() -> Services:
    return Services(Actions(str, str), HttpServer("127.0.0.1", 0))


def check(error: DeliveryError, expected: object) -> None:
    """Assert the outcome; "again" is any that is neither for good, nor our token, nor in the dark."""
    final = {Outcome.PERMANENT, Outcome.CREDENTIAL, Outcome.AMBIGUOUS}
    assert error.outcome not in final if expected == AGAIN else error.outcome is expected


@pytest.mark.parametrize(("status", "words", "expected"), TELEGRAM, ids=str)
async def test_what_telegram_says_of_a_chat(status: int, words: str, expected: object) -> None:
    async with FakeTelegram() as fake:
        telegram = Telegram(Account(fake.token, fake.base_url), services(), {})
        await telegram.connect()
        fake.fail("sendMessage", RefusedError(status, words))
        with pytest.raises(DeliveryError) as caught:
            await telegram.send(Conversation("telegram", str(GROUP.id)), ALERT)
        await telegram.stop()
    check(caught.value, expected)
    assert fake.token not in caught.value.reason


async def test_telegram_tells_where_a_group_has_moved() -> None:
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    async with FakeTelegram() as fake:
        telegram = Telegram(Account(fake.token, fake.base_url), services(), {})
        await telegram.connect()
        fake.fail("sendMessage", RefusedError(400, words, migrate_to_chat_id=GROUP.id))
        with pytest.raises(DeliveryError) as caught:
            await telegram.send(Conversation("telegram", "-500"), ALERT)
        await telegram.stop()
    assert caught.value.moved_to == str(GROUP.id)
    check(caught.value, AGAIN)


@pytest.mark.parametrize(("status", "code", "expected"), SLACK, ids=str)
async def test_what_slack_says_of_a_channel(status: int, code: str, expected: object) -> None:
    async with FakeSlack() as slack:
        platform = Slack(SlackSettings(slack.bot_token, "xapp", base_url=slack.base_url), services())
        await platform.connect()
        slack.break_off("chat.postMessage", Fault(status, json.dumps({"ok": False, "error": code})))
        with pytest.raises(DeliveryError) as caught:
            await platform.send(Conversation("slack", "C1"), ALERT)
        await platform.stop()
    check(caught.value, expected)
