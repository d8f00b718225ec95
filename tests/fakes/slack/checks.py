"""What Slack refuses in a message: slack_sdk's own models, and the limits that they do not check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Json = dict[str, Any]

LIVE_TOKEN = re.compile(r"<[!@#][^>]*>|<https?:[^>]*>|[<>]|&(?!amp;|lt;|gt;)")
MENTIONS = {"user", "usergroup", "broadcast", "channel", "team", "color", "date"}
QUIET = {"link_names": False, "parse": "none"}


def mistakes(method: str, message: Json) -> list[str]:
    """Return what Slack, or our promise that words of documents mention nobody, has against a message."""
    blocks = message.get("blocks") or []
    return [
        *_text_mistakes(message.get("text") or ""),
        *_quiet_mistakes(method, message),
        *_model_mistakes(blocks),
        *_limit_mistakes(blocks),
        *(f"live {node['type']} element" for node in nodes(blocks) if node.get("type") in MENTIONS),
        *(mistake for node in nodes(blocks) for mistake in _text_object_mistakes(node)),
    ]


def nodes(value: Any) -> Iterator[Json]:
    """Yield every dictionary in the blocks, in reading order."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def _text_mistakes(text: str) -> Iterator[str]:
    if not text.strip():
        yield "no fallback text"
    if len(text) > 4_000:
        yield "fallback text over 4,000 characters"
    if LIVE_TOKEN.search(text):
        yield f"live token in the fallback text: {LIVE_TOKEN.search(text)}"


def _quiet_mistakes(method: str, message: Json) -> Iterator[str]:
    expected = QUIET if method == "chat.update" else QUIET | {"unfurl_links": False, "unfurl_media": False}
    for name, value in expected.items():
        if message.get(name) != value:
            yield f"{name} is {message.get(name)!r}"


def _model_mistakes(blocks: list[Json]) -> Iterator[str]:
    try:
        parsed = Block.parse_all(blocks)
        for block in parsed:
            block.validate_json()
    except SlackObjectFormationError as error:
        yield str(error)
        return
    if len(parsed) != len(blocks) or any(type(block) is Block for block in parsed):
        yield "a block of no known type"


def _limit_mistakes(blocks: list[Json]) -> Iterator[str]:
    if len(blocks) > 50:
        yield "more than 50 blocks"
    for kind in ("block_id", "action_id"):
        ids = [node[kind] for node in nodes(blocks) if kind in node]
        if len(ids) != len(set(ids)) or any(len(value) > 255 for value in ids):
            yield f"{kind} repeated or too long"
    tables = [block for block in blocks if block["type"] == "table"]
    if len(tables) > 1:
        yield "more than one table"
    for table in tables:
        if len(table["rows"]) > 100 or any(len(row) > 20 for row in table["rows"]):
            yield "table over 100 rows or 20 columns"


def _text_object_mistakes(node: Json) -> Iterator[str]:
    if node.get("type") == "button" and not 1 <= len(node["text"]["text"]) <= 75:
        yield "button text empty or over 75 characters"
    if node.get("type") == "button" and not 1 <= len(node["value"]) <= 2_000:
        yield "button value empty or over 2,000 characters"
    if node.get("type") in {"plain_text", "mrkdwn"}:
        if LIVE_TOKEN.search(node["text"]):
            yield "live token in a text object"
        if not 1 <= len(node["text"]) <= 3_000:
            yield "text object empty or over 3,000 characters"
    if node.get("type") == "text" and not 1 <= len(node["text"]) <= 3_000:
        yield "rich text empty or over 3,000 characters"
