"""All figures of a topic, grouped by what they count: the best of a group whole, the others in a line."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.citations import heading_of, place_line
from handlers.clip import clip_text
from handlers.figure_table import joined_texts, time_text
from handlers.figures import figure_text, quoted_sentence
from handlers.metric_words import metric_title
from handlers.regions import subject_name
from handlers.reply import Item, Text
from handlers.request import Language
from handlers.texts import common, label, say
from handlers.texts import figures as texts
from knowledge.metrics.statements import owner_of, time_key
from knowledge.model import Issue, Kind, Metric

_OTHERS = 5
_SENTENCE = 56
_KINDS = {
    Kind.GROWTH: texts.GROWTH, Kind.CAGR: texts.CAGR, Kind.SHARE: texts.SHARE, Kind.RANK: texts.RANK
}  # fmt: skip


def group_item(group: Sequence[Metric], shared: Issue | None, language: Language) -> Item:
    """Return a group as one entry of a list; an issue that all entries share is left out."""
    best, *others = group
    title = label(common.TITLE, language, title=heading_of(best.citation))
    source = f"{title} {place_line(best.citation, language, with_issue=shared is None)}"
    body = _others(best, others, language) if others else clip_text(quoted_sentence(best), _SENTENCE)
    return Item(metric_title(best, language), Text(source), body)


def _others(best: Metric, others: Sequence[Metric], language: Language) -> Text:
    entries = [_entry(best, metric, language) for metric in others[:_OTHERS]]
    left = len(others) - len(entries)
    more = [say(texts.AND_MORE, language, count=left)] if left else []
    return joined_texts([*entries, *more])


def _entry(best: Metric, metric: Metric, language: Language) -> Text:
    """Say a figure as far as it differs from the best one: whose, of what kind, when."""
    whose = "" if owner_of(metric) == owner_of(best) else subject_name(owner_of(metric), language)
    kind = "" if metric.kind is best.kind else label(_KINDS.get(metric.kind, texts.VALUE), language)
    same_time = time_key(metric.period) in (None, time_key(best.period)) and not metric.forecast
    values = {"whose": " ".join(filter(None, (whose, kind))), "figure": figure_text(metric, language)}
    if same_time:
        return say(texts.ENTRY if values["whose"] else texts.BARE_ENTRY, language, **values)
    message = texts.OTHERWISE_ENTRY if values["whose"] else texts.BARE_DATED_ENTRY
    return say(message, language, source=time_text(metric, language), **values)
