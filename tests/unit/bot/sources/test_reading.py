"""What a fetched body says, whatever the server calls it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from bot.errors import FetchError
from bot.sources.reading import BodyReader
from bot.sources.source import UNMARKED, Kind
from bot.sources.web import Fetched

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>港口快讯</title><link>https://a.example/</link>
<item><title>海州港吞吐量增长</title><link>https://a.example/1</link><guid>1</guid>
<pubDate>Mon, 12 Oct 2026 08:00:00 +0800</pubDate>
<description>海州港三季度完成货物吞吐量8640万吨，同比增长7.4%。</description></item>
<item><title>新航线开通</title><link>https://a.example/2</link><guid>2</guid>
<description>海州港新开通四条东南亚航线。</description></item>
</channel></rss>"""
PAGE = """<html><head><title>海州港吞吐量增长</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>
<body><nav>首页 关于</nav><article><h1>海州港吞吐量增长</h1>
<p>海州港集团公布，三季度完成货物吞吐量8640万吨，同比增长7.4%，其中集装箱212万标箱。</p>
<p>集团称，新开通的四条东南亚航线带来了主要增量，内贸煤炭运输则有所回落，全年目标不变。</p>
<p>{more}</p></article></body></html>""".format(
    more="港口方面表示，后续还将增加泊位，并与铁路部门合作开行更多班列。" * 8
)


@pytest.fixture(scope="module")
def bodies() -> Iterator[BodyReader]:
    with closing(BodyReader()) as reader:
        yield reader


def _fetched(text: str, content_type: str, url: str = "https://a.example/news/") -> Fetched:
    return Fetched(url, text.encode(), content_type, UNMARKED)


@pytest.mark.parametrize("content_type", ["application/rss+xml", "text/xml", "text/html", "text/plain", ""])
async def test_a_feed_is_one_by_its_content(content_type: str, bodies: BodyReader) -> None:
    brought = await bodies.read(_fetched(FEED, content_type))
    assert (brought.kind, brought.title) == (Kind.FEED, "港口快讯")
    first, second = brought.items
    assert (first.title, first.published, first.url) == (
        "海州港吞吐量增长",
        date(2026, 10, 12),
        "https://a.example/1",
    )
    assert first.key != second.key
    assert "8640万吨" in first.text


async def test_a_page_is_an_article_and_names_its_feed_by_its_full_address(bodies: BodyReader) -> None:
    brought = await bodies.read(_fetched(PAGE, "text/html"))
    (item,) = brought.items
    assert (brought.kind, item.title, item.url) == (Kind.PAGE, "海州港吞吐量增长", "https://a.example/news/")
    assert "首页" not in item.text
    assert brought.feeds == ("https://a.example/feed.xml",)


@pytest.mark.parametrize("body", ["", "%%not a document%%\0\1", "<html><body></body></html>"])
async def test_what_is_no_document_is_refused_with_a_reason(body: str, bodies: BodyReader) -> None:
    with pytest.raises(FetchError):
        await bodies.read(_fetched(body, "text/html"))
