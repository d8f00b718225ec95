"""compare: one figure of several regions, companies or years side by side."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.clip import clip
from handlers.command import Command, Context
from handlers.comparison_answer import answer_comparison, nothing_comparable
from handlers.comparisons import MOST_COMPARED, contestants_of, read_compared
from handlers.errors import UserError
from handlers.examples import missing_argument
from handlers.figure_chart import CHART
from handlers.reply import Block, Button, Heading, Reply, button_row
from handlers.request import Request
from handlers.texts import commands, say
from handlers.texts import figures as texts
from knowledge.metrics.comparison import Contestant, shared_indicators
from knowledge.metrics.comparison_question import ComparisonQuestion

_SHOWN = 40
_LABEL = 20
_MOST_CHOICES = 6


def run(context: Context, request: Request, argument: str) -> Reply:
    """Compare what the argument names; `--chart` draws it."""
    text = " ".join(argument.removesuffix(CHART).split())
    if not text:
        raise missing_argument(context, COMMAND)
    question = read_compared(context, text)
    if question.size < 2:
        usage = COMMAND.usage.in_language(context.language)
        raise UserError(say(texts.TOO_FEW, context.language, usage=usage))
    if question.size > MOST_COMPARED:
        raise UserError(say(texts.TOO_MANY, context.language, limit=MOST_COMPARED, count=question.size))
    contestants = contestants_of(context, question)
    if not question.indicator and (which := _which_indicator(context, text, question, contestants)):
        return Reply(which)
    chart = argument.endswith(CHART)
    blocks = answer_comparison(context, text, question, contestants, chart=chart)
    return Reply(blocks or nothing_comparable(context, text, contestants))


COMMAND = Command(
    name="compare",
    aliases=("对比", "比较", "vs"),
    summary=commands.COMPARE_SUMMARY,
    usage=commands.COMPARE_USAGE,
    run=run,
    glued=False,
)


def _which_indicator(
    context: Context, text: str, question: ComparisonQuestion, contestants: Sequence[Contestant]
) -> tuple[Block, ...]:
    """Ask what shall be compared, where subjects are named only and they have several indicators."""
    names = () if question.things else shared_indicators(contestants)[:_MOST_CHOICES]
    choices = (Button(clip(name, _LABEL), f"compare {text} {name}") for name in names)
    heading = Heading(say(texts.WHICH_INDICATOR, context.language))
    return (heading, *button_row(*choices)) if len(names) > 1 else ()
