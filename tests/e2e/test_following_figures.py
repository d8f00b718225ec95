"""From following a figure to its alert: digests built one by one, a real database, a clock of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.alerts import deliver_once
from bot.store import Store, open_store
from handlers.command import Context
from handlers.dispatch import dispatch
from handlers.ports import Settings
from handlers.request import Conversation, Language, Request
from handlers.schedule import daily
from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.library import Library
from tests.fakes.outbox import NOW, FakePlatform, HandClock, text_of

ALICE = Conversation("telegram", "1001")
BOB = Conversation("telegram", "1002")


@dataclass
class Newsroom:
    """A team's digests, its index, and the chats that follow figures in it."""

    folder: Path
    store: Store
    clock: HandClock = field(default_factory=lambda: HandClock(NOW - timedelta(hours=2)))

    def publish(self, day: str, *paragraphs: str) -> None:
        """Add a digest of one article and build the index."""
        title = "# 全国冷库建设进展"
        text = "\n\n".join((f"---\ndate: {day}\n---\n\n{title}", *paragraphs))
        (self.folder / "digests" / f"cold-{day}.md").write_text(text + "\n", encoding="utf-8")
        build_index([self.folder / "digests"], self.folder / "index")

    def library(self) -> Library:
        return open_library(self.folder / "index")

    def ask(self, conversation: Conversation, line: str) -> str:
        now = self.clock.now()
        settings = self.store.chats.settings(conversation) or Settings(
            daily(NOW.time()), "UTC", now, language=Language.ZH
        )
        with closing(self.library()) as library:
            context = Context(library, self.store.chats, now, Language.ZH, settings)
            return text_of(dispatch(context, Request("e", conversation, "somebody", line)))

    async def next_morning(self) -> list[tuple[str, str]]:
        """Deliver what is due the next time; return each message with its chat."""
        self.clock.turn(days=1)
        platform = FakePlatform()
        with closing(self.library()) as library:
            clock = HandClock(self.clock.now() + timedelta(hours=2)).clock()
            await deliver_once(self.store, library, {"telegram": platform}, clock)
        return [(conversation.chat, text_of(reply)) for conversation, reply in platform.seen]


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    (tmp_path / "digests").mkdir()
    store = open_store(f"sqlite:///{tmp_path}/hangxun.sqlite")
    room = Newsroom(tmp_path, store)
    room.publish("2026-09-20", "截至2026年8月底，全国冷库总容量达2.1亿立方米，同比增长6.5%。")
    yield room
    store.close()


FIRST = "截至2026年9月底，全国冷库总容量达2.3亿立方米，同比增长7.2%。"
LATER = "截至2026年10月底，全国冷库总容量达2.6亿立方米，同比增长8.8%。"


async def test_a_new_value_is_told_once_and_not_when_it_is_restated(newsroom: Newsroom) -> None:
    answer = newsroom.ask(ALICE, "订阅 指标 冷库总容量")
    assert "现在：2.1 亿立方米" in answer
    assert await newsroom.next_morning() == []
    newsroom.publish("2026-10-20", FIRST)
    [(chat, alert)] = await newsroom.next_morning()
    assert chat == ALICE.chat
    assert "冷库总容量 · 中国　2.3 亿立方米　截至2026年9月底（上次 2.1 亿立方米，截至2026年8月底）" in alert
    assert FIRST in alert
    assert "《全国冷库建设进展》" in alert
    assert await newsroom.next_morning() == []
    newsroom.publish("2026-10-27", "据了解，截至2026年9月底，全国冷库总容量达2.3亿立方米。")
    assert await newsroom.next_morning() == []


async def test_a_revised_value_is_told_as_such(newsroom: Newsroom) -> None:
    newsroom.ask(ALICE, "订阅 指标 冷库总容量")
    newsroom.publish("2026-10-20", "经核定，截至2026年8月底，全国冷库总容量达2.2亿立方米。")
    [(_, alert)] = await newsroom.next_morning()
    assert "2.2 亿立方米　截至2026年8月底（修订，原为 2.1 亿立方米，截至2026年8月底）" in alert
    assert await newsroom.next_morning() == []


async def test_a_corrected_article_is_told_only_where_the_value_changed(newsroom: Newsroom) -> None:
    newsroom.ask(ALICE, "订阅 指标 冷库总容量")
    newsroom.publish("2026-10-20", FIRST)
    assert len(await newsroom.next_morning()) == 1
    newsroom.publish("2026-10-20", FIRST.replace("达", "为"))
    assert await newsroom.next_morning() == []
    newsroom.publish("2026-10-20", FIRST.replace("2.3", "2.4"))
    [(_, alert)] = await newsroom.next_morning()
    assert "2.4 亿立方米" in alert


async def test_a_threshold_is_told_when_it_is_crossed_and_only_then(newsroom: Newsroom) -> None:
    assert "达到“> 2.5亿立方米”时推送" in newsroom.ask(ALICE, "订阅 指标 冷库总容量 > 2.5亿立方米")
    newsroom.ask(BOB, "订阅 冷库总容量超过3亿")
    newsroom.publish("2026-10-20", FIRST)
    assert await newsroom.next_morning() == []
    newsroom.publish("2026-11-20", LATER, "预计2030年全国冷库总容量将达5亿立方米。")
    [(chat, alert)] = await newsroom.next_morning()
    assert chat == ALICE.chat
    assert "2.6 亿立方米　截至2026年10月底（达到“> 2.5亿立方米”，上次 2.3 亿立方米" in alert
    newsroom.publish("2026-12-20", "截至2026年11月底，全国冷库总容量达2.7亿立方米。")
    assert await newsroom.next_morning() == []


async def test_a_growth_below_a_threshold_is_told(newsroom: Newsroom) -> None:
    newsroom.ask(ALICE, "订阅 指标 冷库总容量增速低于5%")
    newsroom.publish("2026-10-20", FIRST.replace("7.2", "4.9"))
    [(_, alert)] = await newsroom.next_morning()
    assert "+4.9%" in alert
    assert "达到“< 5%”，上次 +6.5%" in alert


async def test_figures_and_articles_come_in_one_message(newsroom: Newsroom) -> None:
    newsroom.ask(ALICE, "订阅 冷库")
    newsroom.ask(ALICE, "订阅 指标 冷库总容量")
    newsroom.publish("2026-10-20", FIRST)
    [(_, alert)] = await newsroom.next_morning()
    assert alert.splitlines()[1] == "关注的指标"
    assert "\n冷库\n全国冷库建设进展" in alert


async def test_a_figure_that_was_nowhere_is_told_when_it_appears(newsroom: Newsroom) -> None:
    assert "库里还没有这个数字" in newsroom.ask(ALICE, "订阅 指标 冷藏车保有量")
    newsroom.publish("2026-10-20", "截至2026年9月底，全国冷藏车保有量达48万辆。")
    [(_, alert)] = await newsroom.next_morning()
    assert "冷藏车保有量 · 中国　48 万辆" in alert


async def test_an_english_line_follows_the_same_figure(newsroom: Newsroom) -> None:
    newsroom.publish("2026-09-21", "截至2026年8月底，河北省5G基站达12.5万个。")
    newsroom.ask(ALICE, "subscribe figure Hebei 5G base stations > 150 thousand")
    assert "已经订阅了" in newsroom.ask(ALICE, "订阅 指标 河北 5G基站超过15万")
    newsroom.publish("2026-10-20", "截至2026年9月底，河北省5G基站达15.2万个。")
    [(_, alert)] = await newsroom.next_morning()
    assert "15.2 万个" in alert


async def test_an_old_digest_added_late_is_no_news(newsroom: Newsroom) -> None:
    newsroom.ask(ALICE, "订阅 指标 冷库总容量")
    newsroom.publish("2026-08-20", "截至2026年7月底，全国冷库总容量达1.9亿立方米。")
    assert await newsroom.next_morning() == []


async def test_another_digest_of_the_same_day_is_news(newsroom: Newsroom) -> None:
    newsroom.ask(ALICE, "订阅 指标 冷库总容量")
    newsroom.publish("2026-09-20", "截至2026年8月底，全国冷库总容量达2.1亿立方米。", FIRST)
    assert len(await newsroom.next_morning()) == 1
