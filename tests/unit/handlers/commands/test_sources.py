"""来源: an admin of the bot keeps up with feeds and pages from a chat."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from handlers.command import Context
from handlers.dispatch import dispatch
from handlers.reply import Reply
from handlers.request import Language, Request
from handlers.watched import Watched
from tests.unit.handlers.desk import HERE, Desk, button, labels, words

FEED = "https://a.example/feed.xml"


@dataclass
class FakeSources:
    kept: list[Watched] = field(default_factory=list)

    def all(self) -> tuple[Watched, ...]:
        return tuple(self.kept)

    def add(self, address: str) -> bool:
        if "127.0.0.1" in address:
            raise ValueError("127.0.0.1 is not a public address")
        if any(each.location == address for each in self.kept):
            return False
        self.kept.append(Watched(len(self.kept) + 1, address, address, looked_at=False, trouble=None))
        return True

    def remove(self, number: int) -> bool:
        before = len(self.kept)
        self.kept = [each for each in self.kept if each.number != number]
        return len(self.kept) < before


@dataclass
class Operator(Desk):
    sources: FakeSources = field(default_factory=FakeSources)
    is_operator: bool = True

    def ask(self, text: str, *, pressed: bool = False, is_private: bool = True) -> Reply:
        request = Request("1", HERE, "boss", text, pressed=pressed, is_operator=self.is_operator)
        return dispatch(self.context(), request)

    def context(self) -> Context:
        return replace(super().context(), sources=self.sources)


@pytest.mark.parametrize(
    "text", [f"来源 {FEED}", f"来源：{FEED}", f"来源 添加 {FEED}", f"/sources {FEED}", f"sources {FEED}"]
)
def test_an_admin_adds_a_source_and_sees_it_in_the_list(text: str) -> None:
    desk = Operator()
    assert f"已添加来源：{FEED}" in words(desk.ask(text))
    listed = words(desk.press(desk.ask(text), "全部来源"))
    assert f"1. {FEED}" in listed
    assert "还没看过" in listed


def test_nobody_else_sees_or_changes_the_sources() -> None:
    desk = Operator(is_operator=False)
    for text in ("来源", f"来源 {FEED}", "来源 移除 1"):
        assert "管理员" in words(desk.ask(text))
    assert desk.sources.kept == []


def test_an_address_that_cannot_be_fetched_is_refused_with_the_reason() -> None:
    refusal = words(Operator().ask("来源 http://127.0.0.1/feed"))
    assert "要写公开的网页或订阅源的完整地址" in refusal
    assert "127.0.0.1 is not a public address" in refusal


def test_a_source_in_trouble_says_why_and_can_be_removed_with_a_button() -> None:
    desk = Operator()
    desk.sources.kept = [
        Watched(3, "港口快讯", FEED, looked_at=True, trouble="it answered with status 500"),
        Watched(4, "行业动态", "https://b.example/", looked_at=True, trouble=None),
    ]
    reply = desk.ask("来源")
    assert "正在看 2 个来源，其中 1 个有问题" in words(reply)
    assert "it answered with status 500" in words(reply)
    assert button(reply, "移除 3").action == "sources remove 3"
    assert "已移除来源 3" in words(desk.press(reply, "移除 3"))
    assert [each.number for each in desk.sources.kept] == [4]
    assert "没有编号为 3 的来源" in words(desk.press(reply, "移除 3"))


def test_many_sources_come_in_pages() -> None:
    desk = Operator()
    for number in range(25):
        desk.sources.add(f"{FEED}?{number}")
    reply = desk.ask("来源")
    assert words(reply).count(FEED) == 10
    assert "11. " in words(desk.press(reply, "下一页"))


def test_a_question_about_sources_of_something_is_a_search() -> None:
    assert "来源" not in labels(Operator().ask("来源于数字经济的增长"))
    assert "正在看" not in words(Operator().ask("来源 数字经济"))


def test_the_list_speaks_english() -> None:
    desk = Operator(language=Language.EN)
    desk.sources.add(FEED)
    assert "Looking at 1 source" in words(desk.ask("sources"))
