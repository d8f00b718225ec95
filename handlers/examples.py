"""Questions that the library at hand can answer, for whoever does not know what to ask."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.ports import Library
from handlers.reply import Button
from handlers.request import Language
from handlers.texts import about as texts
from handlers.texts import common, label, say
from handlers.topics import popular_topics, topic_name
from knowledge.model import Kind, Metric

EXAMPLES = 3
_ARTICLES_TRIED = 8
_QUESTION_WIDTH = 24


def example_questions(library: Library, language: Language) -> tuple[str, ...]:
    """Return up to three: a printed figure turned into a question, then topics of the newest issue."""
    wanted = (*_figure_question(library, language), *_topic_questions(library, language))
    return tuple(dict.fromkeys(wanted))[:EXAMPLES]


def example_buttons(context: Context) -> tuple[Button, ...]:
    """Return questions that the library answers, as buttons."""
    questions = example_questions(context.library, context.language)
    return tuple(Button(question, f"search {question}") for question in questions)


def missing_argument(context: Context, command: Command) -> UserError:
    """Return the error of a command that was sent without what it works on."""
    usage = command.usage.in_language(context.language)
    return UserError(say(common.MISSING_ARGUMENT, context.language, usage=usage), example_buttons(context))


def _topic_questions(library: Library, language: Language) -> list[str]:
    names = (topic_name(topic, language) for topic, _ in popular_topics(library, EXAMPLES))
    return [name for name in names if library.answer(name, limit=1).total]


def _figure_question(library: Library, language: Language) -> tuple[str, ...]:
    if language is Language.EN:  # subjects and indicators are kept in the words of the digest
        return ()
    questions = ((_question(metric), metric) for metric in _newest_figures(library))
    found = (question for question, metric in questions if _finds(library, question, metric))
    return tuple(question for question in [next(found, "")] if question)


def _question(metric: Metric) -> str:
    return label(texts.HOW_MUCH, Language.ZH, subject=metric.subject, indicator=metric.indicator)


def _finds(library: Library, question: str, metric: Metric) -> bool:
    if len(question) > _QUESTION_WIDTH:
        return False
    found = library.answer(question, limit=1).metrics
    return bool(found) and found[0].metric.id == metric.id


def _newest_figures(library: Library) -> Iterator[Metric]:
    for issue in library.issues()[:1]:
        for citation in library.contents(issue.id)[:_ARTICLES_TRIED]:
            for metric in library.metrics(citation.article_id):
                if metric.kind is Kind.LEVEL and metric.subject and not metric.forecast:
                    yield metric
