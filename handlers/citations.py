"""Where something was printed, in one line: every answer carries article, section, page, issue and date."""

from __future__ import annotations

from handlers.clip import clip
from handlers.dates import full_date
from handlers.reply import Style, Text, compose, styled
from handlers.request import Language
from handlers.texts import common, label
from knowledge.model import Citation, Issue

_TITLE_WIDTH = 60
_ISSUE_WIDTH = 24
SEPARATOR = " · "


def place_line(citation: Citation, language: Language, *more: str, with_issue: bool = True) -> str:
    """Return section · page · issue and date, then whatever else the line shall tell."""
    issue = issue_name(citation.issue, language) if with_issue else ""
    page = label(common.PAGE, language, page=citation.page) if citation.page is not None else ""
    return joined(citation.section, page, issue, *more)


def source_line(citation: Citation, language: Language) -> Text:
    """Return the whole source: 《title》 section · page · issue and date."""
    place = styled(place_line(citation, language), Style.DIM)
    title = label(common.TITLE, language, title=heading_of(citation))
    return compose("{title} {place}", title=title, place=place)


def issue_name(issue: Issue, language: Language) -> str:
    """Return the issue's title and its date, as far as they are known."""
    day = full_date(issue.published, language) if issue.published else ""
    title = clip(issue.title, _ISSUE_WIDTH)
    return title if day in issue.title else joined(title, day)


def heading_of(citation: Citation) -> str:
    """Return the article's title, or its id where the source gives none."""
    return clip(citation.title, _TITLE_WIDTH) or citation.article_id


def joined(*parts: str) -> str:
    """Join the parts that are not empty with a raised dot."""
    return SEPARATOR.join(part for part in parts if part)
