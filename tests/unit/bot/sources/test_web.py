"""One GET over real HTTP: conditional, bounded, and never to an address that was not judged."""

from __future__ import annotations

import gzip

import pytest

from bot.errors import FetchError
from bot.sources.addresses import Allowed, read_allowed
from bot.sources.manners import PoliteWeb
from bot.sources.source import Marks
from bot.sources.web import MOST_BYTES, opened_web
from tests.fakes.site import opened_site

HERE = read_allowed("127.0.0.0/8")


async def test_a_page_comes_back_with_its_marks_and_is_not_transferred_again() -> None:
    async with opened_site(feed=b"<rss/>") as site, opened_web(HERE) as web:
        first = await web.get(f"{site.url}/feed")
        second = await web.get(f"{site.url}/feed", first.marks)
    assert (first.body, second.body) == (b"<rss/>", None)
    assert second.marks == first.marks
    assert site.bodies["/feed"] == 1


async def test_the_new_body_comes_when_the_page_changed() -> None:
    async with opened_site(feed=b"old") as site, opened_web(HERE) as web:
        marks = (await web.get(f"{site.url}/feed")).marks
        site.pages["/feed"] = b"new"
        assert (await web.get(f"{site.url}/feed", marks)).body == b"new"


async def test_this_machine_is_refused_unless_the_operator_allows_it() -> None:
    async with opened_site(feed=b"secret") as site, opened_web(Allowed()) as web:
        with pytest.raises(FetchError, match="not a public address"):
            await web.get(f"{site.url}/feed")
        port = site.url.rsplit(":", 1)[1]
        for host in ("localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1"):
            with pytest.raises(FetchError):
                await web.get(f"http://{host}:{port}/feed")
        assert not site.asked


async def test_a_redirect_to_an_address_that_is_not_allowed_is_not_followed() -> None:
    async with opened_site() as site, opened_web(HERE) as web:
        site.pages["/away"] = ({"Location": "http://169.254.169.254/latest/"}, 302)
        site.pages["/file"] = ({"Location": "file:///etc/passwd"}, 301)
        with pytest.raises(FetchError, match="169"):
            await web.get(f"{site.url}/away")
        with pytest.raises(FetchError, match="http"):
            await web.get(f"{site.url}/file")


async def test_redirects_are_followed_three_times_at_most() -> None:
    async with opened_site(end=b"here") as site, opened_web(HERE) as web:
        for number in range(6):
            to = f"/{number + 1}" if number < 5 else "/end"
            site.pages[f"/{number}"] = ({"Location": to}, 302)
        assert (await web.get(f"{site.url}/3")).url.endswith("/end")
        with pytest.raises(FetchError, match="more than 3"):
            await web.get(f"{site.url}/0")


async def test_a_body_that_is_too_large_is_cut_off_also_when_it_was_packed() -> None:
    bomb = gzip.compress(bytes(MOST_BYTES + 1))
    async with opened_site() as site, opened_web(HERE) as web:
        site.pages["/bomb"] = ({"Content-Encoding": "gzip"}, bomb)
        with pytest.raises(FetchError, match="larger than 20 MB"):
            await web.get(f"{site.url}/bomb")
        site.pages["/large"] = bytes(1000)
        with pytest.raises(FetchError, match="larger"):
            await web.get(f"{site.url}/large", most=999)


async def test_a_status_or_silence_is_one_clear_clause() -> None:
    async with opened_site() as site, opened_web(HERE) as web:
        with pytest.raises(FetchError, match="status 404"):
            await web.get(f"{site.url}/nothing")
    async with opened_web(HERE) as web:
        with pytest.raises(FetchError, match="does not answer"):
            await web.get(site.url)
        with pytest.raises(FetchError, match="not a known host"):
            await web.get("http://no-such-host.invalid/")


class Clock:
    """Time that passes only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waited: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += seconds


async def test_what_robots_txt_forbids_is_not_fetched() -> None:
    robots = b"User-agent: *\nDisallow: /private/\n"
    async with opened_site(feed=b"<rss/>") as site, opened_web(HERE) as web:
        site.pages |= {"/robots.txt": robots, "/private/feed": b"<rss/>"}
        polite = PoliteWeb(web, 0)
        assert (await polite.get(f"{site.url}/feed")).body == b"<rss/>"
        with pytest.raises(FetchError, match=r"robots\.txt"):
            await polite.get(f"{site.url}/private/feed")
        assert site.asked["/private/feed"] == 0
        assert site.asked["/robots.txt"] == 1


async def test_a_site_without_rules_allows_all_and_one_whose_rules_fail_allows_nothing_now() -> None:
    async with opened_site(feed=b"<rss/>") as site, opened_web(HERE) as web:
        assert (await PoliteWeb(web, 0).get(f"{site.url}/feed")).body
        site.pages["/robots.txt"] = 503
        with pytest.raises(FetchError, match=r"robots\.txt cannot be read"):
            await PoliteWeb(web, 0).get(f"{site.url}/feed")


async def test_a_host_is_asked_with_the_pause_that_we_or_it_wants() -> None:
    clock = Clock()
    async with opened_site(feed=b"<rss/>") as site, opened_web(HERE) as web:
        site.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 5\n"
        polite = PoliteWeb(web, 1.0, clock, clock.sleep)
        for _ in range(3):
            await polite.get(f"{site.url}/feed", Marks())
    assert [seconds for seconds in clock.waited if seconds] == [5.0, 5.0]
