"""S3, S5, S6 as the whole process shows them: no open port, no secret in any output, one object a line."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.contract.test_http import free_port
from tests.e2e.test_process import slack_settings, telegram_settings
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram, RefusedError
from tests.fakes.telegram.server import post_update

PATIENCE_SECONDS = 30
LISTENING = "0A"
HOOK_SECRET = "marker-of-the-hook_4711"
SIGNING_SECRET = "marker-of-the-signature-4712"


class Process:
    """The bot as its own process, and every line that it prints."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self._reading = asyncio.create_task(self._read())
        self._printed = asyncio.Condition()

    async def printed(self, word: str) -> None:
        """Wait until a line has a word."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._printed:
            await self._printed.wait_for(lambda: any(word in line for line in self.lines))

    async def end(self) -> str:
        """Stop it and return all that it printed."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.process.wait()
            await self._reading
        return "".join(self.lines)

    async def _read(self) -> None:
        assert self.process.stderr
        while line := (await self.process.stderr.readline()).decode():
            async with self._printed:
                self.lines.append(line)
                self._printed.notify_all()


@asynccontextmanager
async def started(settings: dict[str, str]) -> AsyncIterator[Process]:
    process = Process(
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env={**os.environ, **settings},
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            limit=2**24,
        )
    )
    try:
        yield process
    finally:
        await process.end()


def listening(pid: int) -> list[str]:
    """Return the addresses on which a process waits for connections, as the kernel knows them."""
    inodes = set()
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        target = handle.readlink().name if handle.is_symlink() else ""
        if target.startswith("socket:["):
            inodes.add(target[len("socket:[") : -1])
    rows = [
        row.split()
        for table in ("tcp", "tcp6")
        for row in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]
    ]
    return [row[1] for row in rows if row[3] == LISTENING and row[9] in inodes]


pytestmark = pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="needs Linux's /proc")


async def test_the_default_start_with_both_platforms_opens_no_port(settings: dict[str, str]) -> None:
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        async with started({**settings, **telegram_settings(telegram), **slack_settings(slack)}) as bot:
            await bot.printed(" ready ")
            assert listening(bot.process.pid) == []


async def test_the_pages_are_there_where_asked_for_and_on_this_machine_only(settings: dict[str, str]) -> None:
    port = free_port()
    async with FakeTelegram() as telegram:
        asked_for = {**settings, **telegram_settings(telegram), "HANGXUN_HTTP_PORT": str(port)}
        async with started(asked_for) as bot, aiohttp.ClientSession() as session:
            await bot.printed(" ready ")
            assert listening(bot.process.pid) == [f"0100007F:{port:04X}"]
            await telegram.message("5G基站有多少")
            await telegram.sent()
            pages = {}
            for path in ("healthz", "readyz", "metrics"):
                async with session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                    pages[path] = (answer.status, await answer.text())
    assert pages["healthz"] == (200, '{"telegram": "ok"}')
    assert pages["readyz"] == (200, '{"database": "ok", "index": "ok"}')
    status, figures = pages["metrics"]
    assert status == 200
    told = dict(line.rsplit(" ", 1) for line in figures.splitlines() if not line.startswith("#"))
    assert float(told["hangxun_queries_total"]) == 1
    assert float(told['hangxun_deaf_seconds{platform="telegram"}']) < PATIENCE_SECONDS
    assert float(told["hangxun_index_age_seconds"]) > 0
    assert float(told["hangxun_oldest_pending_seconds"]) == 0
    assert telegram.token not in figures


async def test_a_read_only_database_is_not_ready_but_answers(
    settings: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    async with FakeTelegram() as telegram:
        asked_for = {**settings, **telegram_settings(telegram), "HANGXUN_HTTP_PORT": str(port)}
        async with started(asked_for) as bot, aiohttp.ClientSession() as session:
            await bot.printed(" ready ")
            (tmp_path / "state.sqlite").write_bytes(b"no database any more" * 1_000)
            async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                assert answer.status == 503
                assert (await answer.json())["database"] != "ok"
            await telegram.message("5G基站有多少")
            assert "万个" in (await telegram.sent()).text


@pytest.mark.parametrize("form", ["text", "json"])
async def test_no_output_holds_a_secret_even_at_debug(settings: dict[str, str], form: str) -> None:
    port = free_port()
    hook = f"http://127.0.0.1:{port}/telegram"
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        loud = {
            **settings,
            **telegram_settings(telegram),
            "HANGXUN_TELEGRAM_WEBHOOK_URL": hook,
            "HANGXUN_TELEGRAM_WEBHOOK_SECRET": HOOK_SECRET,
            "HANGXUN_SLACK_BOT_TOKEN": slack.bot_token,
            "HANGXUN_SLACK_BASE_URL": slack.base_url,
            "HANGXUN_SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "HANGXUN_HTTP_PORT": str(port),
            "HANGXUN_LOG_LEVEL": "DEBUG",
            "HANGXUN_LOG_FORMAT": form,
        }
        slack.signing_secret, slack.http_mode_url = SIGNING_SECRET, f"http://127.0.0.1:{port}/slack/events"
        async with started(loud) as bot:
            await bot.printed("ready")
            telegram.fail("sendMessage", RefusedError(401, "Unauthorized"))
            slack.fail("chat.postMessage", "invalid_auth")
            for _ in range(2):
                await telegram.message("5G基站\nERROR forged \x1b[2J\u2028\u202e")
                await slack.mention("5G基站\nERROR forged \x1b[2J\u2028\u202e")
            await telegram.sent()
            await slack.posted()
            assert await post_update(hook, b"{}", HOOK_SECRET + "x") == 403
            forged = {"X-Slack-Request-Timestamp": "abc", "X-Slack-Signature": SIGNING_SECRET}
            assert await slack.signed_post('{"token": "a body nobody signed"}', forged) == 401
            printed = await bot.end()
    secrets = (telegram.token, slack.bot_token, HOOK_SECRET, SIGNING_SECRET, "a body nobody signed")
    assert [secret for secret in secrets if secret in printed] == []
    assert "answer not delivered" in printed
    lines = printed.splitlines()
    if form == "json":
        assert all(isinstance(json.loads(line), dict) for line in lines)
    assert not any(line.startswith("ERROR forged") or "\x1b" in line for line in lines)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"HANGXUN_TELEGRAM_TOKEN": "1234567:marker-of-a-wrong-token"}, "HANGXUN_TELEGRAM_TOKEN"),
        (
            {"HANGXUN_SLACK_BOT_TOKEN": "xoxb-marker-wrong", "HANGXUN_SLACK_APP_TOKEN": "xapp-marker-wrong"},
            "HANGXUN_SLACK_BOT_TOKEN",
        ),
        (
            {"HANGXUN_DATABASE_URL": "postgresql+psycopg://me:marker-pass@127.0.0.1:1/x"},
            "HANGXUN_DATABASE_URL",
        ),
    ],
)
async def test_a_start_that_fails_says_why_in_one_line_without_the_secret(
    settings: dict[str, str], wrong: dict[str, str], named: str
) -> None:
    async with FakeTelegram() as telegram, FakeSlack() as slack:
        where = {"HANGXUN_TELEGRAM_BASE_URL": telegram.base_url, "HANGXUN_SLACK_BASE_URL": slack.base_url}
        async with started({**settings, **where, **wrong, "HANGXUN_LOG_LEVEL": "DEBUG"}) as bot:
            async with asyncio.timeout(PATIENCE_SECONDS):
                assert await bot.process.wait() == 1
            printed = await bot.end()
    assert named in printed.splitlines()[-1]
    assert "marker" not in printed
    assert "Traceback" not in printed
