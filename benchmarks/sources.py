"""How long a round over many feeds takes, and that the second one transfers nothing again."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from html import escape

from benchmarks.children import CHECKOUT, in_checkout
from benchmarks.corpus import MEDIUM, Document
from benchmarks.polling import NOW
from benchmarks.report import Row
from benchmarks.tree import peaks
from benchmarks.workspace import Workspace
from tests.fakes.site import Site, opened_site

FEEDS, QUICK_FEEDS = 1_000, 50
ITEMS = 50
APART = timedelta(hours=6)
"""A feed tells the news of the last days."""
_HEAD = "<title>快讯{number}</title><link>https://feeds.example/{number}</link>"


def run(work: Workspace, *, quick: bool) -> Iterator[Row]:
    """Measure two rounds over feeds of fifty items each, served on this machine, without pauses."""
    feeds = QUICK_FEEDS if quick else FEEDS
    documents = work.some_documents(MEDIUM, feeds + ITEMS)
    bodies = [_feed(number, documents[number : number + ITEMS]) for number in range(feeds)]
    yield from asyncio.run(_rounds(bodies))


async def _rounds(bodies: list[bytes]) -> list[Row]:
    async with opened_site() as site, _poller(site.url, len(bodies)) as poller:
        site.pages = {f"/{number}": body for number, body in enumerate(bodies)}
        return [await _round(name, poller, site, len(bodies)) for name in ("first round", "second round")]


@asynccontextmanager
async def _poller(url: str, feeds: int) -> AsyncIterator[Process]:
    """Start the process that looks at the feeds."""
    command = (sys.executable, "-m", "benchmarks.polling", url, str(feeds))
    poller = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, cwd=CHECKOUT, env=in_checkout()
    )
    try:
        yield poller
    finally:
        await poller.communicate(b"")  # which closes its input


async def _round(name: str, poller: Process, site: Site, feeds: int) -> Row:
    asked, transferred = sum(site.asked.values()), sum(site.bodies.values())
    said = json.loads(await _answer(poller))
    figures = {
        "seconds": said["seconds"],
        "feeds/s": feeds / said["seconds"],
        "items new": said["items new"],
        "requests": sum(site.asked.values()) - asked,
        "bodies transferred": sum(site.bodies.values()) - transferred,
        "failed": said["troubles"],
        "poller MiB": said["poller MiB"],
        "reader MiB": max(peaks(poller.pid), default=0.0),
    }
    return Row("feeds", f"hangxun, {name} over {feeds:,} feeds of {ITEMS} items", figures)


async def _answer(poller: Process) -> bytes:
    if poller.stdin is None or poller.stdout is None:
        raise RuntimeError("a child without pipes")
    poller.stdin.write(os.linesep.encode())
    return await poller.stdout.readline()


def _feed(number: int, documents: list[Document]) -> bytes:
    items = "".join(
        f"<item><title>{escape(each.title)}</title><guid>{each.id}</guid>"
        f"<pubDate>{NOW - place * APART:%a, %d %b %Y %H:%M:%S} +0000</pubDate>"
        f"<description>{escape(each.text[:400])}</description></item>"
        for place, each in enumerate(documents)
    )
    head = _HEAD.format(number=number)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
