"""series: one figure over time."""

from __future__ import annotations

from handlers.clip import clip
from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.examples import missing_argument
from handlers.figure_chart import CHART
from handlers.reply import Button, Reply
from handlers.request import Request
from handlers.series_answer import answer_series
from handlers.texts import commands, label, say
from handlers.texts import figures as texts
from handlers.texts import search as search_texts

_SHOWN = 40


def run(context: Context, request: Request, argument: str) -> Reply:
    """Show what the argument names over time; `--chart` draws it."""
    text = " ".join(argument.removesuffix(CHART).split())
    if not text:
        raise missing_argument(context, COMMAND)
    blocks = answer_series(context, text, chart=argument.endswith(CHART))
    if not blocks:
        shown = clip(text, _SHOWN)
        search = Button(label(search_texts.SEARCH_FOR, context.language, query=shown), f"search {text}")
        raise UserError(say(texts.NO_SERIES, context.language, query=shown), (search,))
    return Reply(blocks)


COMMAND = Command(
    name="series",
    aliases=("走势", "历年"),
    summary=commands.SERIES_SUMMARY,
    usage=commands.SERIES_USAGE,
    run=run,
)
