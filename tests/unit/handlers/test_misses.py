from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from tests.unit.handlers.desk import Desk, words


@dataclass
class Counted:
    keeps_text: bool = False
    texts: list[tuple[date, str]] = field(default_factory=list)

    def count(self, day: date, text: str) -> None:
        self.texts.append((day, text))


def test_only_a_typed_question_that_found_nothing_is_counted() -> None:
    counted = Counted()
    desk = Desk(misses=counted)
    desk.ask("充电桩")
    desk.ask("search 火星基地", pressed=True)
    assert counted.texts == []
    desk.ask("火星基地")
    assert counted.texts == [(date(2026, 11, 23), "火星基地")]


@pytest.mark.parametrize(
    ("keeps_text", "line"),
    [(False, "你问的问题不保存，只数每天有几个没有找到答案。"), (True, "没有找到答案的问题会保存文字 90 天")],
)
def test_privacy_says_what_is_kept_of_questions(keeps_text: bool, line: str) -> None:
    assert line in words(Desk(misses=Counted(keeps_text)).ask("隐私"))
