"""Topics as people meet them: their names, the one that a question is about, the popular ones."""

from __future__ import annotations

import re

from handlers.ports import Library
from handlers.request import Language
from handlers.texts import common, label
from handlers.texts import follow as texts
from knowledge.model import Topic

_ALIASES_SHOWN = 4
_LATIN_WORD = re.compile(r"[a-z0-9]+")


def topic_name(topic: Topic, language: Language) -> str:
    """Return the topic's name in the language, as far as the table has it."""
    return topic.english if language is Language.EN and topic.english else topic.name


def aliases_text(topic: Topic, language: Language) -> str:
    """Return `（含 芯片、集成电路……）`, "" for a free word."""
    if not topic.aliases:
        return ""
    more = "……" if len(topic.aliases) > _ALIASES_SHOWN else ""
    aliases = label(common.LIST_COMMA, language).join(topic.aliases[:_ALIASES_SHOWN])
    return label(texts.ALIASES, language, aliases=aliases + more)


def topic_in(library: Library, query: str) -> Topic | None:
    """Return the topic of the table that a question names, by the longest of its names that stands in it."""
    folded = query.casefold()
    words = set(_LATIN_WORD.findall(folded))
    named = [
        (len(name), topic)
        for topic in library.topics()
        for name in (topic.name, topic.english, *topic.aliases)
        if name and _stands_in(name.casefold(), folded, words)
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def popular_topics(library: Library, limit: int) -> tuple[tuple[Topic, int], ...]:
    """Return the topics with most articles in the newest issue, each with their number."""
    newest = library.issues()[:1]
    counted = [
        (topic, len(library.about(topic, issue.published))) for issue in newest for topic in library.topics()
    ]
    return tuple(sorted((pair for pair in counted if pair[1]), key=lambda pair: -pair[1])[:limit])


def _stands_in(name: str, folded: str, words: set[str]) -> bool:
    """Tell whether a folded name stands in a text; a Latin one must be a whole word (IC is not in price)."""
    return name in words if _LATIN_WORD.fullmatch(name) else name in folded
