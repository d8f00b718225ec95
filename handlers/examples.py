"""Questions that the library at hand can answer, for whoever does not know what to ask."""

from __future__ import annotations

from itertools import islice

from handlers.command import Command, Context
from handlers.errors import UserError
from handlers.ports import Library
from handlers.reply import Button
from handlers.request import Language
from handlers.texts import about as texts
from handlers.texts import common, label, say
from handlers.topics import popular_topics, topic_name
from knowledge.model import Citation, Kind, Metric, Topic

EXAMPLES = 3
_ARTICLES_READ = 40
_FIGURES_TRIED = 6
_QUESTION_WIDTH = 24


def example_questions(library: Library, language: Language) -> tuple[str, ...]:
    """Return up to three: a figure of the newest issue turned into a question, its topics, its titles."""
    topics = tuple(topic for topic, _ in popular_topics(library, EXAMPLES))
    names = (topic_name(topic, language) for topic in topics)
    wanted = (
        *_figure_question(library, topics, language),
        *(name for name in names if library.answer(name, limit=1).total),
        *(one.title for one in _newest_articles(library) if 0 < len(one.title) <= _QUESTION_WIDTH),
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


def _figure_question(library: Library, topics: tuple[Topic, ...], language: Language) -> tuple[str, ...]:
    """Return one question that finds its figure again; few are tried, for each costs a search."""
    if language is Language.EN:  # subjects and indicators are kept in the words of the digest
        return ()
    names = tuple(name for topic in topics for name in (topic.name, *topic.aliases))
    figures = (m for one in _newest_articles(library) for m in library.metrics(one.article_id))
    telling = [metric for metric in figures if _is_telling(metric, names)]
    found = (_question(metric) for metric in telling[:_FIGURES_TRIED] if _finds(library, metric))
    return tuple(islice(found, 1))


def _is_telling(metric: Metric, names: tuple[str, ...]) -> bool:
    """Tell whether a figure is a fact that its article's title or a popular topic is about."""
    title = metric.citation.title.replace(" ", "")
    is_fact = metric.kind is Kind.LEVEL and not metric.forecast and bool(metric.subject)
    is_central = metric.indicator in title or any(name in metric.indicator for name in names)
    return is_fact and is_central and len(_question(metric)) <= _QUESTION_WIDTH


def _question(metric: Metric) -> str:
    return label(texts.HOW_MUCH, Language.ZH, subject=metric.subject, indicator=metric.indicator)


def _finds(library: Library, metric: Metric) -> bool:
    found = library.answer(_question(metric), limit=1).metrics
    return bool(found) and found[0].metric.id == metric.id


def _newest_articles(library: Library) -> tuple[Citation, ...]:
    issue = next(iter(library.issues()), None)
    return library.contents(issue.id)[:_ARTICLES_READ] if issue else ()
