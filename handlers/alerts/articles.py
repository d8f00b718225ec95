"""The articles of an alert, by topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from handlers.alerts.alert import AlertEntry
from handlers.citations import joined
from handlers.clip import clip, highlighted_text
from handlers.listing import Entry, article_items, issue_notice, same_news, shared_issue
from handlers.reply import Block, Button, Heading, Text
from handlers.request import Language
from handlers.texts import alerts as texts
from handlers.texts import label
from handlers.topics import topic_name
from knowledge.model import Topic, TopicMatch

ARTICLES_SHOWN = 10
_LEAD = 56
_TOPIC_WIDTH = 80
_ALSO_SHOWN, _ALSO_WIDTH = 3, 20
_NO_LEAD = Text("")


def article_entries(found: Iterable[tuple[Topic, tuple[TopicMatch, ...]]]) -> tuple[AlertEntry, ...]:
    """Return each article once, under the first topic that it was found for."""
    entries: dict[str, AlertEntry] = {}
    for topic, matches in found:
        for match in matches:
            known = entries.get(match.citation.article_id)
            entry = replace(known, also=(*known.also, topic)) if known else AlertEntry(topic, match)
            entries[match.citation.article_id] = entry
    return tuple(entries.values())


def shown_articles(entries: tuple[AlertEntry, ...]) -> tuple[AlertEntry, ...]:
    """Choose the first ten with each topic in its turn, and keep them in the order of the alert."""
    counts: Counter[str] = Counter()
    turns: list[tuple[int, int]] = []
    for position, entry in enumerate(entries):
        turns.append((counts[entry.topic.name], position))
        counts[entry.topic.name] += 1
    chosen = sorted(position for _, position in sorted(turns)[:ARTICLES_SHOWN])
    return tuple(entries[position] for position in chosen)


def article_blocks(shown: tuple[AlertEntry, ...], language: Language, first: int) -> Iterator[Block]:
    """Yield the articles under their topics, numbered from `first`, and the issue that all are of."""
    shared = shared_issue(entry.match.citation for entry in shown)
    for topic, group in groupby(shown, key=lambda entry: entry.topic):
        opening, *rest = group
        entries = [_listed(opening, language, _lead(opening)), *(_listed(entry, language) for entry in rest)]
        yield Heading(Text(clip(topic_name(topic, language), _TOPIC_WIDTH)))
        yield article_items(entries, language, first, shared)
        first += len(entries)
    yield from issue_notice(shared, language)


def read_buttons(articles: Sequence[str], figures: int, language: Language) -> Iterator[Button]:
    """Yield the buttons that open the articles, numbered as they are listed; the `figures` come first.

    Of figures from the same article only the first has one.
    """
    for number, article in enumerate(articles, 1):
        if number > figures or article not in articles[: number - 1]:
            yield Button(label(texts.READ, language, number=number), f"article {article}")


def _lead(entry: AlertEntry) -> Text:
    """Return the best sentence, which only the first article of a topic shows: the alert fits a screen."""
    return highlighted_text(entry.match.lead, _LEAD)


def _listed(entry: AlertEntry, language: Language, lead: Text = _NO_LEAD) -> Entry:
    return Entry(
        entry.match.citation, lead, joined(_also(entry, language), same_news(entry.repeats, language))
    )


def _also(entry: AlertEntry, language: Language) -> str:
    names = (clip(topic_name(topic, language), _ALSO_WIDTH) for topic in entry.also[:_ALSO_SHOWN])
    quoted = "".join(label(texts.QUOTED, language, topic=name) for name in names)
    return label(texts.ALSO, language, topics=quoted) if quoted else ""
