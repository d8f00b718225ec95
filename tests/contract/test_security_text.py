"""S7, S8, S9: ten thousand hostile strings as titles, topics, questions; none comes alive or is refused."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from bot.slack.render import SlackMessage, SlackUpload
from bot.slack.render import render as render_slack
from bot.telegram.render import TelegramMessage
from bot.telegram.render import render as render_telegram
from handlers.reply import (
    Button,
    Buttons,
    Copy,
    File,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Reply,
    Text,
)
from handlers.request import Language
from tests.contract.renderers import shorten
from tests.fakes.slack.screen import read_message as read_slack_message
from tests.fakes.telegram.screen import read_message

STRINGS, SOME = 10_000, 500
PIECES = (
    "<!channel>", "<!here>", "<!everyone>", "<!subteam^S1>", "<!subteam^S1|@team>", "<@U1>", "<#C1|x>",
    "<https://evil.example|工信部>", "<mailto:a@b.example>", "@channel", "@here", "@everyone",
    "&lt;!here&gt;", "&amp;lt;", "<b>", "</b>", "</a>", "<a href='https://evil.example'>", "<tg-spoiler>",
    "<pre><code>",
    "*粗*", "_斜_", "~删~", "`码`", "```", "[名](https://evil.example)", "||x||", "\\", "\u202e", "\u2066",
    "\u200b", "\ufeff", "\u200f", "\x00", "\x1b[31m", "\ud800", "\udfff", "😀", "👨‍👩‍👧", "🇨🇳", "é", "\u0301",
    "半导体", "5G基站", "，", "。", " ", "\n", "\u2028", "\t", "&", "<", ">", '"', "'", "tg://user?id=1",
    "javascript:alert(1)", "slack://x", "-", "1.2亿元",
)  # fmt: skip
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")


def strings() -> list[str]:
    """Return the same ten thousand strings in every run, the longest first."""
    dice = random.Random(20261123)
    long = [*("汉" * units for units in (4_095, 4_096, 4_097)), "😀" * 2_048, "<" * 4_096, "</a>" * 1_024]
    return long + ["".join(dice.choices(PIECES, k=dice.randint(1, 8))) for _ in range(STRINGS - len(long))]


def replies() -> Iterator[Reply]:
    """Put every text where a title, a topic or a question can stand: nine in a reply, all at a time."""
    texts = iter(strings())
    while len(nine := list(islice(texts, 9))) == 9:
        words = [Text(text) for text in nine]
        items = Items((Item(*words[3:6]),), first=1)
        buttons = Buttons((Button(nine[7], nine[8]),))
        yield Reply(
            (Heading(words[0]), Paragraph(words[1]), Quote(words[2]), items, Notice(words[6]), buttons)
        )


def test_telegram_takes_ten_thousand_hostile_strings_and_none_becomes_a_link() -> None:
    for reply in replies():
        for message in render_telegram(reply, shorten):
            assert isinstance(message, TelegramMessage)
            assert not BIDI & set(read_message(message))
            assert "<a " not in message.html
            assert "<tg-spoiler>" not in message.html
            assert len(message.plain.encode("utf-16-le")) // 2 <= 4_096


def test_slack_takes_ten_thousand_hostile_strings_and_none_becomes_a_mention_or_a_link() -> None:
    for reply in replies():
        for message in render_slack(reply, shorten, Language.ZH):
            assert isinstance(message, SlackMessage)
            assert not BIDI & set(read_slack_message(message))
            assert "<" not in message.text
            written = json.dumps(message.blocks)
            assert '"link"' not in written
            assert '"mrkdwn"' not in written
            assert not any("<" in json.dumps(shown_plainly(block)) for block in message.blocks)


def test_slack_is_told_nothing_hidden_in_a_frame_or_beside_a_picture_or_a_file() -> None:
    for text in strings()[:SOME]:
        words = Text(f"图{text}")
        files = Picture("<svg/>", "chart", words), File(b"a", "figures.csv", words)
        for message in render_slack(
            Reply((Buttons((Copy("引用", f"引{text}"),)), *files)), shorten, Language.ZH
        ):
            said = (
                f"{message.alt}{message.instead.text}" if isinstance(message, SlackUpload) else message.text
            )
            assert not BIDI & {*said, *read_slack_message(message)}


def shown_plainly(block: dict[str, Any]) -> object:
    """Return what Slack reads entities in: not rich text, and of a button its label but not its action."""
    if block["type"] == "actions":
        return [element["text"] for element in block["elements"]]
    return None if block["type"] == "rich_text" else block
