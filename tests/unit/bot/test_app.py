from __future__ import annotations

import gc
from typing import ClassVar

from bot.app import settle
from tests.fakes.library import FakeLibrary
from tests.unit.bot.test_respond import responder


class AskedLibrary(FakeLibrary):
    asked: ClassVar[list[str]] = []

    def answer(self, query: str, *, limit: int = 10, offset: int = 0):
        self.asked.append(query)
        return super().answer(query, limit=limit, offset=offset)


def test_what_the_start_loads_is_there_for_the_first_question_and_stays_out_of_collections() -> None:
    library = AskedLibrary()
    try:
        settle(responder(library))
        assert library.asked
        assert gc.get_freeze_count() > 1_000
    finally:
        gc.unfreeze()
