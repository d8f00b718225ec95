"""Questions that the library at hand can answer, for whoever does not know what to ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

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
    """Return up to three: a figure of the newest issue turned into a question, its topics, its titles."""
    wanted = (
        *_figure_question(library, language),
        *_topic_questions(library, language),
        *_title_questions(library),
    )
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


def _title_questions(library: Library) -> Iterator[str]:
    for issue in library.issues()[:1]:
        titles = (citation.title for citation in library.contents(issue.id)[:_ARTICLES_TRIED])
        yield from (title for title in titles if 0 < len(title) <= _QUESTION_WIDTH)


def _figure_question(library: Library, language: Language) -> tuple[str, ...]:
    if language is Language.EN:  # subjects and indicators are kept in the words of the digest
        return ()
    found = (_question(metric) for metric in _newest_figures(library) if _finds(library, metric))
    return tuple(islice(found, 1))


def _question(metric: Metric) -> str:
    return label(texts.HOW_MUCH, Language.ZH, subject=metric.subject, indicator=metric.indicator)


def _finds(library: Library, metric: Metric) -> bool:
    found = library.answer(_question(metric), limit=1).metrics
    return bool(found) and found[0].metric.id == metric.id


def _newest_figures(library: Library) -> Iterator[Metric]:
    """Yield the first figure of each article that makes a good question: few, for each costs a search."""
    for issue in library.issues()[:1]:
        for citation in library.contents(issue.id)[:_ARTICLES_TRIED]:
            yield from islice(filter(_is_askable, library.metrics(citation.article_id)), 1)


def _is_askable(metric: Metric) -> bool:
    is_fact = metric.kind is Kind.LEVEL and not metric.forecast
    return is_fact and bool(metric.subject) and len(_question(metric)) <= _QUESTION_WIDTH
