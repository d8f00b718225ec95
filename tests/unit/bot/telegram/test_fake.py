"""The judge is judged: what Telegram refuses, the fake refuses too."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.telegram.entities import EntityError, parse_html, utf16_units
from tests.fakes.telegram.limits import check_commands, read_keyboard, read_text
from tests.fakes.telegram.refusals import RefusedError
from tests.fakes.telegram.schema import read_parameters
from tests.fakes.telegram.state import State


@pytest.mark.parametrize(
    "html",
    [
        "<b>x",
        "x</b>",
        "<b><i>x</b></i>",
        "<b x",
        "1 < 2",
        "<blink>x</blink>",
        "<b class='x'>y</b>",
        '<a href="x"y">z</a>',
        "<a>x</a>",
        "<b><b>x</b></b>",
        "<pre><b>x</b></pre>",
        "<blockquote><blockquote>x</blockquote></blockquote>",
        "<!-- x -->",
    ],
)
def test_broken_html_is_refused(html: str) -> None:
    with pytest.raises(EntityError, match="can't parse entities"):
        parse_html(html)


def test_references_become_characters_and_entities_are_ranges() -> None:
    parsed = parse_html('&lt;&#65;&#x4e00;&amp;&quot;&nbsp; 😀<a href="https://x/?a&amp;b">é</a>')
    assert parsed.text == '<A一&"&nbsp; 😀é'
    (entity,) = parsed.entities
    assert (entity.type, entity.offset, entity.length, entity.url) == ("a", 14, 1, "https://x/?a&b")


def test_a_lone_surrogate_cannot_be_sent() -> None:
    with pytest.raises(UnicodeEncodeError):
        utf16_units("\ud800")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("汉" * 4097, "too long"),
        ("😀" * 2049, "too long"),
        ("<b>", "can't parse"),
    ],
)
def test_a_text_that_cannot_be_a_message_is_refused(text: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read_text({"text": text, "parse_mode": "HTML"})


def test_a_text_at_the_limit_is_taken() -> None:
    assert read_text({"text": "&lt;" * 4096, "parse_mode": "HTML"}).text == "<" * 4096


@pytest.mark.parametrize(
    "rows",
    [[[("x", "汉" * 22)]], [[("x", "")]], [[(" ", "x")]], [[("x", "x")] * 9], [[("x", "x")]] * 101],
    ids=["65 bytes", "no data", "no label", "nine a row", "a hundred and one"],
)
def test_a_keyboard_that_telegram_refuses_is_refused(rows: list[list[tuple[str, str]]]) -> None:
    keyboard = [[{"text": text, "callback_data": data} for text, data in row] for row in rows]
    with pytest.raises(RefusedError):
        read_keyboard({"reply_markup": {"inline_keyboard": keyboard}})


@pytest.mark.parametrize("command", [("Help", "x"), ("帮助", "x"), ("help", ""), ("help", "x" * 257)])
def test_a_menu_that_telegram_refuses_is_refused(command: tuple[str, str]) -> None:
    with pytest.raises(RefusedError):
        check_commands([{"command": command[0], "description": command[1]}])


@pytest.mark.parametrize(
    ("method", "raw", "reason"),
    [
        ("sendNothing", {}, "Not Found"),
        ("sendMessage", {"chat_id": "1", "text": "x", "colour": "red"}, "colour"),
        ("sendMessage", {"chat_id": "1"}, "text"),
        ("sendMessage", {"chat_id": "1", "text": "x", "reply_markup": "{"}, "no JSON"),
        ("sendMessage", {"chat_id": "1", "text": "x", "message_thread_id": '"a"'}, "message_thread_id"),
    ],
)
def test_a_call_that_the_models_do_not_know_is_refused(method: str, raw: dict[str, str], reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        read_parameters(method, raw)


@pytest.mark.parametrize(
    ("method", "parameters", "reason"),
    [
        ("sendMessage", {"chat_id": "1", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "-100600", "text": "x", "message_thread_id": 99}, "thread not found"),
        ("editMessageText", {"chat_id": "42", "message_id": 99, "text": "x"}, "to edit not found"),
        ("editMessageText", {"chat_id": "42", "message_id": 1, "text": "old"}, "is not modified"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "too old"),
    ],
)
async def test_a_call_about_what_is_not_there_is_refused(
    method: str, parameters: dict[str, Any], reason: str
) -> None:
    state = State()
    state.run("sendMessage", {"chat_id": "42", "text": "old"})
    with pytest.raises(RefusedError, match=reason):
        state.run(method, parameters)
