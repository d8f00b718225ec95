"""Slack's events, commands and button presses as requests, and the place where each answer goes. Pure.

A conversation is the channel, or the thread in which somebody speaks: what is followed there belongs there.
But a thread that began with a question to the bot is the bot's own answer to the channel, so what is said
and pressed in it holds for the channel (`in_channel`). Where an answer goes is the Place's business.

https://docs.slack.dev/messaging/formatting-message-text tells how Slack escapes what users type.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.buttons import to_action
from bot.slack.attached import address_of
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
    """A request, the place of its answer, and the address of a file that came along."""

    request: Request
    place: Place
    file: str = ""


def key_of(body: Body) -> str:
    """Return the id of an event, command or press, the same when Slack sends it again.

    A message goes by its own timestamp, so that a thread tells whether its first message was one to us.
    """
    if event := body.get("event"):
        return message_key(body.get("team_id", ""), event.get("channel", ""), event.get("ts", ""))
    return str(body.get("trigger_id", ""))


def message_key(team: str, channel: str, timestamp: str) -> str:
    """Return the id of a message. It is kept for days, so it does not tell whose message that was."""
    return hashlib.sha256(f"{team}:{channel}:{timestamp}".encode()).hexdigest()


def turn_of(body: Body) -> tuple[str, str]:
    """Return the channel and the person: what one person says in a channel is answered in its order."""
    if event := body.get("event"):
        return event.get("channel", ""), event.get("user", "")
    if "actions" in body:
        return body.get("container", {}).get("channel_id", ""), body["user"]["id"]
    return body.get("channel_id", ""), body.get("user_id", "")


def revocation(body: Body) -> str | None:
    """Tell how the bot lost its access, None while it has it; the two events come in any order."""
    event = body.get("event", {})
    if event.get("type") == "app_uninstalled":
        return "the app was uninstalled from the workspace"
    if event.get("type") == "tokens_revoked" and event.get("tokens", {}).get("bot"):
        return "the bot token was revoked"
    return None


def is_for_us(body: Body, bot_user: str) -> bool:
    """Tell whether somebody wants something of the bot."""
    return "event" not in body or from_event(body, bot_user) is not None


def read(body: Body, bot_user: str, expand: Callable[[str], str | None]) -> Incoming | None:
    """Read an event, a command or a press; None for what asks nothing. `expand` may raise StoreError."""
    if "event" in body:
        return from_event(body, bot_user)
    return from_action(body, expand) if "actions" in body else from_command(body, bot_user)


def in_channel(incoming: Incoming) -> Incoming:
    """Return a request made in a thread as one of its channel; its answer stays in the thread."""
    whole = replace(incoming.request.conversation, thread="")
    return replace(incoming, request=replace(incoming.request, conversation=whole))


def from_event(body: Body, bot_user: str) -> Incoming | None:
    """Read a mention in a channel or a direct message; None for whatever else Slack tells.

    A mention is answered in its thread, a direct message as plainly as it was asked.
    """
    event = body["event"]
    kind, private = event.get("type"), event.get("channel_type") == "im"
    if kind != ("message" if private else "app_mention") or not _is_typed(event):
        return None
    thread = event.get("thread_ts", "") if private else event.get("thread_ts", event["ts"])
    team, around = body.get("team_id", ""), "" if private else event.get("thread_ts", "")
    request = Request(
        id=body["event_id"],
        conversation=Conversation(PLATFORM, event["channel"], team, around),
        user=event["user"],
        text=_as_typed(event.get("text", ""), bot_user),
        is_private=private,
        home=_home(event.get("user_team") or event.get("team") or "", team),
    )
    return Incoming(request, Place(event["channel"], thread), address_of(event))


def from_command(body: Body, bot_user: str) -> Incoming:
    """Read a slash command; alone it asks for help."""
    request = Request(
        id=body["trigger_id"],
        conversation=Conversation(PLATFORM, body["channel_id"], team=body.get("team_id", "")),
        user=body["user_id"],
        text=_as_typed(body.get("text", ""), bot_user) or HELP,
        is_private=_is_direct(body["channel_id"]) or body.get("channel_name") == "directmessage",
    )
    return Incoming(request, Place(body["channel_id"], response_url=body["response_url"]))


def from_action(body: Body, expand: Callable[[str], str | None]) -> Incoming | None:
    """Read a pressed button; None for one that stands in no message or whose action nobody knows."""
    action = to_action(body["actions"][0].get("value", ""), expand)
    container = body.get("container", {})
    channel, message = container.get("channel_id"), container.get("message_ts")
    if not action or not channel or not message:
        return None
    private, team = _is_direct(channel), _team(body)
    around = "" if private else container.get("thread_ts") or body.get("message", {}).get("thread_ts") or ""
    request = Request(
        id=body["trigger_id"],
        conversation=Conversation(PLATFORM, channel, team, around),
        user=body["user"]["id"],
        text=action,
        is_private=private,
        pressed=True,
        home=_home(body["user"].get("team_id", ""), team),
    )
    return Incoming(request, _beside(body, channel, message))


def _beside(body: Body, channel: str, message: str) -> Place:
    if body["container"].get("is_ephemeral"):
        return Place(channel, message=message, response_url=body["response_url"])
    thread = body.get("message", {}).get("thread_ts") or ("" if _is_direct(channel) else message)
    return Place(channel, thread, message)


def _home(user_team: str, team: str) -> str:
    """Return the workspace of somebody who is a guest here from another one (Slack Connect), else ""."""
    return user_team if user_team != team else ""


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
