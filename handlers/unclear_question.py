"""A question that names whose figure but not which (中国 增速) is asked back, with the best-known ones."""

from __future__ import annotations

from collections import Counter

from handlers.clip import clip
from handlers.command import Context
from handlers.comparisons import MOST_FIGURES
from handlers.regions import subject_name
from handlers.reply import Block, Button, Heading, button_row
from handlers.request import Language
from handlers.texts import figures as texts
from handlers.texts import label, say
from knowledge.metrics.question import Question, read_question
from knowledge.metrics.statements import owner_of
from knowledge.metrics.tables import load_table
from knowledge.metrics.wording import unify
from knowledge.model import Kind, Metric
from knowledge.normalize import fold

_KINDS = {Kind.GROWTH: texts.GROWTH, Kind.CAGR: texts.CAGR, Kind.SHARE: texts.SHARE, Kind.RANK: texts.RANK}
_CHOICES = 5
_LABEL = 20


def unclear_blocks(context: Context, query: str) -> tuple[Block, ...]:
    """Return the question back, nothing where it is clear, one figure goes by its words, or there is one."""
    question = read_question(query, published=None)
    if not question.subjects or not question.text.split() or not _names_nothing(question):
        return ()
    what = _what(question)
    names = _known_names(context, question, what)
    if len(names) < 2 or any(unify(fold(name)) == what for name in names):
        return ()
    owner = subject_name(question.subjects[0], context.language)
    choices = (Button(clip(name, _LABEL), f"search {owner} {name} {what}") for name in names[:_CHOICES])
    more = Button(label(texts.MORE, context.language), f"metric {query}")
    return (
        Heading(say(texts.WHICH_ONE, context.language, what=_shown(question, what, context.language))),
        *button_row(*choices, more),
    )


def _names_nothing(question: Question) -> bool:
    """Tell whether the words name a kind of figure only: 增速, 占比, 规模."""
    vague = {*load_table("questions")["common"]["words"], *load_table("questions")["kinds"]["share"]}
    return all(word in vague for word in question.words) and bool(question.kind or question.words)


def _what(question: Question) -> str:
    """Return the word of the question that is left when its subjects are taken out."""
    kinds = load_table("questions")["kinds"]
    said = (word for word in kinds.get(question.kind or "", ()) if word in question.text)
    return next(said, "") or " ".join(question.words)


def _shown(question: Question, what: str, language: Language) -> str:
    """Return what is asked of, in English by the kind of figure, since the words are Chinese."""
    kind = _KINDS.get(question.kind) if question.kind else None
    return label(kind or texts.VALUE, language).lower() if language is Language.EN else what


def _known_names(context: Context, question: Question, what: str) -> list[str]:
    """Return the indicators of the subject that have such a figure, those with the most figures first."""

    def fits(metric: Metric) -> bool:
        if question.kind:
            return metric.kind is question.kind
        return metric.indicator.endswith(what)

    metrics = [hit.metric for hit in context.library.figures(question.text, limit=MOST_FIGURES)]
    own = [metric for metric in metrics if owner_of(metric) in question.subjects and metric.indicator]
    counts = Counter(metric.indicator for metric in own)
    names = dict.fromkeys(metric.indicator for metric in own if fits(metric))
    return sorted(names, key=lambda name: -counts[name])
