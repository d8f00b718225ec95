"""The values that knowledge is made of: issues, articles, metrics and what a query finds.

All are frozen. The words are those of docs/architecture.md: an issue has sections, a section has
articles, an article prints metrics.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from knowledge.rules.expression import Expression

Number: TypeAlias = Decimal | tuple[Decimal, Decimal]
"""A figure: one number, or the two ends of a range in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One published digest. `id` is stable across rebuilds; `published` is None where nothing tells it."""

    id: str
    title: str
    published: date | None


class BlockKind(StrEnum):
    """What a piece of an article's body is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """A subheading or a paragraph of an article; `page` is None where the source does not tell it."""

    kind: BlockKind
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something was printed. Every answer carries one."""

    article_id: str
    title: str
    section: str
    page: int | None
    issue: Issue


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an issue. `section` is "" and `page` None where the source has none."""

    id: str
    title: str
    section: str
    page: int | None
    issue: Issue
    blocks: tuple[Block, ...]
    published: date | None = None
    url: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The body without its subheadings."""
        return tuple(block.text for block in self.blocks if block.kind is BlockKind.PARAGRAPH)

    @property
    def subheadings(self) -> tuple[str, ...]:
        """The subheadings in the order in which they are printed."""
        return tuple(block.text for block in self.blocks if block.kind is BlockKind.HEADING)

    @property
    def characters(self) -> int:
        """The length of the body, subheadings included, in characters."""
        return sum(len(block.text) for block in self.blocks)

    @property
    def citation(self) -> Citation:
        """Where this article stands."""
        return Citation(self.id, self.title, self.section, self.page, self.issue)


class Kind(StrEnum):
    """What a metric states about its indicator."""

    LEVEL = "level"
    GROWTH = "growth"
    SHARE = "share"
    CAGR = "cagr"
    RANK = "rank"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as printed (1.21 万亿元) and scaled out of 万, 亿 and 千 (1.21e12 元)."""

    value: Number
    unit: str
    base_value: Number
    base_unit: str


@dataclass(frozen=True, slots=True)
class Period:
    """The time a metric speaks of. For a point in time `start` is None; both are None where none is told."""

    label: str | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure printed in an article, with the sentence that prints it.

    `source` is who states it (IDC, 赛迪顾问), `pattern` the name of the rule that found it.
    """

    id: str
    citation: Citation
    subject: str
    indicator: str
    quantity: Quantity
    period: Period
    kind: Kind
    approx: str | None
    forecast: bool
    sentence: str
    source: str | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Highlighted:
    """A text and the half-open ranges of it that a query matched, in order and not overlapping."""

    value: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found for a query; `words` are the query's words as the article writes them.

    `also` is where else the same news was found.
    """

    article: Article
    score: float
    snippet: Highlighted
    words: tuple[str, ...] = ()
    also: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricHit:
    """A metric found for a question, best first where several are."""

    metric: Metric
    score: float


class Aspect(StrEnum):
    """What a query may name besides the words that it looks for."""

    REGION = "region"
    COMPANY = "company"
    PERIOD = "period"
    SECTION = "section"
    ISSUE = "issue"
    PHRASE = "phrase"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Understood:
    """Something that a query was understood to name; `period` is the time that a PERIOD means."""

    aspect: Aspect
    value: str
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """All that the library has for one query.

    `hits` is one page of the articles, `total` how many there are in all. `metrics` are the figures that
    fit, best first; `wants_figure` tells that the query asks for one, so that it comes before the articles.
    `read_as` is the query that was searched when it is not what was typed; `did_you_mean` are known words
    near a query that found nothing. `understood` is what else the query was seen to name; `as_typed` is the
    query that searches what was typed where `read_as` is set.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    metrics: tuple[MetricHit, ...]
    wants_figure: bool = False
    read_as: str | None = None
    did_you_mean: tuple[str, ...] = ()
    understood: tuple[Understood, ...] = ()
    as_typed: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an index holds."""

    issues: int
    articles: int
    metrics: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A name with the other names of the same thing, Chinese and English; a free word has none.

    Of a rule of words `name` is its text.
    """

    name: str
    english: str = ""
    aliases: tuple[str, ...] = ()
    rule: Expression | None = None


@dataclass(frozen=True, slots=True)
class TopicMatch:
    """An article about a topic: the topic's words as the article writes them, and its best sentence."""

    citation: Citation
    words: tuple[str, ...]
    lead: Highlighted
