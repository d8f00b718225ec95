"""The first message: who speaks, what the library holds, and questions to try."""

from __future__ import annotations

from handlers.citations import issue_name
from handlers.command import Context
from handlers.examples import example_buttons
from handlers.reply import Block, Button, Heading, Notice, Paragraph, Reply, button_row
from handlers.texts import about as texts
from handlers.texts import common, follow, label, say


def greeting(context: Context) -> Reply:
    """Return the greeting, with three questions that the library answers as buttons."""
    language = context.language
    return Reply(
        (
            Heading(say(texts.HELLO, language)),
            Paragraph(say(texts.WHAT_I_DO, language)),
            *_holdings(context),
            *button_row(*example_buttons(context)),
            *button_row(
                Button(label(common.CONTENTS, language), "contents"),
                Button(label(follow.SUBSCRIBE, language), "subscribe"),
                Button(label(common.HELP, language), "help"),
            ),
        )
    )


def _holdings(context: Context) -> tuple[Block, ...]:
    language, counts, issues = context.language, context.library.counts, context.library.issues()
    if not issues:
        return (Notice(say(common.EMPTY_LIBRARY, language)),)
    holdings = say(
        texts.WHAT_I_HOLD,
        language,
        issues=counts.issues,
        articles=f"{counts.articles:,}",
        metrics=f"{counts.metrics:,}",
        newest=issue_name(issues[0], language),
    )
    return (Paragraph(holdings), Notice(say(texts.TRY_THESE, language)))
