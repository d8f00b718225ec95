from __future__ import annotations

import asyncio
import threading

import pytest

from bot.renderings import MOST_REMEMBERED, Renderings
from handlers.reply import Paragraph, Reply, Text


def reply_of(words: str) -> Reply:
    return Reply((Paragraph(Text(words)),))


async def test_an_alert_is_rendered_once_for_all_chats_that_ask_at_once() -> None:
    rendered: list[Reply] = []

    def render(reply: Reply) -> tuple[str, ...]:
        rendered.append(reply)
        return ("半导体",)

    renderings = Renderings(render)
    alert = reply_of("半导体")
    asked = [renderings.of(alert) for _ in range(20)]
    assert await asyncio.gather(*asked) == [("半导体",)] * 20
    assert await renderings.of(alert) == ("半导体",)
    assert rendered == [alert]


async def test_different_alerts_keep_apart_and_the_oldest_is_forgotten() -> None:
    rendered: list[str] = []

    def render(reply: Reply) -> tuple[str, ...]:
        rendered.append(str(reply))
        return (str(reply),)

    renderings = Renderings(render)
    replies = [reply_of(str(number)) for number in range(MOST_REMEMBERED + 1)]
    assert [await renderings.of(reply) for reply in replies] == [(str(reply),) for reply in replies]
    await renderings.of(replies[0])
    assert rendered == [*map(str, replies), str(replies[0])]


async def test_a_rendering_that_failed_is_tried_again() -> None:
    tries = iter([ValueError("no"), None])

    def render(_reply: Reply) -> tuple[str, ...]:
        if error := next(tries):
            raise error
        return ("好",)

    renderings = Renderings(render)
    with pytest.raises(ValueError, match="no"):
        await renderings.of(reply_of("一"))
    assert await renderings.of(reply_of("一")) == ("好",)


async def test_who_uses_the_common_threads_does_not_wait_for_a_rendering() -> None:
    is_answered = threading.Event()

    def render(_reply: Reply) -> tuple[bool, ...]:
        return (is_answered.wait(5),)

    renderings = Renderings(render)
    held_up = [asyncio.create_task(renderings.of(reply_of(str(number)))) for number in range(50)]
    await asyncio.to_thread(is_answered.set)
    assert await asyncio.gather(*held_up) == [(True,)] * 50
