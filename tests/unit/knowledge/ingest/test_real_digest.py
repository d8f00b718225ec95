"""The real digest, where it is at hand: every article, whole, once, in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.ingest import Source, read_source
from knowledge.model import Article

CORPUS = Path(__file__).parents[4] / "../shared/corpus/xinxi-chanye-2021-12.txt"
SECTIONS = ("产业环境", "运营竞争", "技术情报", "企业情报", "海外借鉴")
CONTENTS_LINE = re.compile(r"(?:- )?(.+?)[ .\t]+(\d+)")

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the real digest is not at hand")


def read() -> tuple[Source, tuple[Article, ...]]:
    source = read_source(CORPUS, name=CORPUS.name)
    return source, tuple(source.articles)


def printed_lines() -> list[str]:
    return [line.strip() for line in CORPUS.read_text(encoding="utf-8").splitlines() if line.strip()]


def printed_contents() -> list[tuple[str, str, int]]:
    """Section, title and page of each article, from the contents by a plain pattern of the test's own."""
    section, rows = "", []
    for line in printed_lines()[: body_start()]:
        if match := CONTENTS_LINE.fullmatch(line):
            if match[1] in SECTIONS:
                section = match[1]
            else:
                rows.append((section, match[1], int(match[2])))
    return rows


def body_start() -> int:
    return printed_lines().index(SECTIONS[0])


def bare(text: str) -> str:
    return "".join(text.split())


def test_forty_articles_stand_in_the_sections_pages_and_order_of_the_contents() -> None:
    _, articles = read()
    assert len(articles) == 40
    assert [(a.section, a.title, a.page) for a in articles] == printed_contents()


def test_every_title_is_found_so_that_nothing_is_noted() -> None:
    assert read()[0].notes == ()


def test_the_issue_has_the_title_of_its_cover_and_the_month_of_its_name() -> None:
    (issue,) = read()[0].issues
    assert issue.title == "行业信息监测与市场分析之信息产业篇"
    assert issue.published is not None
    assert (issue.published.year, issue.published.month) == (2021, 12)


def test_no_text_is_lost_or_doubled() -> None:
    _, articles = read()
    text = bare("".join(printed_lines()[body_start() :]))
    for article in articles:
        body = bare("".join(block.text for block in article.blocks))
        before, found, text = text.partition(body)
        assert found
        # What stands between two bodies is a title, and a section where a new one begins.
        assert len(before) <= len(bare(article.title)) + len(article.section)
    assert text == ""


def test_every_paragraph_ends_as_a_sentence_does() -> None:
    ends = "。！？：…”"
    open_ended = [text for article in read()[1] for text in article.paragraphs if text[-1] not in ends]
    # A byline and the credit of a photograph are all that ends otherwise.
    assert len(open_ended) <= 2


def test_ids_are_the_same_however_often_it_is_read() -> None:
    first, second = read()[1], read()[1]
    assert first == second
    assert len({article.id for article in first}) == 40
