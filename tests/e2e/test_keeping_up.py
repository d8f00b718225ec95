"""A file dropped into a watched folder of the running bot is answered from and alerted, without a restart."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import docx
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bot.__main__ import run
from tests.e2e.test_process import running, slack_settings, telegram_settings
from tests.fakes.logs import log_restored
from tests.fakes.site import opened_site
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

TRIES = 6
T = TypeVar("T")
FONT = "STSong-Light"
FIRST = (
    "码头用电",
    "沿海码头今年更换岸电设备，靠港船舶用电量增长一成。",
    "设备由三家企业提供，明年全部完工。",
)
NEWS = (
    "海州港三季度吞吐量创新高",
    "2099年10月12日",
    "海州港集团公布，三季度完成货物吞吐量8640万吨，同比增长7.4%，其中集装箱212万标箱。",
    "海州港集团称，新开通的四条东南亚航线带来了主要增量，内贸煤炭运输则有所回落。",
)
FEED = """<rss version="2.0"><channel><title>港口快讯</title><link>https://ports.example/</link><item>
<title>海州港新开班列</title><guid>7</guid><pubDate>Mon, 12 Oct 2099 08:00:00 +0800</pubDate>
<description>{text}</description></item></channel></rss>""".format(
    text="海州港与铁路部门新开三条班列，每周发车12列。" * 12
)


Hangxun = Callable[..., tuple[int, str]]


@pytest.fixture
def hangxun(
    watched: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Hangxun]:
    """Run one command line in this process; return its exit code and what it printed."""
    for name, value in watched.items():
        monkeypatch.setenv(name, value)

    def call(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        code = run(list(arguments))
        return code, capsys.readouterr().out

    with log_restored():
        yield call


@pytest.fixture
def watched(tmp_path: Path) -> dict[str, str]:
    """The settings of a bot that watches the folder `digests`, with an index of one article."""
    digests = tmp_path / "digests"
    digests.mkdir()
    (digests / "first.txt").write_text("\n\n".join(FIRST), "utf-8")
    settings = {
        "HANGXUN_INDEX": str(tmp_path / "index"),
        "HANGXUN_DATABASE_URL": f"sqlite:///{tmp_path}/state.sqlite",
        "HANGXUN_SOURCES": str(tmp_path / "spool"),
        "HANGXUN_SOURCES_PRIVATE": "127.0.0.0/8",
        "HANGXUN_SOURCES_PAUSE": "0",
    }
    with pytest.MonkeyPatch.context() as environment, log_restored():
        for name, value in settings.items():
            environment.setenv(name, value)
        assert run(["sources", "add", str(digests)]) == 0
        assert run(["watch", "--once"]) == 0
    return settings


async def test_a_new_pdf_is_answered_and_alerted_on_both_platforms(
    watched: dict[str, str], tmp_path: Path
) -> None:
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        async with running({**watched, **telegram_settings(telegram), **slack_settings(slack)}):
            await slack.connected()
            for line in ("订阅 海州港", "推送时间 即时"):
                await telegram.message(line)
                await telegram.sent()
                await slack.direct(line)
                await slack.posted()
            _print_pdf(tmp_path / "digests" / "news.pdf")
            alerts = ((await _arrives(telegram.sent)).text, (await _arrives(slack.posted)).visible)
            for alert in alerts:
                assert "海州港三季度吞吐量创新高" in alert
            await telegram.message("海州港吞吐量")
            await slack.direct("海州港吞吐量")
            for answer in ((await telegram.sent()).text, (await slack.posted()).visible):
                assert "8640万吨" in answer


async def test_a_feed_added_by_an_admin_in_a_chat_is_read_and_answered_from(watched: dict[str, str]) -> None:
    async with FakeTelegram() as telegram, opened_site(feed=FEED.encode()) as site:
        admins = {"HANGXUN_ADMINS": "telegram:42"}
        async with running({**watched, **admins, **telegram_settings(telegram)}):
            await telegram.message("订阅 海州港")
            await telegram.sent()
            await telegram.message("推送时间 即时")
            await telegram.sent()
            await telegram.message(f"来源 {site.url}/feed")
            assert "已添加来源" in (await telegram.sent()).text
            assert "海州港新开班列" in (await _arrives(telegram.sent)).text
            await telegram.message("来源")
            listed = (await telegram.sent()).text
            assert "港口快讯" in listed
            assert "正常" in listed


async def _arrives(look: Callable[[], Awaitable[T]]) -> T:
    """Wait for a message as often as the fake platform is patient."""
    for _ in range(TRIES):
        with suppress(TimeoutError):
            return await look()
    pytest.fail("nothing came")


def _print_pdf(path: Path) -> None:
    """Print the news as a page, put into the folder at once as a finished copy."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    canvas = Canvas(str(path.with_suffix(".part")))
    top = 780
    for line in NEWS:
        size = 18 if line is NEWS[0] else 11
        for start in range(0, len(line), 40):
            canvas.setFont(FONT, size)
            canvas.drawString(60, top, line[start : start + 40])
            top -= 2 * size
    canvas.save()
    path.with_suffix(".part").replace(path)


def test_a_word_file_in_the_folder_is_found_too(hangxun: Hangxun, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading(NEWS[0], level=1)
    for line in NEWS[2:]:
        document.add_paragraph(line)
    document.save(str(tmp_path / "digests" / "news.docx"))
    assert hangxun("watch", "--once") == (0, "")
    assert NEWS[0] in hangxun("ask", "海州港吞吐量")[1]


def test_sources_are_added_listed_checked_and_removed(hangxun: Hangxun, tmp_path: Path) -> None:
    assert hangxun("sources", "add", str(tmp_path / "digests"))[1].startswith("there already")
    feeds = tmp_path / "feeds.opml"
    outline = '<outline type="rss" text="快讯" xmlUrl="https://feeds.invalid/rss"/>'
    feeds.write_text(f'<opml version="2.0"><body>{outline}</body></opml>', "utf-8")
    assert hangxun("sources", "add", str(feeds)) == (0, "added  https://feeds.invalid/rss\n")
    assert "快讯  https://feeds.invalid/rss  not looked at yet" in hangxun("sources", "list")[1]
    (tmp_path / "digests" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    assert hangxun("watch", "--once")[0] == 0
    code, shown = hangxun("sources", "check")
    assert code == 1
    assert "trouble: feeds.invalid is not a known host" in shown
    assert re.search(r"refused  \S+broken\.pdf: ", shown)
    assert hangxun("sources", "remove", "1") == (
        0,
        "removed 1 sources and 1 files of theirs from the index\n",
    )
    assert "没有找到" in hangxun("ask", "码头用电")[1]
    rows = hangxun("sources", "list", "--json")[1].splitlines()
    assert [json.loads(row)["number"] for row in rows] == [2]


@pytest.mark.parametrize(
    "wrong", ["nowhere", "ftp://a.example/feed", "http://127.0.0.1:1/", "http://10.0.0.1/"]
)
def test_what_is_no_source_is_one_clear_line(
    hangxun: Hangxun, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setenv("HANGXUN_SOURCES_PRIVATE", "")
    assert hangxun("sources", "add", wrong)[0] == 1
    assert hangxun("sources", "remove", "99")[0] == 1
    assert wrong not in hangxun("sources", "list")[1]
