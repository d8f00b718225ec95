"""Who is answered, and how often."""

from __future__ import annotations

import pytest

from bot.config import Config
from bot.gate import Access, Gate, Pace, Verdict
from handlers.request import Conversation, Request

LISTED = Access(
    teams=frozenset({"T1"}),
    chats=frozenset({"telegram:-100500", "telegram:7"}),
    admins=frozenset({"telegram:42", "slack:U1"}),
)


def telegram(chat: str, user: str = "7", *, private: bool = False, **more: object) -> Request:
    return Request("1", Conversation("telegram", chat), user, "5G", is_private=private, **more)


def slack(
    channel: str, team: str = "T1", user: str = "U7", *, private: bool = False, home: str = ""
) -> Request:
    return Request("1", Conversation("slack", channel, team), user, "5G", is_private=private, home=home)


@pytest.mark.parametrize(
    ("request_", "admitted"),
    [
        (telegram("-100500"), True),
        (telegram("-100501"), False),
        (telegram("7", private=True), True),
        (telegram("8", "8", private=True), False),
        (telegram("42", "42", private=True), True),
        (telegram("-100501", "42"), False),
        (telegram("-100500", "-100500"), True),
        (slack("C1"), True),
        (slack("C1", "T2"), False),
        (slack("C1", home="T2"), False),
        (slack("D1", "T2", "U1", private=True), True),
        (slack("D1", "T2", "U2", private=True), False),
    ],
    ids=[
        "a listed group",
        "another group",
        "a listed person",
        "another person",
        "an admin alone",
        "an admin in another group",
        "an anonymous admin of a listed group",
        "a channel of a listed workspace",
        "the same channel id in another workspace",
        "a guest of a shared channel",
        "an admin alone in another workspace",
        "another person in another workspace",
    ],
)
def test_only_those_on_the_lists_are_answered(request_: Request, admitted: bool) -> None:
    assert LISTED.admits(request_) is admitted


def test_a_guest_from_a_listed_workspace_is_answered() -> None:
    assert Access(teams=frozenset({"T1", "T2"})).admits(slack("C1", home="T2"))


def test_without_lists_everybody_is_answered_and_gets_alerts() -> None:
    assert Access().admits(telegram("8"))
    assert Access().receives(Conversation("telegram", "8"))


def test_alerts_go_only_to_listed_places() -> None:
    places = [
        Conversation("telegram", "-100500"),
        Conversation("telegram", "9"),
        Conversation("slack", "C", "T1"),
    ]
    assert [LISTED.receives(place) for place in places] == [True, False, True]


def test_an_admin_of_the_bot_may_manage_every_chat_and_a_name_makes_nobody_one() -> None:
    gate = Gate(Access(admins=frozenset({"telegram:42"})), Pace(20))
    assert gate.admit(telegram("-1", "42", may_manage=False))[1].may_manage
    assert gate.admit(telegram("-1", "7", may_manage=False))[1].may_manage is False
    assert gate.admit(slack("C1", user="42"))[1].may_manage is None


def test_the_lists_come_from_the_configuration() -> None:
    config = Config(
        allowed_teams=("T1",),
        allowed_chats=("telegram:-100500", "telegram:7"),
        admins=("telegram:42", "slack:U1"),
    )
    assert Access.from_config(config) == LISTED


class Time:
    now = 0.0


def test_a_person_over_the_limit_is_told_once_then_meets_silence_then_may_ask_again() -> None:
    time = Time()
    pace = Pace(3, lambda: time.now)
    asked = [pace.admit(("telegram", "7")) for _ in range(6)]
    assert asked == [Verdict.ANSWER] * 3 + [Verdict.TOO_FAST] + [Verdict.SILENCE] * 2
    assert pace.admit(("telegram", "8")) is Verdict.ANSWER
    time.now += 60
    assert pace.admit(("telegram", "7")) is Verdict.ANSWER


def test_who_never_stops_is_never_answered_again() -> None:
    time = Time()
    pace = Pace(20, lambda: time.now)
    verdicts = []
    for _ in range(300):
        verdicts.append(pace.admit(("telegram", "7")))
        time.now += 1.0
    assert verdicts.count(Verdict.TOO_FAST) == 1
    assert verdicts[-1] is Verdict.SILENCE


def test_a_million_people_do_not_fill_the_memory() -> None:
    pace = Pace(20)
    for number in range(20_000):
        pace.admit(("telegram", str(number)))
    assert len(pace._left) == 10_000


def test_a_stranger_is_told_so_and_a_flood_of_strangers_meets_silence() -> None:
    gate = Gate(LISTED, Pace(2))
    verdicts = [gate.admit(telegram("9", "9"))[0] for _ in range(5)]
    assert verdicts == [Verdict.NOT_ALLOWED] * 3 + [Verdict.SILENCE] * 2
