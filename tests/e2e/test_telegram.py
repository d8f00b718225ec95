"""The Telegram adapter with the real client over real HTTP, against a local Bot API server."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.errors import ConfigError, DeliveryError, Outcome
from bot.http import HttpServer
from bot.platform import Actions, Progress, Services
from bot.telegram.account import Account
from bot.telegram.adapter import Telegram
from bot.telegram.webhook import Webhook
from handlers.dispatch import dispatch
from handlers.errors import StoreError
from handlers.reply import Block, Button, Buttons, Heading, Paragraph, Reply, Text
from handlers.request import Conversation, Language, Request
from tests.fakes.telegram import (
    FORUM,
    GROUP,
    PRIVATE,
    Chat,
    CutAfter,
    CutBefore,
    FakeTelegram,
    Fault,
    Garbage,
    RefusedError,
    Sent,
    User,
    flood,
)
from tests.fakes.telegram.server import post_update
from tests.unit.handlers.desk import Desk

SECRET = "a-secret_of-the-hook"
MENU = {"": (("help", "Help"),), "zh": (("help", "帮助"), ("search", "查文章"))}
TOO_LONG = "search " + "半导体" * 20


class Echo:
    """Answers with what it was asked; pages and long texts on demand."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.asked = asyncio.Event()
        self.slow = asyncio.Event()

    async def respond(self, request: Request) -> Reply:
        self.requests.append(request)
        self.asked.set()
        match request.text.split(maxsplit=1):
            case ["page", number]:
                following = str(int(number) + 1)
                return reply(f"第{number}页", Button("下一页", f"page {following}"), in_place=request.pressed)
            case ["long"]:
                return reply("汉字。" * 2000, Button("到底", "end"))
            case ["nothing"]:
                return Reply(())
            case ["slow"]:
                await self.slow.wait()
        return reply(f"你说：{request.text}", Button("长", TOO_LONG), in_place=request.text == "same")


def reply(text: str, *buttons: Button, in_place: bool = False) -> Reply:
    blocks: tuple[Block, ...] = (Heading(Text("回答")), Paragraph(Text(text)))
    return Reply((*blocks, Buttons(buttons)) if buttons else blocks, in_place=in_place)


def actions() -> Actions:
    known: dict[str, str] = {}

    def shorten(action: str) -> str:
        token = f"t{len(action)}"
        known[token] = action
        return token

    return Actions(shorten, known.get)


def services() -> Services:
    return Services(actions(), HttpServer("127.0.0.1", 0))


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
def echo() -> Echo:
    return Echo()


@asynccontextmanager
async def running(fake: FakeTelegram, echo: Echo, webhook: Webhook | None = None) -> AsyncIterator[Telegram]:
    telegram = Telegram(Account(fake.token, fake.base_url, webhook), services(), MENU)
    await telegram.start(echo.respond)
    try:
        yield telegram
    finally:
        await telegram.stop()


@pytest.fixture
async def bot(fake: FakeTelegram, echo: Echo) -> AsyncIterator[Telegram]:
    async with running(fake, echo) as telegram:
        yield telegram


def here(chat: Chat = PRIVATE, thread: str = "") -> Conversation:
    return Conversation("telegram", str(chat.id), thread=thread)


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def a_webhook() -> Webhook:
    return webhook_on(a_free_port())


def webhook_on(port: int) -> Webhook:
    return Webhook(f"http://127.0.0.1:{port}/telegram", SECRET, HttpServer("127.0.0.1", port))


async def test_a_question_in_a_private_chat_is_answered(
    fake: FakeTelegram, bot: Telegram, echo: Echo
) -> None:
    await fake.message("5G基站有多少")
    answer = await fake.sent()
    assert answer.text == "回答\n你说：5G基站有多少"
    assert not answer.preview
    assert not answer.silent
    assert answer.answers is None
    (request,) = echo.requests
    assert request == Request("1", here(), "42", "5G基站有多少", language=Language.ZH, may_manage=True)


async def test_turning_a_page_edits_the_message(fake: FakeTelegram, bot: Telegram) -> None:
    await fake.message("page 1")
    first = await fake.sent()
    await fake.press(first, "下一页")
    second = await fake.sent()
    assert await fake.toast() == ""
    assert second.edited
    assert (second.number, second.text) == (first.number, "回答\n第2页")


async def test_a_page_whose_message_is_gone_is_sent_anew(fake: FakeTelegram, bot: Telegram) -> None:
    await fake.message("page 1")
    first = await fake.sent()
    fake.state.messages.clear()
    await fake.press(first, "下一页")
    second = await fake.sent()
    assert not second.edited
    assert second.text == "回答\n第2页"


async def test_the_same_page_again_is_no_error(
    fake: FakeTelegram, bot: Telegram, caplog: pytest.LogCaptureFixture
) -> None:
    await fake.message("same")
    first = await fake.sent()
    await fake.press_data(first, "same")
    await fake.called("editMessageText")
    await fake.message("还在吗")
    assert (await fake.sent()).text == "回答\n你说：还在吗"
    assert not caplog.records


async def test_a_button_with_a_long_action_brings_the_action_back(
    fake: FakeTelegram, bot: Telegram, echo: Echo
) -> None:
    await fake.message("x")
    await fake.press(await fake.sent(), "长")
    assert (await fake.sent()).text == f"回答\n你说：{TOO_LONG}"
    assert echo.requests[-1].pressed


async def test_a_button_nobody_remembers_says_so(fake: FakeTelegram, bot: Telegram, echo: Echo) -> None:
    await fake.message("x")
    await fake.press_data(await fake.sent(), "~forgotten")
    assert await fake.toast() == "这个按钮太旧了，请重新提问。"
    await fake.press_data(Sent(1, PRIVATE, "x"), "~forgotten", User(language_code="en-GB"))
    assert await fake.toast() == "This button is too old, please ask again."
    assert len(echo.requests) == 1


async def test_a_button_that_cannot_be_looked_up_says_so(fake: FakeTelegram, echo: Echo) -> None:
    def fail(token: str) -> str | None:
        raise StoreError("database is down")

    telegram = Telegram(
        Account(fake.token, fake.base_url), Services(Actions(str, fail), HttpServer("127.0.0.1", 0)), {}
    )
    await telegram.start(echo.respond)
    await fake.press_data(Sent(1, PRIVATE, "x"), "~token")
    assert await fake.toast() == "这个按钮暂时用不了，请稍后再试。"
    await telegram.stop()


async def test_a_press_too_old_to_acknowledge_is_answered_all_the_same(
    fake: FakeTelegram, bot: Telegram
) -> None:
    fake.fail(
        "answerCallbackQuery", RefusedError(400, "Bad Request: query is too old and response timeout expired")
    )
    await fake.press_data(Sent(1, PRIVATE, "x"), "help")
    assert (await fake.sent()).text == "回答\n你说：help"


async def test_a_long_answer_comes_in_parts_with_the_buttons_under_the_last(
    fake: FakeTelegram, bot: Telegram
) -> None:
    await fake.message("long")
    first, second = await fake.sent(), await fake.sent()
    assert first.text + second.text == "回答\n" + "汉字。" * 2000
    assert (first.keyboard, second.data("到底")) == ((), "end")


async def test_an_empty_reply_sends_nothing(fake: FakeTelegram, bot: Telegram) -> None:
    await fake.message("nothing")
    await fake.message("x")
    assert (await fake.sent()).text == "回答\n你说：x"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("@hangxun_test_bot 半导体", "半导体"),
        ("半导体 @Hangxun_Test_Bot 芯片", "半导体 芯片"),
        ("/search@hangxun_test_bot 半导体", "/search 半导体"),
        ("@hangxun_test_bot", ""),
        ("😀😀 @hangxun_test_bot <b>", "😀😀 <b>"),
    ],
)
async def test_in_a_group_the_bot_hears_what_names_it(
    said: str, heard: str, fake: FakeTelegram, bot: Telegram, echo: Echo
) -> None:
    number = await fake.message(said, chat=GROUP)
    answer = await fake.sent()
    assert (answer.chat, answer.answers) == (GROUP, number)
    (request,) = echo.requests
    assert (request.text, request.is_private, request.conversation) == (heard, False, here(GROUP))


async def test_in_a_group_the_bot_hears_replies_to_it(fake: FakeTelegram, bot: Telegram, echo: Echo) -> None:
    await fake.message("@hangxun_test_bot 一", chat=GROUP)
    answer = await fake.sent()
    await fake.message("二", chat=GROUP, answers=answer)
    assert (await fake.sent()).text == "回答\n你说：二"


async def test_in_a_group_the_bot_leaves_the_rest_alone(
    fake: FakeTelegram, bot: Telegram, echo: Echo
) -> None:
    await fake.message("大家好", chat=GROUP)
    await fake.message("@hangxun_test_bots 半导体", chat=GROUP)
    await fake.message("/search@other_bot 半导体", chat=GROUP)
    await fake.message("/search 半导体", chat=GROUP)
    await fake.message("@hangxun_test_bot 我是机器人", chat=GROUP, user=User(7, is_bot=True))
    await fake.message("@hangxun_test_bot 改了", chat=GROUP, edited=True)
    await fake.message("改了", edited=True)
    await fake.message(None, photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}])
    await fake.message("就这一句")
    assert (await fake.sent()).text == "回答\n你说：就这一句"
    assert len(echo.requests) == 1


async def test_an_anonymous_admin_is_heard_as_the_group(
    fake: FakeTelegram, bot: Telegram, echo: Echo
) -> None:
    admin = User(1087968824, "Group", is_bot=True, sender_chat=GROUP)
    await fake.message("@hangxun_test_bot 订阅", chat=GROUP, user=admin)
    await fake.sent()
    assert echo.requests[0].user == str(GROUP.id)


async def test_a_question_in_a_forum_is_answered_in_its_topic(
    fake: FakeTelegram, bot: Telegram, echo: Echo
) -> None:
    await fake.message("@hangxun_test_bot 半导体", chat=FORUM, thread=7)
    first = await fake.sent()
    assert first.thread == 7
    await fake.press(first, "长")
    assert (await fake.sent()).thread == 7
    assert {request.conversation for request in echo.requests} == {here(FORUM, "7")}


async def test_hostile_text_arrives_as_it_was_written(fake: FakeTelegram, bot: Telegram) -> None:
    hostile = "<b>&amp;</a> *_[`](x) <!channel> @all \"quoted\" 'single' 😀"
    await fake.message(hostile)
    answer = await fake.sent()
    assert answer.text == f"回答\n你说：{hostile}"
    assert [entity.type for entity in answer.entities] == ["b"]


async def test_refused_markup_is_sent_again_as_plain_text(fake: FakeTelegram, bot: Telegram) -> None:
    fake.fail("sendMessage", RefusedError(400, "Bad Request: can't parse entities: unexpected end tag"))
    await fake.message("a < b")
    answer = await fake.sent()
    assert answer.text == "回答\n你说：a < b"
    assert answer.entities == ()


async def test_a_short_flood_pause_is_waited_out(fake: FakeTelegram, bot: Telegram) -> None:
    fake.fail("sendMessage", flood(1))
    await fake.message("x")
    assert (await fake.sent()).text == "回答\n你说：x"


async def test_a_long_flood_pause_gives_the_answer_up(fake: FakeTelegram, bot: Telegram) -> None:
    fake.fail("sendMessage", flood(3600))
    await fake.message("一")
    await fake.message("二")
    assert (await fake.sent()).text == "回答\n你说：二"


MOVED = RefusedError(
    400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=GROUP.id
)


async def test_an_answer_follows_a_group_that_moved(fake: FakeTelegram, bot: Telegram) -> None:
    fake.fail("sendMessage", MOVED)
    await fake.message("x")
    assert (await fake.sent()).chat == GROUP


async def test_an_alert_to_a_group_that_moved_says_where_to(fake: FakeTelegram, bot: Telegram) -> None:
    fake.fail("sendMessage", MOVED)
    with pytest.raises(DeliveryError) as caught:
        await bot.send(Conversation("telegram", "-500"), reply("x"))
    assert (caught.value.outcome, caught.value.moved_to) == (Outcome.NOT_SENT, str(GROUP.id))


async def test_a_slow_question_does_not_hold_up_others(fake: FakeTelegram, bot: Telegram, echo: Echo) -> None:
    await fake.message("slow")
    await fake.message("after slow")
    await fake.message("quick", user=User(7))
    assert (await fake.sent()).text == "回答\n你说：quick"
    echo.slow.set()
    assert [(await fake.sent()).text for _ in range(2)] == ["回答\n你说：slow", "回答\n你说：after slow"]


async def test_stopping_finishes_the_answers_under_way(fake: FakeTelegram, echo: Echo) -> None:
    async with running(fake, echo) as telegram:
        await fake.message("slow")
        await asyncio.wait_for(echo.asked.wait(), 5)
        stopping = asyncio.create_task(telegram.stop())
        await asyncio.sleep(0)
        echo.slow.set()
        await stopping
        assert (await fake.sent()).text == "回答\n你说：slow"


async def test_after_a_restart_nothing_is_answered_twice(fake: FakeTelegram, echo: Echo) -> None:
    async with running(fake, echo):
        await fake.message("一")
        await fake.sent()
    async with running(fake, echo):
        await fake.message("二")
        assert (await fake.sent()).text == "回答\n你说：二"
    assert [request.text for request in echo.requests] == ["一", "二"]


async def test_the_command_menu_is_set_for_each_language(fake: FakeTelegram, bot: Telegram) -> None:
    assert fake.state.commands == {language: list(commands) for language, commands in MENU.items()}


async def test_an_alert_comes_silently_without_preview_into_its_topic(
    fake: FakeTelegram, bot: Telegram
) -> None:
    await bot.send(here(FORUM, "8"), reply("新文章"))
    alert = await fake.sent()
    assert (alert.silent, alert.preview, alert.thread) == (True, False, 8)


async def test_connecting_is_enough_to_send_and_takes_nothing_from_a_running_bot(
    fake: FakeTelegram, bot: Telegram, echo: Echo
) -> None:
    sender = Telegram(Account(fake.token, fake.base_url), services(), {})
    await fake.called("getUpdates")
    fake.calls.clear()
    await sender.connect()
    await sender.send(here(), reply("试发"))
    await sender.stop()
    assert (await fake.sent()).text == "回答\n试发"
    assert {method for method, _ in fake.calls} == {"getMe", "sendMessage"}


FAILURES = [
    (flood(7), Outcome.NOT_SENT),
    (RefusedError(403, "Forbidden: bot was blocked by the user"), Outcome.PERMANENT),
    (RefusedError(403, "Forbidden: user is deactivated"), Outcome.PERMANENT),
    (RefusedError(403, "Forbidden: bot was kicked from the supergroup chat"), Outcome.PERMANENT),
    (RefusedError(400, "Bad Request: chat not found"), Outcome.PERMANENT),
    (
        RefusedError(400, "Bad Request: not enough rights to send text messages to the chat"),
        Outcome.PERMANENT,
    ),
    (RefusedError(400, "Bad Request: something new"), Outcome.REFUSED),
    (RefusedError(403, "Forbidden: something new"), Outcome.REFUSED),
    (RefusedError(401, "Unauthorized"), Outcome.CREDENTIAL),
    (RefusedError(500, "Internal Server Error"), Outcome.AMBIGUOUS),
    (RefusedError(502, "Bad Gateway"), Outcome.AMBIGUOUS),
    (CutBefore(), Outcome.AMBIGUOUS),
    (CutAfter(), Outcome.AMBIGUOUS),
    (Garbage("<html>"), Outcome.AMBIGUOUS),
    (Garbage(""), Outcome.AMBIGUOUS),
    (Garbage('{"ok": true}'), Outcome.AMBIGUOUS),
    (Garbage('{"ok": true, "res'), Outcome.AMBIGUOUS),
    (Garbage("<html>", 503), Outcome.AMBIGUOUS),
]


@pytest.mark.parametrize(("fault", "outcome"), FAILURES, ids=lambda value: str(value)[:40])
async def test_a_failed_alert_says_what_became_of_it(
    fault: Fault, outcome: Outcome, fake: FakeTelegram, bot: Telegram
) -> None:
    fake.fail("sendMessage", fault)
    with pytest.raises(DeliveryError) as caught:
        await bot.send(here(), reply("x"))
    assert caught.value.outcome is outcome
    assert caught.value.retry_after == (timedelta(seconds=7) if fault is FAILURES[0][0] else None)
    assert fake.token not in f"{caught.value!r} {caught.value.reason}"


async def test_an_alert_to_a_server_that_is_gone_was_not_sent(echo: Echo) -> None:
    async with FakeTelegram() as fake:
        telegram = Telegram(Account(fake.token, fake.base_url), services(), {})
        await telegram.start(echo.respond)
    with pytest.raises(DeliveryError) as caught:
        await telegram.send(here(), reply("x"))
    assert caught.value.outcome is Outcome.NOT_SENT
    await telegram.stop()


async def test_an_alert_of_which_only_the_second_part_failed_goes_on_with_that(
    fake: FakeTelegram, bot: Telegram
) -> None:
    taken: list[str] = []

    async def accepted(message_id: str, _is_last: bool) -> None:
        taken.append(message_id)
        fake.fail("sendMessage", flood(7))

    long = reply("汉字。" * 2000)
    with pytest.raises(DeliveryError) as caught:
        await bot.send(here(), long, Progress(0, accepted))
    assert caught.value.outcome is Outcome.NOT_SENT
    first = await fake.sent()
    assert taken == [str(first.number)]
    await bot.send(here(), long, Progress(len(taken)))
    assert first.text.startswith("回答")
    assert not (await fake.sent()).text.startswith("回答")


async def test_a_wrong_token_stops_the_start_with_one_line_without_the_token(
    fake: FakeTelegram, echo: Echo
) -> None:
    telegram = Telegram(Account("1234567:wrong", fake.base_url), services(), {})
    with pytest.raises(ConfigError, match="HANGXUN_TELEGRAM_TOKEN"):
        await telegram.connect()
    with pytest.raises(ConfigError, match="HANGXUN_TELEGRAM_TOKEN") as caught:
        await telegram.start(echo.respond)
    assert "wrong" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("token", ["", "nonsense", "1:2\n", "12:a b", "1/../2:x"])
def test_what_cannot_be_a_token_is_refused_before_any_call(token: str) -> None:
    with pytest.raises(ConfigError, match="HANGXUN_TELEGRAM_TOKEN") as caught:
        Account(token)
    assert not token or token not in str(caught.value)


async def test_a_server_that_does_not_answer_yet_is_tried_again(
    fake: FakeTelegram, echo: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fake.fail("getMe", RefusedError(502, "Bad Gateway"), CutBefore())
    async with running(fake, echo):
        await fake.message("x")
        assert (await fake.sent()).text == "回答\n你说：x"
    assert [
        record.getMessage().split(" doing=")[0] for record in caplog.records if record.name == POLLING
    ] == [
        "telegram fails",
        "telegram works again",
    ]


POLLING = "bot.telegram.polling"


TROUBLES = [
    Garbage("<html>"),
    Garbage('{"ok": true}'),
    CutBefore(),
    flood(1),
    RefusedError(401, "Unauthorized"),
    RefusedError(409, "Conflict: terminated by other getUpdates request"),
]


@pytest.mark.parametrize("trouble", TROUBLES, ids=str)
async def test_polling_goes_on_after_trouble(trouble: Fault, fake: FakeTelegram, bot: Telegram) -> None:
    fake.fail("getUpdates", trouble)
    await fake.message("一")
    await fake.message("二")
    assert {(await fake.sent()).text for _ in range(2)} == {"回答\n你说：一", "回答\n你说：二"}


async def test_the_handlers_answer_and_their_buttons_work(fake: FakeTelegram) -> None:
    desk = Desk()

    async def respond(request: Request) -> Reply:
        return dispatch(desk.context(), request)

    telegram = Telegram(Account(fake.token, fake.base_url), services(), {})
    await telegram.start(respond)
    await fake.message("充电桩")
    found = await fake.sent()
    assert "充电桩：从城区走向港口" in found.text
    await fake.press(found, "1")
    assert (await fake.sent()).text.startswith("充电桩：从城区走向港口")
    await fake.press(found, "订阅“充电桩”")
    assert "已订阅 充电桩" in (await fake.sent()).text
    assert [one.topic for one in desk.chats.subscriptions(here())] == ["充电桩"]
    await telegram.stop()


async def test_no_log_line_holds_the_token(
    fake: FakeTelegram, echo: Echo, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    caplog.set_level(logging.INFO, logger="telegram")
    fake.fail("getUpdates", RefusedError(401, "Unauthorized"))
    fake.fail("sendMessage", RefusedError(401, "Unauthorized"))
    fake.fail("getMe", CutBefore())
    async with running(fake, echo) as telegram:
        await fake.message("x")
        await fake.called("sendMessage")
        assert fake.token not in repr(telegram)
    assert fake.token not in caplog.text


async def test_a_webhook_brings_updates_and_is_registered_with_its_secret(
    fake: FakeTelegram, echo: Echo
) -> None:
    webhook = a_webhook()
    async with running(fake, echo, webhook):
        assert fake.state.webhook == (webhook.url, SECRET)
        await fake.message("x")
        assert (await fake.sent()).text == "回答\n你说：x"
        await fake.press(Sent(1, PRIVATE, "x", keyboard=((("帮助", "help"),),)), "帮助")
        assert (await fake.sent()).text == "回答\n你说：help"


async def test_polling_takes_over_from_a_webhook(fake: FakeTelegram, echo: Echo) -> None:
    fake.state.webhook = ("http://127.0.0.1:1/", SECRET)
    async with running(fake, echo):
        await fake.message("x")
        assert (await fake.sent()).text == "回答\n你说：x"


async def test_a_webhook_refuses_everybody_but_telegram(fake: FakeTelegram, echo: Echo) -> None:
    webhook = a_webhook()
    async with running(fake, echo, webhook):
        for secret in (None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.swapcase(), "密"):
            assert await post_update(webhook.url, b"{}", secret) == 403
        assert await post_update(webhook.url, b'"' + b"x" * 2**20 + b'"', SECRET) == 413
        for rubbish in (b"", b"[]", b'"x"', b"{}", b"null", b"{", b"\x00\xff", b"[" * 100_000):
            assert await post_update(webhook.url, rubbish, SECRET) == 400
    assert not echo.requests


@pytest.mark.parametrize("secret", ["", "with space", "x" * 257])
def test_a_webhook_without_a_usable_secret_is_refused(secret: str) -> None:
    with pytest.raises(ConfigError, match="HANGXUN_TELEGRAM_WEBHOOK_SECRET"):
        Webhook("https://bot.example.org/telegram", secret, HttpServer("127.0.0.1", 0))


async def test_a_webhook_address_that_telegram_refuses_stops_the_start(
    fake: FakeTelegram, echo: Echo
) -> None:
    fake.fail(
        "setWebhook", RefusedError(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")
    )
    telegram = Telegram(Account(fake.token, fake.base_url, a_webhook()), services(), {})
    with pytest.raises(ConfigError, match=r"HANGXUN_TELEGRAM_WEBHOOK_URL.*https url"):
        await telegram.start(echo.respond)


async def test_a_webhook_port_in_use_stops_the_start(fake: FakeTelegram, echo: Echo) -> None:
    port = a_free_port()
    async with running(fake, echo, webhook_on(port)):
        second = Telegram(Account(fake.token, fake.base_url, webhook_on(port)), services(), {})
        with pytest.raises(ConfigError, match=str(port)):
            await second.start(echo.respond)
