"""privacy: what is stored, and the button that deletes it."""

from __future__ import annotations

from handlers.command import Command, Context, accept_nothing
from handlers.reply import Button, Heading, Paragraph, Reply, button_row
from handlers.request import Request
from handlers.texts import about as texts
from handlers.texts import commands, label, say


def run(context: Context, request: Request, argument: str) -> Reply:
    """Say what is stored."""
    language = context.language
    missed = texts.PRIVACY_MISSES_KEPT if context.misses.keeps_text else texts.PRIVACY_MISSES
    return Reply(
        (
            Heading(say(texts.PRIVACY_TITLE, language)),
            Paragraph(say(texts.PRIVACY_KEPT, language)),
            Paragraph(say(missed, language)),
            Paragraph(say(texts.PRIVACY_BUTTONS, language)),
            Paragraph(say(texts.PRIVACY_DELETE, language)),
            *button_row(Button(label(texts.DELETE_MY_DATA, language), "forget_me")),
        )
    )


COMMAND = Command(
    name="privacy",
    aliases=("隐私", "隐私政策"),
    summary=commands.PRIVACY_SUMMARY,
    usage=commands.PRIVACY_USAGE,
    run=run,
    accepts=accept_nothing,
)
