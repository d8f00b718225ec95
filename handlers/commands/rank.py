"""rank: all regions, or companies, by one figure."""

from __future__ import annotations

from handlers.clip import clip
from handlers.command import Command, Context
from handlers.comparison_answer import answer_ranking
from handlers.errors import UserError
from handlers.examples import missing_argument
from handlers.figure_chart import CHART
from handlers.reply import Button, Reply
from handlers.request import Request
from handlers.texts import commands, label, say
from handlers.texts import figures as texts
from handlers.texts import search as search_texts
from knowledge.metrics.ranking_question import read_ranked

_SHOWN = 40


def run(context: Context, request: Request, argument: str) -> Reply:
    """Rank by what the argument names, an indicator or a question; `--chart` draws it."""
    text = " ".join(argument.removesuffix(CHART).split())
    if not text:
        raise missing_argument(context, COMMAND)
    blocks = answer_ranking(context, read_ranked(text), chart=argument.endswith(CHART))
    if not blocks:
        shown = clip(text, _SHOWN)
        search = Button(label(search_texts.SEARCH_FOR, context.language, query=shown), f"search {text}")
        raise UserError(say(texts.NO_RANKED, context.language, query=shown), (search,))
    return Reply(blocks)


COMMAND = Command(
    name="rank",
    aliases=("排行", "排行榜"),
    summary=commands.RANK_SUMMARY,
    usage=commands.RANK_USAGE,
    run=run,
)
