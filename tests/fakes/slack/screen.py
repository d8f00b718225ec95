"""What a person sees of a message."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import Any

from bot.slack.render import MAX_ALT, Message, SlackUpload
from handlers.reply import Picture
from tests.fakes.slack.checks import QUIET, mistakes, nodes

Json = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A message as it came: by which method, and what was in it."""

    method: str
    message: Json

    @property
    def visible(self) -> str:
        """Every word of the blocks in reading order, without button labels."""
        blocks = self.message["blocks"]
        return "\n".join(line for block in blocks if block["type"] != "actions" for line in _lines(block))

    @property
    def buttons(self) -> dict[str, Json]:
        """The buttons by their labels."""
        found = (node for node in nodes(self.message["blocks"]) if node.get("type") == "button")
        return {unescape(node["text"]["text"]): node for node in found}


def read_message(message: Message) -> str:
    """Return the words and labels of a message, or what is said of a picture.

    Raises AssertionError where Slack would refuse it.
    """
    if isinstance(message, SlackUpload):
        assert 1 <= len(message.alt) <= MAX_ALT
        assert read_message(message.instead)
        return message.alt if isinstance(message.block, Picture) else ""
    sent = {"text": message.text, "blocks": list(message.blocks), **QUIET}
    assert not mistakes("chat.update", sent), mistakes("chat.update", sent)
    return "\n".join(line for block in message.blocks for line in _lines(block))


def _lines(block: Json) -> list[str]:
    if block["type"] == "rich_text":
        return _rich_lines(block)
    if block["type"] == "table":
        return [" | ".join("".join(_rich_lines(cell)) for cell in row) for row in block["rows"]]
    return [unescape(node["text"]) for node in nodes(block) if node.get("type") == "plain_text"]


def _rich_lines(block: Json) -> list[str]:
    lines = []
    for element in block["elements"]:
        entries = element["elements"] if element["type"] == "rich_text_list" else [element]
        for number, entry in enumerate(entries, element.get("offset", 0) + 1):
            mark = {"ordered": f"{number}. ", "bullet": "• "}.get(element.get("style", ""), "")
            lines.append(mark + "".join(node["text"] for node in entry["elements"]))
    return lines
