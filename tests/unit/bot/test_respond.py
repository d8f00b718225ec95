from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import cast

import pytest

from bot.config import Config
from bot.respond import Kept, Responder
from bot.shelf import Shelf
from handlers.ports import Chats
from handlers.reply import Notice
from handlers.request import Conversation, Language, Request
from tests.fakes.chats import FakeChats
from tests.fakes.library import FakeLibrary
from tests.unit.handlers.desk import words

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class FakeShelf:
    def __init__(self, library: object) -> None:
        self.library = library
        self.trouble: str | None = None

    @contextmanager
    def borrow(self):
        yield self.library


class BrokenLibrary(FakeLibrary):
    def answer(self, query: str, *, limit: int = 10, offset: int = 0):
        raise RuntimeError("the disk is on fire")


class DatedLibrary(FakeLibrary):
    built_at = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def responder(library: object | None = None, chats: FakeChats | None = None) -> Responder:
    shelf = cast("Shelf", FakeShelf(library or FakeLibrary()))
    kept = Kept(cast("Chats", chats or FakeChats()))
    return Responder(shelf, kept, Config(), lambda: NOW)


def asked(text: str, event: str = "1", **more: object) -> Request:
    return Request(event, Conversation("telegram", "42"), "42", text, **more)


async def test_a_request_is_answered() -> None:
    assert (await responder().respond(asked("5G"))).blocks


def test_whatever_breaks_the_user_gets_a_number_that_the_log_has_too(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reply = responder(BrokenLibrary()).answer(asked("5G"))
    (notice,) = reply.blocks
    assert isinstance(notice, Notice)
    number = re.search(r"[0-9A-F]{6}", notice.text.value)
    assert number
    assert number[0] in caplog.text
    assert "the disk is on fire" in caplog.text
    assert "the disk is on fire" not in notice.text.value


def test_without_a_database_questions_are_answered_but_nothing_is_said_to_be_saved() -> None:
    desk = responder(chats=FakeChats(broken=True))
    assert "没有保存" not in words(desk.answer(asked("5G")))
    assert "没有保存" in words(desk.answer(asked("订阅 半导体", event="2")))
    assert "没有保存" in words(desk.answer(asked("设置 时间 08:30", event="3")))


def test_a_database_that_is_down_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    responder(chats=FakeChats(broken=True)).answer(asked("订阅 半导体"))
    assert "error=database is down" in caplog.text
    assert "Traceback" not in caplog.text


def test_the_users_own_language_and_time_zone_are_the_defaults_of_a_new_chat() -> None:
    desk = responder()
    reply = desk.answer(asked("settings", language=Language.EN, timezone="Europe/Berlin"))
    assert "09:00" in words(reply)
    assert "Berlin" in words(reply)


def test_an_answer_from_the_last_good_index_says_so() -> None:
    desk = responder(DatedLibrary())
    desk._shelf.trouble = "index damaged"
    assert "11月22日" in words(desk.answer(asked("5G")))


def test_the_greeting_says_who_speaks() -> None:
    assert "行讯" in words(responder().greeting())
