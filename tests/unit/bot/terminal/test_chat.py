"""The chat: lines in, answers out, buttons by their number, polite at every end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest

from bot.errors import DeliveryError, Outcome
from bot.terminal.chat import CONVERSATION, Terminal
from handlers.reply import Button, Buttons, Notice, Paragraph, Reply, Text
from handlers.request import Request

GREETING = Reply((Paragraph(Text("你好")), Buttons((Button("5G基站有多少", "search 5G基站有多少"),))))


class FakeScreen:
    """A screen whose user types the given lines and then leaves."""

    colour = False
    width = 60

    def __init__(
        self, lines: Iterable[str], *, interactive: bool = False, closed_after: int | None = None
    ) -> None:
        self.interactive = interactive
        self.printed: list[str] = []
        self.closed = False
        self._lines = iter(lines)
        self._closed_after = closed_after

    def read(self) -> str | None:
        return next(self._lines, None)

    def write(self, text: str) -> None:
        if self._closed_after is not None and len(self.printed) >= self._closed_after:
            raise BrokenPipeError
        self.printed.append(text)

    def interrupt(self, text: str) -> None:
        self.write(f"(alert) {text}")

    def close(self) -> None:
        self.closed = True


class Echo:
    """Answers every request with its text and two buttons."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    async def __call__(self, request: Request) -> Reply:
        self.requests.append(request)
        return Reply(
            (
                Notice(Text(f"答：{request.text}")),
                Buttons((Button("下一页", "more 1"), Button("6", "article f"))),
            )
        )


async def talk(screen: FakeScreen) -> list[Request]:
    respond = Echo()
    terminal = Terminal(screen, GREETING)
    await terminal.start(respond)
    await asyncio.wait_for(terminal.wait(), 5)
    await terminal.stop()
    return respond.requests


async def test_a_transcript_has_the_greeting_and_each_question_before_its_answer() -> None:
    screen = FakeScreen(["河北 数字经济\n", "  \n", "订阅 半导体\n"])
    await talk(screen)
    assert "\n".join(screen.printed) == (
        "你好\n\n[1] 5G基站有多少\n\n"
        "> 河北 数字经济\n答：河北 数字经济\n\n[7] 下一页 · [6]\n\n"
        "> 订阅 半导体\n答：订阅 半导体\n\n[7] 下一页 · [6]\n"
    )


async def test_a_person_at_the_keyboard_does_not_read_the_question_twice() -> None:
    screen = FakeScreen(["芯片"], interactive=True)
    await talk(screen)
    assert not any(text.startswith(">") for text in screen.printed)


async def test_a_number_presses_the_button_of_the_last_reply_else_it_is_a_question() -> None:
    requests = await talk(FakeScreen(["1", "6", "７", "8", "2024"]))
    assert [(request.text, request.pressed) for request in requests] == [
        ("search 5G基站有多少", True),
        ("article f", True),
        ("more 1", True),
        ("8", False),
        ("2024", False),
    ]


async def test_requests_come_from_the_one_conversation_each_with_its_own_id() -> None:
    requests = await talk(FakeScreen(["芯片", "芯片"]))
    assert {(request.conversation, request.is_private) for request in requests} == {(CONVERSATION, True)}
    assert len({request.id for request in requests}) == 2


@pytest.mark.parametrize("word", ["quit", "EXIT", "退出\n"])
async def test_a_word_leaves(word: str) -> None:
    screen = FakeScreen([word, "芯片"])
    assert await talk(screen) == []
    assert screen.closed


async def test_nothing_more_is_asked_when_nobody_reads_the_answers() -> None:
    screen = FakeScreen(["芯片", "云计算", "6G"], closed_after=2)
    assert [request.text for request in await talk(screen)] == ["芯片"]
    assert screen.closed


async def test_a_long_question_is_answered_and_echoed_in_short() -> None:
    screen = FakeScreen(["长" * 5000])
    requests = await talk(screen)
    assert len(requests[0].text) == 5000
    assert screen.printed[1] == f"> {'长' * 200}…"


async def test_an_alert_is_printed_above_the_prompt() -> None:
    screen = FakeScreen([])
    await Terminal(screen, GREETING).send(CONVERSATION, Reply((Paragraph(Text("3 篇新文章")),)))
    assert screen.printed == ["(alert) 3 篇新文章\n"]


async def test_an_alert_to_a_closed_terminal_was_not_sent() -> None:
    terminal = Terminal(FakeScreen([], closed_after=0), GREETING)
    with pytest.raises(DeliveryError) as caught:
        await terminal.send(CONVERSATION, GREETING)
    assert caught.value.outcome is Outcome.NOT_SENT


async def test_stopping_does_not_wait_for_a_key() -> None:
    class SilentScreen(FakeScreen):
        def read(self) -> str | None:
            asked.set()
            released.wait(5)
            return None

    from threading import Event

    asked, released = Event(), Event()
    terminal = Terminal(screen := SilentScreen([]), GREETING)
    await terminal.start(Echo())
    assert await asyncio.to_thread(asked.wait, 5)
    await asyncio.wait_for(terminal.stop(), 5)
    released.set()
    assert screen.closed
