"""The whole bot as its own process: index, database, both platforms, alerts, restart."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.store import open_store
from handlers.ports import Settings
from handlers.request import Conversation
from handlers.schedule import daily
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import PRIVATE, FakeTelegram

PATIENCE_SECONDS = 30
ALICE = Conversation("telegram", str(PRIVATE.id))


@asynccontextmanager
async def running(settings: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot until the block ends, then ask it to stop; it must leave politely."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env={**os.environ, **settings}, stderr=asyncio.subprocess.PIPE
    )
    try:
        await _ready(process)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_SECONDS):
            _, rest = await process.communicate()
    assert process.returncode == 0, rest.decode()
    assert b"Traceback" not in rest, rest.decode()


async def _ready(process: asyncio.subprocess.Process) -> None:
    assert process.stderr is not None
    lines = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        while line := (await process.stderr.readline()).decode():
            lines.append(line)
            if " ready " in line:
                return
    pytest.fail("the bot did not start:\n" + "".join(lines))


def telegram_settings(telegram: FakeTelegram) -> dict[str, str]:
    return {"HANGXUN_TELEGRAM_TOKEN": telegram.token, "HANGXUN_TELEGRAM_BASE_URL": telegram.base_url}


def slack_settings(slack: FakeSlack) -> dict[str, str]:
    return {
        "HANGXUN_SLACK_BOT_TOKEN": slack.bot_token,
        "HANGXUN_SLACK_APP_TOKEN": slack.app_token,
        "HANGXUN_SLACK_BASE_URL": slack.base_url,
    }


def make_due(url: str, conversation: Conversation) -> None:
    """Let a chat's alerts have been due a minute ago."""
    store = open_store(url)
    try:
        kept = store.chats.settings(conversation)
        assert kept is not None
        due = datetime.now(UTC) - timedelta(minutes=1)
        store.chats.save_settings(conversation, _due_at(kept, due))
    finally:
        store.close()


def _due_at(settings: Settings, due: datetime) -> Settings:
    return replace(
        settings,
        schedule=daily(due.time()),
        timezone="UTC",
        active_since=due - timedelta(days=1),
    )


async def test_one_process_answers_on_both_platforms(settings: dict[str, str]) -> None:
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        async with running({**settings, **telegram_settings(telegram), **slack_settings(slack)}):
            await slack.connected()
            await telegram.message("5G基站有多少")
            await slack.mention("5G基站有多少")
            for shown in ((await telegram.sent()).text, (await slack.posted()).visible):
                assert "万个" in shown
                assert "第" in shown
                assert "页" in shown


async def test_a_subscriber_gets_the_due_alert_once_over_restarts(settings: dict[str, str]) -> None:
    async with FakeTelegram() as telegram:
        environment = {**settings, **telegram_settings(telegram)}
        async with running(environment):
            await telegram.message("订阅 半导体")
            assert "已订阅 半导体" in (await telegram.sent()).text
        make_due(settings["HANGXUN_DATABASE_URL"], ALICE)
        async with running(environment):
            alert = await telegram.sent()
            assert alert.silent
            assert not alert.preview
            assert "半导体" in alert.text
            await telegram.press(alert, alert.keyboard[0][0][0])
            assert "半导体" in (await telegram.sent()).text
        async with running(environment):
            await telegram.message("我的订阅")
            assert "半导体" in (await telegram.sent()).text
        assert telegram.state.shown.empty()
