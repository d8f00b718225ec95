"""Lists of articles: each entry says where it stands, and an issue that all share is named once below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.citations import heading_of, issue_name, place_line
from handlers.reply import Block, Item, Items, Notice, Text
from handlers.request import Language
from handlers.texts import common, label, say
from handlers.texts import search as texts
from knowledge.model import Citation, Issue

_NO_WORDS = Text("")
_OTHERS_NAMED = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of a list, a few words of it, and what else its line shall tell."""

    citation: Citation
    body: Text = _NO_WORDS
    note: str = ""


def list_articles(entries: tuple[Entry, ...], language: Language, first: int | None) -> tuple[Block, ...]:
    """Return a list numbered from `first` (bullets for None) and the line that names its issue."""
    shared = shared_issue(entry.citation for entry in entries)
    return (article_items(entries, language, first, shared), *issue_notice(shared, language))


def article_items(
    entries: Iterable[Entry], language: Language, first: int | None, shared: Issue | None
) -> Items:
    """Return the entries as items; only an issue that is not shared stands in each."""
    return Items(tuple(_item(entry, language, shared) for entry in entries), first)


def shared_issue(citations: Iterable[Citation]) -> Issue | None:
    """Return the issue that all come from, None where there are several."""
    issues = {citation.issue for citation in citations}
    return issues.pop() if len(issues) == 1 else None


def issue_notice(shared: Issue | None, language: Language) -> tuple[Block, ...]:
    """Return the line that names the issue of all entries, nothing where they share none."""
    return (Notice(say(common.FROM_ISSUE, language, issue=issue_name(shared, language))),) if shared else ()


def same_news(others: Sequence[Citation], language: Language) -> str:
    """Name the articles that tell the same news, the first of them by their titles; "" for none."""
    titles = (label(common.TITLE, language, title=heading_of(other)) for other in others[:_OTHERS_NAMED])
    named = "".join(titles)
    if len(others) > _OTHERS_NAMED:
        named = label(texts.SAME_NEWS_MORE, language, list=named, count=len(others))
    return label(texts.SAME_NEWS, language, list=named) if named else ""


def _item(entry: Entry, language: Language, shared: Issue | None) -> Item:
    place = place_line(entry.citation, language, entry.note, with_issue=shared is None)
    return Item(Text(heading_of(entry.citation)), Text(place), entry.body)
