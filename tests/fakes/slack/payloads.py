"""What Slack sends to an app, as its documentation prints it."""

from __future__ import annotations

from itertools import count
from typing import Any

Json = dict[str, Any]

TEAM = "T000000001"
APP = "A000000001"
BOT_USER = "U0000000BOT"
USER = "U000000001"
CHANNEL = "C000000001"
DIRECT = "D000000001"

_NUMBERS = count(1)


def timestamp() -> str:
    """Return a message timestamp that no other message has."""
    return f"1700000000.{next(_NUMBERS):06d}"


def event_callback(event: Json) -> Json:
    """Wrap an event as the Events API does."""
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": {"team": TEAM, "event_ts": event["ts"], **event},
        "type": "event_callback",
        "event_id": f"Ev{next(_NUMBERS):08d}",
        "event_time": 1_700_000_000,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
    }


def mention(text: str, thread: str = "", **extra: Any) -> Json:
    """Somebody mentions the app in a channel."""
    return _message("app_mention", f"<@{BOT_USER}> {text}", CHANNEL, thread, extra)


def direct(text: str, thread: str = "", **extra: Any) -> Json:
    """Somebody writes to the app directly."""
    return _message("message", text, DIRECT, thread, {"channel_type": "im"} | extra)


def command(text: str, response_url: str) -> Json:
    """Somebody types the slash command; as Slack sends it, all values are strings."""
    return {
        "token": "verification",
        "team_id": TEAM,
        "team_domain": "lab",
        "channel_id": CHANNEL,
        "channel_name": "general",
        "user_id": USER,
        "user_name": "wang",
        "command": "/hangxun",
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": f"{next(_NUMBERS)}.trigger",
    }


def press(message: Json, element: Json, response_url: str) -> Json:
    """Somebody presses a button of a message."""
    ephemeral = message.get("is_ephemeral", False)
    container = {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": message["channel"],
        "is_ephemeral": ephemeral,
    }
    kept = {name: message[name] for name in ("ts", "text", "thread_ts") if name in message}
    return {
        "type": "block_actions",
        "user": {"id": USER, "username": "wang", "team_id": TEAM},
        "api_app_id": APP,
        "token": "verification",
        "container": container,
        "trigger_id": f"{next(_NUMBERS)}.trigger",
        "team": {"id": TEAM, "domain": "lab"},
        "channel": {"id": message["channel"], "name": "general"},
        **({} if ephemeral else {"message": kept}),
        "response_url": response_url,
        "actions": [{**element, "block_id": "b1", "action_ts": timestamp()}],
    }


def _message(kind: str, text: str, channel: str, thread: str, extra: Json) -> Json:
    threaded = {"thread_ts": thread} if thread else {}
    event = {"type": kind, "user": USER, "channel": channel, "text": text, "ts": timestamp()}
    return event_callback(event | threaded | extra)
