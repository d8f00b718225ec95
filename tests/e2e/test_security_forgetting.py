"""S17: after /forget_me nothing in the database file or the log leads back to a chat; others keep theirs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.e2e.test_process import slack_settings, telegram_settings
from tests.e2e.test_security_process import PATIENCE_SECONDS, started
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.payloads import DIRECT
from tests.fakes.telegram import Chat, FakeTelegram, User

ALICE, BOB = 987_654_321_012, 987_654_321_099
TOPIC, QUESTION = "固态变压器出海", "只有我会问的问题"


def holds(path: Path, word: bytes) -> bool:
    return word in path.read_bytes()


async def settled(path: Path, word: bytes) -> None:
    """Wait until the database file has lost a word: an event is forgotten just after its answer."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while holds(path, word):  # noqa: ASYNC110 -- a file tells nobody that it changed
            await asyncio.sleep(0.01)


async def test_forgetting_leaves_no_trace_of_a_person_on_telegram(
    settings: dict[str, str], tmp_path: Path
) -> None:
    kept = tmp_path / "state.sqlite"
    alice, bob = (Chat(each, "private") for each in (ALICE, BOB))
    async with FakeTelegram() as telegram:
        telegram.state.chats |= {str(chat.id): chat for chat in (alice, bob)}
        async with started({**settings, **telegram_settings(telegram)}) as bot:
            await bot.printed(" ready ")
            for text in (f"订阅 {TOPIC}", QUESTION):
                for chat in (alice, bob):
                    await telegram.message(text, chat=chat, user=User(chat.id))
                    await telegram.sent()
            assert str(ALICE).encode() in kept.read_bytes()
            await telegram.message("/forget_me confirm", chat=alice, user=User(ALICE))
            assert "删除" in (await telegram.sent()).text
            await settled(kept, str(ALICE).encode())
            await telegram.message("我的订阅", chat=bob, user=User(BOB))
            assert TOPIC in (await telegram.sent()).text
            printed = await bot.end()
    assert QUESTION.encode() not in kept.read_bytes()
    assert str(ALICE) not in printed
    assert TOPIC not in printed
    assert QUESTION not in printed


async def test_forgetting_leaves_no_trace_of_a_person_on_slack(
    settings: dict[str, str], tmp_path: Path
) -> None:
    kept = tmp_path / "state.sqlite"
    async with FakeSlack() as slack:
        async with started({**settings, **slack_settings(slack)}) as bot:
            await bot.printed(" ready ")
            for text in (f"订阅 {TOPIC}", QUESTION):
                await slack.direct(text)
                await slack.posted()
            assert DIRECT.encode() in kept.read_bytes()
            await slack.direct("/forget_me confirm")
            assert "删除" in (await slack.posted()).visible
            await settled(kept, DIRECT.encode())
            printed = await bot.end()
    for trace in (TOPIC, QUESTION, "1700000000."):
        assert trace.encode() not in kept.read_bytes()
    assert DIRECT not in printed
