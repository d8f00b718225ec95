"""Slack's events, commands and button presses as requests, and the place where each answer goes. Pure.

A conversation is the channel, never a thread of it: what somebody follows in an answer's thread holds for
the channel, and the next question there finds it. Where an answer goes is the Place's business.

https://docs.slack.dev/messaging/formatting-message-text tells how Slack escapes what users type.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.slack.values import to_action
from handlers.request import Conversation, Request

Body: TypeAlias = dict[str, Any]

PLATFORM = "slack"
HELP = "help"

_TYPED = frozenset({None, "file_share", "thread_broadcast"})
_TOKEN = re.compile(r"<([^<>|]+)(?:\|([^<>]*))?>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes: a channel, perhaps in a thread of it.

    `message` is the timestamp of the message whose button was pressed; `response_url` is set where only
    the asker may see the answer.
    """

    channel: str
    thread: str = ""
    message: str = ""
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request and the place of its answer."""

    request: Request
    place: Place


def from_event(body: Body, bot_user: str) -> Incoming | None:
    """Read a mention in a channel or a direct message; None for whatever else Slack tells.

    A mention is answered in its thread, a direct message as plainly as it was asked.
    """
    event = body["event"]
    kind, private = event.get("type"), event.get("channel_type") == "im"
    if kind != ("message" if private else "app_mention") or not _is_typed(event):
        return None
    thread = event.get("thread_ts", "") if private else event.get("thread_ts", event["ts"])
    request = Request(
        id=body["event_id"],
        conversation=Conversation(PLATFORM, event["channel"], team=body.get("team_id", "")),
        user=event["user"],
        text=_as_typed(event.get("text", ""), bot_user),
        is_private=private,
    )
    return Incoming(request, Place(event["channel"], thread))


def from_command(body: Body, bot_user: str) -> Incoming:
    """Read a slash command; alone it asks for help."""
    request = Request(
        id=body["trigger_id"],
        conversation=Conversation(PLATFORM, body["channel_id"], team=body.get("team_id", "")),
        user=body["user_id"],
        text=_as_typed(body.get("text", ""), bot_user) or HELP,
        is_private=body.get("channel_name") == "directmessage",
    )
    return Incoming(request, Place(body["channel_id"], response_url=body["response_url"]))


def from_action(body: Body, expand: Callable[[str], str | None]) -> Incoming | None:
    """Read a pressed button; None for one that stands in no message or whose action nobody knows."""
    action = to_action(body["actions"][0].get("value", ""), expand)
    container = body.get("container", {})
    channel, message = container.get("channel_id"), container.get("message_ts")
    if not action or not channel or not message:
        return None
    request = Request(
        id=body["trigger_id"],
        conversation=Conversation(PLATFORM, channel, team=_team(body)),
        user=body["user"]["id"],
        text=action,
        is_private=_is_direct(channel),
        pressed=True,
    )
    return Incoming(request, _beside(body, channel, message))


def _beside(body: Body, channel: str, message: str) -> Place:
    if body["container"].get("is_ephemeral"):
        return Place(channel, message=message, response_url=body["response_url"])
    thread = body.get("message", {}).get("thread_ts") or ("" if _is_direct(channel) else message)
    return Place(channel, thread, message)


def _team(body: Body) -> str:
    return str((body.get("team") or {}).get("id") or body["user"].get("team_id", ""))


def _is_direct(channel: str) -> bool:
    return channel.startswith("D")


def _is_typed(event: Body) -> bool:
    """Tell whether a person typed it just now: no bot, no edit, no notice of the channel."""
    is_new = event.get("subtype") in _TYPED and "edited" not in event
    return is_new and "bot_id" not in event and "user" in event


def _as_typed(text: str, bot_user: str) -> str:
    """Return the text as its author saw it, without the mention of the bot."""

    def shown(token: re.Match[str]) -> str:
        target, label = token.groups()
        return "" if target == f"@{bot_user}" else label or target.removeprefix("!")

    return html.unescape(_TOKEN.sub(shown, text)).strip()
