"""One look at a source: what it fetches, keeps and says of itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.errors import FetchError
from bot.sources.polling import LONGEST_REST, MOST_PAGES, SHORT_TEXT, Poller
from bot.sources.source import UNMARKED, Brought, Kind, Marks, WatchedSource
from bot.sources.spool import Item, Spool
from bot.sources.web import Fetched

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)
FEED = WatchedSource(1, Kind.NEW, "https://a.example/feed", "", NOW)
LONG = "长文" * SHORT_TEXT


class Pages:
    """The web as a table: what an address brings, or the error that it gives."""

    def __init__(self, **pages: Brought | FetchError) -> None:
        self.pages = {f"https://a.example/{name}": page for name, page in pages.items()}
        self.asked: list[str] = []

    async def get(self, url: str, marks: Marks = UNMARKED) -> Fetched:
        self.asked.append(url.rpartition("/")[2])
        found = self.pages.get(url, FetchError("it answered with status 404"))
        if isinstance(found, FetchError):
            raise found
        same = marks.etag == found.title
        return Fetched(url, None if same else url.encode(), "text/xml", Marks(etag=found.title))

    async def read(self, fetched: Fetched) -> Brought:
        page = self.pages[(fetched.body or b"").decode()]
        assert isinstance(page, Brought)
        return page


def _poller(pages: Pages, folder: Path) -> Poller:
    return Poller(pages, pages.read, Spool(folder), EVERY)


def _feed(*items: Item, title: str = "港口快讯") -> Brought:
    return Brought(Kind.FEED, title, items)


def _texts(folder: Path) -> list[str]:
    return sorted(Spool(folder).texts(1).values())


async def test_a_new_address_that_is_a_feed_becomes_one_with_its_title_and_items(tmp_path: Path) -> None:
    pages = Pages(feed=_feed(Item("1", "甲", LONG, date(2026, 11, 1))))
    look = await _poller(pages, tmp_path).look(FEED, NOW)
    assert look.changed == 1
    assert (look.source.kind, look.source.title, look.source.trouble) == (Kind.FEED, "港口快讯", None)
    assert look.source.due_at == NOW + EVERY
    assert _texts(tmp_path) == [LONG]


async def test_a_feed_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    pages = Pages(feed=_feed(Item("1", "甲", LONG)))
    poller = _poller(pages, tmp_path)
    look = await poller.look((await poller.look(FEED, NOW)).source, NOW)
    assert (look.changed, look.source.trouble) == (0, None)


async def test_a_page_that_names_its_feed_is_followed_by_its_feed(tmp_path: Path) -> None:
    home = Brought(Kind.PAGE, "首页", (Item("home", "首页", LONG),), feeds=("https://a.example/feed",))
    look = await _poller(Pages(home=home, feed=_feed(Item("1", "甲", LONG))), tmp_path).look(
        replace(FEED, location="https://a.example/home"), NOW
    )
    assert (look.source.kind, look.source.address) == (Kind.FEED, "https://a.example/feed")


async def test_a_page_without_a_feed_is_an_article_itself(tmp_path: Path) -> None:
    page = Brought(Kind.PAGE, "公告", (Item("https://a.example/page", "公告", LONG),))
    look = await _poller(Pages(page=page), tmp_path).look(
        replace(FEED, location="https://a.example/page"), NOW
    )
    assert (look.source.kind, look.changed, _texts(tmp_path)) == (Kind.PAGE, 1, [LONG])


async def test_an_item_that_is_only_announced_gets_the_text_of_its_page_once(tmp_path: Path) -> None:
    item = Item("1", "甲", "摘要", url="https://a.example/1")
    pages = Pages(feed=_feed(item), **{"1": Brought(Kind.PAGE, "甲", (Item("1", "甲", LONG),))})
    poller = _poller(pages, tmp_path)
    source = (await poller.look(FEED, NOW)).source
    assert _texts(tmp_path) == [LONG]
    again = await poller.look(replace(source, marks=UNMARKED), NOW)
    assert (again.changed, pages.asked.count("1")) == (0, 1)


async def test_an_item_whose_page_cannot_be_had_stays_as_announced(tmp_path: Path) -> None:
    look = await _poller(
        Pages(feed=_feed(Item("1", "甲", "摘要", url="https://a.example/x"))), tmp_path
    ).look(FEED, NOW)
    assert (look.source.trouble, _texts(tmp_path)) == (None, ["摘要"])


async def test_no_look_fetches_more_than_its_share_of_pages(tmp_path: Path) -> None:
    items = [Item(f"{n}", "甲", f"摘要{n}", url=f"https://a.example/{n}") for n in range(MOST_PAGES + 5)]
    pages = Pages(feed=_feed(*items))
    await _poller(pages, tmp_path).look(FEED, NOW)
    assert len(pages.asked) == 1 + MOST_PAGES


async def test_a_source_in_trouble_says_why_and_rests_longer_each_time_up_to_a_day(tmp_path: Path) -> None:
    poller = _poller(Pages(), tmp_path)
    source, rests = FEED, []
    for _ in range(12):
        source = (await poller.look(source, NOW)).source
        rests.append(source.due_at - NOW)
    assert source.trouble == "it answered with status 404"
    assert source.failures == 12
    assert EVERY <= rests[0] <= 2 * EVERY
    assert LONGEST_REST / 2 <= rests[-1] <= LONGEST_REST


async def test_trouble_ends_with_the_first_look_that_works(tmp_path: Path) -> None:
    troubled = replace(FEED, failures=4, trouble="it answered with status 500")
    look = await _poller(Pages(feed=_feed(Item("1", "甲", LONG))), tmp_path).look(troubled, NOW)
    assert (look.source.failures, look.source.trouble, look.source.due_at) == (0, None, NOW + EVERY)


async def test_a_folder_that_is_gone_is_in_trouble(tmp_path: Path) -> None:
    folder = WatchedSource(2, Kind.FOLDER, str(tmp_path / "digests"), "", NOW)
    poller = _poller(Pages(), tmp_path)
    assert (await poller.look(folder, NOW)).source.trouble == "there is no such file or folder"
    (tmp_path / "digests").mkdir()
    assert (await poller.look(folder, NOW)).source.trouble is None
