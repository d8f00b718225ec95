"""How long it takes to match the subscriptions of many chats against the articles of one day."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from benchmarks.chain import Chain
from benchmarks.corpus import SECTIONS, SEED, Document, Size, documents
from benchmarks.report import Row
from benchmarks.workspace import Workspace
from knowledge.about import About
from knowledge.model import Article, Block, BlockKind, Issue, Topic
from knowledge.rules.expression import AnyOf, Expression, Leaf, Not
from knowledge.search.analysis import fold_article
from knowledge.search.folded import FoldedArticle, folded_article
from knowledge.topics import TopicTable, load_topics

NEW, QUICK_NEW = Size(500, 1_500), Size(50, 1_500)
RULES, QUICK_RULES = 5_000, 500
SUBSCRIPTIONS, QUICK_SUBSCRIPTIONS = (10_000, 100_000, 1_000_000), (10_000,)
ALONE = 200
PARAGRAPH = 300
FORMS = (
    "{0}",
    "{0} AND {1}",
    "{0} OR {1}",
    "{0} AND ({1} OR {2}) -{3}",
    "({0} OR {1}) AND ({2} OR {3})",
    "标题:{0} OR ({1} AND {2})",
    '{0} AND "{1}"',
    "{0} AND 栏目:{section} -{1}",
)


@dataclass(frozen=True, slots=True)
class Day:
    """The articles of a day and the rules that chats follow."""

    articles: tuple[FoldedArticle, ...]
    table: TopicTable
    lines: tuple[str, ...]


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure subscriptions matched together, and beside them each for itself by plain search of texts."""
    size, rules = (QUICK_NEW, QUICK_RULES) if quick else (NEW, RULES)
    day = _day(work.chain, size, rules)
    for count in QUICK_SUBSCRIPTIONS if quick else SUBSCRIPTIONS:
        wanted = Random(SEED).choices(day.lines, k=count)
        case = f"{count:,} subscriptions to {rules:,} rules, {size.documents} articles"
        yield Row("matching", f"{case}: together", _measured(_together, day, wanted))
        alone = _measured(_alone, day, wanted[:ALONE])
        figures = {name: figure / ALONE * count for name, figure in alone.items()}
        yield Row("matching", f"{case}: each for itself (from {ALONE})", figures)


def _day(chain: Chain, size: Size, rules: int) -> Day:
    articles = (_article(document) for document in documents(chain, size))
    table = load_topics()
    random = Random(SEED)
    words = sorted({word for _ in range(rules) for word in chain.subjects(random, 3) if len(word) > 1})
    names = [*(topic.name for topic in table.topics), *words]
    lines: dict[str, None] = {}
    while len(lines) < rules:
        section = random.choice(SECTIONS)
        lines[random.choice(FORMS).format(*random.sample(names, 4), section=section)] = None
    return Day(tuple(folded_article(each, fold_article(each)) for each in articles), table, tuple(lines))


def _article(document: Document) -> Article:
    text, issue = document.text, Issue("day", "day", document.published)
    pieces = (text[at : at + PARAGRAPH] for at in range(0, len(text), PARAGRAPH))
    blocks = tuple(Block(BlockKind.PARAGRAPH, piece) for piece in pieces)
    return Article(document.id, document.title, document.section, None, issue, blocks)


def _together(day: Day, wanted: Sequence[str]) -> int:
    """Match each rule once, against all articles, and give each subscription what its rule found."""
    about = About(day.articles, day.table.names_of)
    find = cache(lambda line: about.find(day.table.find(line)))
    return sum(len(find(line)) for line in wanted)


def _alone(day: Day, wanted: Sequence[str]) -> int:
    """Look for the words of each subscription in the text of each article; once is enough."""
    rules = (_rule(day.table.find(line)) for line in wanted)
    return sum(_stands_in(rule, day.table, each.text) for rule in rules for each in day.articles)


def _rule(topic: Topic) -> Expression:
    return topic.rule or Leaf(topic.name)


def _stands_in(rule: Expression, table: TopicTable, text: str) -> bool:
    if isinstance(rule, Leaf):
        return any(name in text for name in table.names_of(rule))
    if isinstance(rule, Not):
        return not _stands_in(rule.child, table, text)
    every = any if isinstance(rule, AnyOf) else all
    return every(_stands_in(child, table, text) for child in rule.children)


def _measured(
    match: Callable[[Day, Sequence[str]], int], day: Day, wanted: Sequence[str]
) -> dict[str, float]:
    started, worked = time.perf_counter(), time.process_time()
    found = match(day, wanted)
    return {
        "seconds": time.perf_counter() - started,
        "CPU seconds": time.process_time() - worked,
        "found": found,
    }
