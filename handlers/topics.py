"""Topics as people meet them: their names, the one that a question is about, the popular ones."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from handlers.ports import Library
from handlers.request import Language
from handlers.texts import common, label
from handlers.texts import follow as texts
from knowledge.model import Topic

_ALIASES_SHOWN = 4
_TITLES_READ = 200
_LATIN_WORD = re.compile(r"[a-z0-9]+")


def topic_name(topic: Topic, language: Language) -> str:
    """Return the topic's name in the language, as far as the table has it; 5G is 5G in both."""
    is_translated = language is Language.EN and topic.english and not topic.name.isascii()
    return topic.english if is_translated else topic.name


def aliases_text(topic: Topic, language: Language) -> str:
    """Return `（含 芯片、集成电路……）`, "" for a free word."""
    if not topic.aliases:
        return ""
    more = "……" if len(topic.aliases) > _ALIASES_SHOWN else ""
    aliases = label(common.LIST_COMMA, language).join(topic.aliases[:_ALIASES_SHOWN])
    return label(texts.ALIASES, language, aliases=aliases + more)


def topic_in(library: Library, query: str) -> Topic | None:
    """Return the topic of the table that a question names, by the longest of its names that stands in it."""
    line = _read_line(query)
    named = ((length, topic) for topic in library.topics() if (length := _longest_name(topic, line)))
    return max(named, key=lambda pair: pair[0], default=(0, None))[1]


def popular_topics(library: Library, limit: int) -> tuple[tuple[Topic, int], ...]:
    """Return topics that titles of the newest issue name, each with how many of its articles are about it."""
    issue = next(iter(library.issues()), None)
    if issue is None:
        return ()
    titles = [_read_line(citation.title) for citation in library.contents(issue.id)[:_TITLES_READ]]
    named = Counter(
        {topic: sum(_longest_name(topic, title) > 0 for title in titles) for topic in library.topics()}
    )
    counted = (
        (topic, len(library.about(topic, issue.published))) for topic, _ in (+named).most_common(limit)
    )
    return tuple(sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1]))


@dataclass(frozen=True, slots=True)
class _Line:
    """A folded text and its Latin words."""

    text: str
    words: frozenset[str]


def _read_line(text: str) -> _Line:
    folded = text.casefold()
    return _Line(folded, frozenset(_LATIN_WORD.findall(folded)))


def _longest_name(topic: Topic, line: _Line) -> int:
    """Return the length of the longest name of a topic in a line; a Latin one must be a whole word."""
    names = (name.casefold() for name in (topic.name, topic.english, *topic.aliases))
    return max((len(name) for name in names if _stands_in(name, line)), default=0)


def _stands_in(name: str, line: _Line) -> bool:
    return name in line.words if _LATIN_WORD.fullmatch(name) else name in line.text
