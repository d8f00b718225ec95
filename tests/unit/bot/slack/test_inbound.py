"""Slack's events as requests; the rest of the reading is in tests/e2e/test_slack.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.slack.inbound import Place, from_action, from_command, from_event, in_channel, key_of, revocation
from handlers.request import Conversation
from tests.fakes.slack import payloads
from tests.fakes.slack.payloads import BOT_USER, CHANNEL, DIRECT, TEAM, USER

KNOWN: Callable[[str], str | None] = {"token": "search 5G"}.get
RESPONSE_URL = "https://hooks.slack.example/1"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("5G基站", "5G基站"),
        (f"a <@{BOT_USER}|hangxun> b", "a  b"),
        ("<@U2|li> <@U3> <#C9|news> <!here> <!subteam^S1|@team>", "li @U3 news here @team"),
        ("<https://x.example/a|x.example/a> <mailto:a@b.c|a@b.c>", "x.example/a a@b.c"),
        ("a &lt;b&gt; &amp;amp; 5 > 3", "a <b> &amp; 5 > 3"),
        ("", ""),
    ],
)
def test_a_text_reads_as_its_author_saw_it(typed: str, text: str) -> None:
    incoming = from_event(payloads.mention(typed), BOT_USER)
    assert incoming is not None
    assert incoming.request.text == text


@pytest.mark.parametrize(
    "body",
    [
        payloads.mention("in a direct message", channel_type="im"),
        payloads.direct("of a bot", bot_id="B1"),
        payloads.direct("deleted", subtype="message_deleted"),
        payloads.direct("edited", edited={}),
        payloads.event_callback({"type": "reaction_added", "ts": "1", "user": USER}),
        payloads.event_callback({"type": "message", "channel_type": "im", "channel": DIRECT, "ts": "1"}),
    ],
)
def test_what_nobody_asked_is_no_request(body: dict[str, object]) -> None:
    assert from_event(body, BOT_USER) is None


def test_a_message_is_known_by_its_workspace_its_channel_and_its_moment() -> None:
    body = payloads.mention("5G")
    event = body["event"]
    others = (
        body | {"team_id": "T2"},
        body | {"event": event | {"channel": "C2"}},
        body | {"event": event | {"ts": "2.0"}},
    )
    assert key_of(body | {"event_id": "Ev-sent-again"}) == key_of(body)
    assert len({key_of(each) for each in (body, *others)}) == 4


def test_a_direct_message_in_a_thread_is_answered_there() -> None:
    incoming = from_event(payloads.direct("更多", thread="1.2"), BOT_USER)
    assert incoming is not None
    assert incoming.place == Place(DIRECT, thread="1.2")


def test_what_is_asked_in_a_thread_belongs_to_the_thread_unless_the_thread_is_our_answer() -> None:
    top, inside = (from_event(payloads.mention("订阅 5G", thread), BOT_USER) for thread in ("", "1.2"))
    assert top is not None
    assert inside is not None
    assert (top.request.conversation.thread, inside.request.conversation.thread) == ("", "1.2")
    assert in_channel(inside).request.conversation == top.request.conversation
    assert in_channel(inside).place.thread == "1.2"


def test_every_request_carries_its_workspace() -> None:
    asked = from_event(payloads.mention("5G"), BOT_USER)
    typed = from_command(payloads.command("5G", RESPONSE_URL), BOT_USER)
    chosen = from_action(pressed({"ts": "1.1", "channel": CHANNEL}, value="more"), KNOWN)
    for incoming in (asked, typed, chosen):
        assert incoming is not None
        assert incoming.request.conversation == Conversation("slack", CHANNEL, TEAM)


def test_a_button_pressed_by_a_guest_is_told_apart() -> None:
    body = payloads.press(
        {"ts": "1.1", "channel": CHANNEL}, {"type": "button", "value": "more"}, RESPONSE_URL
    )
    body["user"]["team_id"] = "T9"
    theirs = from_action(body, KNOWN)
    assert theirs is not None
    assert (theirs.request.home, theirs.request.conversation.team) == ("T9", TEAM)


def test_a_guest_from_another_workspace_is_told_apart() -> None:
    ours, theirs = (from_event(payloads.mention("x", user_team=team), BOT_USER) for team in (TEAM, "T9"))
    assert ours is not None
    assert theirs is not None
    assert (ours.request.home, theirs.request.home) == ("", "T9")


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ({"type": "app_uninstalled"}, "uninstalled"),
        ({"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}, "revoked"),
    ],
)
def test_the_loss_of_our_access_is_told(event: dict[str, object], reason: str) -> None:
    assert reason in str(revocation({"event": event, "team_id": TEAM}))


def test_the_loss_of_a_persons_token_is_not_ours() -> None:
    assert revocation({"event": {"type": "tokens_revoked", "tokens": {"oauth": [USER]}}}) is None
    assert revocation(payloads.command("x", RESPONSE_URL)) is None


def test_a_command_is_private_in_a_direct_message_only() -> None:
    body = payloads.command("x", RESPONSE_URL)
    assert not from_command(body, BOT_USER).request.is_private
    assert from_command(body | {"channel_name": "directmessage"}, BOT_USER).request.is_private
    assert from_command(body, BOT_USER).place == Place(CHANNEL, response_url=RESPONSE_URL)


def pressed(message: dict[str, object], **element: str) -> dict[str, object]:
    return payloads.press(message, {"type": "button", "action_id": "step-1", **element}, RESPONSE_URL)


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ({"ts": "1.1", "channel": CHANNEL}, Place(CHANNEL, thread="1.1", message="1.1")),
        (
            {"ts": "1.1", "channel": CHANNEL, "thread_ts": "1.0"},
            Place(CHANNEL, thread="1.0", message="1.1"),
        ),
        ({"ts": "1.1", "channel": DIRECT}, Place(DIRECT, message="1.1")),
        (
            {"ts": "1.1", "channel": CHANNEL, "is_ephemeral": True},
            Place(CHANNEL, message="1.1", response_url=RESPONSE_URL),
        ),
    ],
)
def test_a_button_is_answered_beside_its_message(message: dict[str, object], place: Place) -> None:
    incoming = from_action(pressed(message, value="more"), KNOWN)
    assert incoming is not None
    assert incoming.place == place
    assert (incoming.request.text, incoming.request.conversation.team) == ("more", TEAM)
    assert incoming.request.is_private == (place.channel == DIRECT)


def test_a_token_is_the_action_it_stands_for() -> None:
    message = {"ts": "1.1", "channel": CHANNEL}
    incoming = from_action(pressed(message, value="~token"), KNOWN)
    assert incoming is not None
    assert incoming.request.text == "search 5G"
    assert from_action(pressed(message, value="~unknown"), KNOWN) is None


def test_an_element_without_a_value_or_a_message_is_no_request() -> None:
    assert from_action(pressed({"ts": "1.1", "channel": CHANNEL}), KNOWN) is None
    assert (
        from_action(pressed({"ts": "1.1", "channel": CHANNEL}, value="x") | {"container": {}}, KNOWN) is None
    )


def test_the_team_of_a_button_in_an_organisation_is_its_users() -> None:
    body = pressed({"ts": "1.1", "channel": CHANNEL}, value="x") | {"team": None}
    incoming = from_action(body, KNOWN)
    assert incoming is not None
    assert incoming.request.conversation.team == TEAM
