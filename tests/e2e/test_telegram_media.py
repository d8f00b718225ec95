"""Pictures, files and texts to copy on Telegram: the real client over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.errors import DeliveryError, Outcome
from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.telegram.account import Account
from bot.telegram.adapter import Telegram
from handlers.reply import Buttons, Copy, File, Picture, Reply, Text
from handlers.request import Conversation, Request
from tests.e2e.media import ALT, CITATION, FILE, PICTURE, ROWS, assert_is_the_chart, full_reply, only
from tests.fakes.telegram import FORUM, GROUP, PRIVATE, Chat, CutAfter, FakeTelegram, RefusedError, flood


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def bot(fake: FakeTelegram) -> AsyncIterator[Telegram]:
    async def respond(request: Request) -> Reply:
        return replace(full_reply(), in_place=request.pressed)

    telegram = Telegram(
        Account(fake.token, fake.base_url), Services(Actions(str, str), HttpServer("127.0.0.1", 0)), {}
    )
    await telegram.start(respond)
    yield telegram
    await telegram.stop()


def here(chat: Chat = PRIVATE, thread: str = "") -> Conversation:
    return Conversation("telegram", str(chat.id), thread=thread)


async def test_words_picture_and_file_arrive_in_this_order(fake: FakeTelegram, bot: Telegram) -> None:
    await fake.message("@hangxun_test_bot 对比", chat=GROUP)
    words, photo, document = [await fake.sent() for _ in range(3)]
    assert words.text == "对比"
    assert words.markup == {"inline_keyboard": [[{"text": "引用", "copy_text": {"text": CITATION.text}}]]}
    assert photo.photo
    assert photo.photo.name == "5G_基站.png"
    assert photo.text == ALT
    assert_is_the_chart(photo.photo.content)
    assert document.document
    assert (document.document.name, document.document.content) == ("5G_基站.csv", ROWS)
    assert document.text == "全部 1 行"
    assert [message.answers is None for message in (words, photo, document)] == [False, True, True]


async def test_an_alert_brings_its_pictures_silently_into_the_topic(
    fake: FakeTelegram, bot: Telegram
) -> None:
    await bot.send(here(FORUM, "8"), full_reply())
    arrived = [await fake.sent() for _ in range(3)]
    assert [(message.silent, message.thread) for message in arrived] == [(True, 8)] * 3


@pytest.mark.parametrize(
    "refusal", ["not enough rights to send photos to the chat", "PHOTO_INVALID_DIMENSIONS"]
)
async def test_where_pictures_are_refused_their_words_are_sent(
    refusal: str, fake: FakeTelegram, bot: Telegram
) -> None:
    fake.fail("sendPhoto", RefusedError(400, f"Bad Request: {refusal}"))
    await bot.send(here(), only(PICTURE))
    arrived = await fake.sent()
    assert (arrived.text, arrived.photo) == (ALT, None)


async def test_a_picture_that_cannot_be_drawn_is_told_in_words(fake: FakeTelegram, bot: Telegram) -> None:
    await bot.send(here(), only(Picture("<broken", "x", Text("河北 6.5 万个"))))
    assert (await fake.sent()).text == "河北 6.5 万个"


async def test_a_file_without_a_caption_arrives(fake: FakeTelegram, bot: Telegram) -> None:
    await bot.send(here(), only(File(b"1", "../../数 字?.csv", Text(""))))
    arrived = await fake.sent()
    assert arrived.document
    assert arrived.document.name == "数_字.csv"


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (flood(7), Outcome.NOT_SENT),
        (RefusedError(403, "Forbidden: bot was blocked by the user"), Outcome.PERMANENT),
        (CutAfter(), Outcome.AMBIGUOUS),
    ],
)
async def test_a_failed_upload_says_what_became_of_it(
    fault: RefusedError | CutAfter, outcome: Outcome, fake: FakeTelegram, bot: Telegram
) -> None:
    fake.fail("sendDocument", fault)
    with pytest.raises(DeliveryError) as caught:
        await bot.send(here(), only(FILE))
    assert caught.value.outcome is outcome


async def test_a_chat_that_is_gone_takes_no_words_instead(fake: FakeTelegram, bot: Telegram) -> None:
    with pytest.raises(DeliveryError, match="Chat not found") as caught:
        await bot.send(Conversation("telegram", "404"), only(PICTURE))
    assert caught.value.outcome is Outcome.PERMANENT


async def test_a_picture_to_a_group_that_moved_says_where_to(fake: FakeTelegram, bot: Telegram) -> None:
    moved = RefusedError(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=GROUP.id)
    fake.fail("sendPhoto", moved)
    with pytest.raises(DeliveryError) as caught:
        await bot.send(Conversation("telegram", "-1"), only(PICTURE))
    assert caught.value.moved_to == str(GROUP.id)


async def test_a_text_too_long_to_copy_is_cut(fake: FakeTelegram, bot: Telegram) -> None:
    await bot.send(here(), Reply((*full_reply().blocks[:1], Buttons((Copy("引用", "据" * 300),)))))
    assert (await fake.sent()).data("引用") == "据" * 256
