from __future__ import annotations

import asyncio

from bot.alerts.flight import Flight
from bot.store.rows import Delivery, Result, Settlement, State
from handlers.request import Conversation


def message(number: int) -> Delivery:
    return Delivery(number, number, Conversation("telegram", str(number)), None, "{}", 1, 0, "me")


class Doors:
    """Lets a message arrive when its door is opened."""

    def __init__(self) -> None:
        self.open = {number: asyncio.Event() for number in (1, 2)}

    async def send(self, claimed: Delivery) -> Result:
        await self.open[claimed.id].wait()
        return Result(claimed, Settlement(State.SENT, 1, 0))


async def test_each_message_is_landed_once_however_late_it_comes() -> None:
    doors = Doors()
    async with asyncio.TaskGroup() as group:
        flight = Flight(group, doors.send)
        flight.carry(message(1))
        flight.carry(message(2))
        assert flight.land() == []
        doors.open[1].set()
        await flight.back()
        assert [result.delivery.id for result in flight.land()] == [1]
        assert (flight.aloft, flight.is_out) == (1, True)
        doors.open[2].set()
        await flight.back()
        assert not flight.is_out
        assert [result.delivery.id for result in flight.land()] == [2]
    assert flight.aloft == 0
