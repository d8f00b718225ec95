"""Before the answers: a crowd, a flood and strangers."""

from __future__ import annotations

import asyncio
from datetime import date

from bot.gate import Access, Gate, Pace
from bot.reception import AT_ONCE, CountedMisses, Reception
from bot.telemetry import Telemetry
from handlers.ports import NoMisses
from handlers.reply import Paragraph, Reply, Text
from handlers.request import Conversation, Language, Request
from tests.unit.handlers.desk import words


class Desk:
    """Answers when it is let; knows how many wait at once."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.at_once = self.most_at_once = 0
        self.open = asyncio.Event()

    async def respond(self, request: Request) -> Reply:
        self.asked.append(request)
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        await self.open.wait()
        self.at_once -= 1
        return Reply((Paragraph(Text("答")),))


def asked(user: str = "7", chat: str = "1", **more: object) -> Request:
    return Request("1", Conversation("telegram", chat), user, "5G", **more)


def reception(desk: Desk, telemetry: Telemetry, access: Access | None = None) -> Reception:
    return Reception(desk.respond, Gate(access or Access(), Pace(20, lambda: 0.0)), telemetry, Language.ZH)


async def test_a_flood_of_one_person_costs_twenty_answers_and_one_line() -> None:
    desk, telemetry = Desk(), Telemetry()
    desk.open.set()
    front = reception(desk, telemetry)
    replies = [await front.respond(asked()) for _ in range(1_000)]
    assert sum(words(reply) == "答" for reply in replies) == 20
    assert sum("太快" in words(reply) for reply in replies) == 1
    assert sum(reply == Reply(()) for reply in replies) == 979
    assert (telemetry.events["queries"], telemetry.events["refused"]) == (20, 980)


async def test_a_crowd_is_answered_a_few_at_a_time() -> None:
    desk = Desk()
    front = reception(desk, Telemetry())
    tasks = [asyncio.create_task(front.respond(asked(str(number)))) for number in range(50)]
    await asyncio.sleep(0)
    desk.open.set()
    assert all(map(words, await asyncio.gather(*tasks)))
    assert desk.most_at_once == AT_ONCE


async def test_a_stranger_gets_one_fixed_line_and_no_data() -> None:
    desk = Desk()
    front = reception(desk, Telemetry(), Access(chats=frozenset({"telegram:9"})))
    assert words(await front.respond(asked())) == "这里还没有开通，请联系管理员。"
    assert "not enabled" in words(await front.respond(asked(language=Language.EN)))
    assert desk.asked == []


def test_misses_are_counted_and_kept_as_before() -> None:
    telemetry = Telemetry()
    misses = CountedMisses(NoMisses(), telemetry)
    misses.count(date(2026, 11, 23), "x")
    assert telemetry.events["misses"] == 1
    assert not misses.keeps_text
