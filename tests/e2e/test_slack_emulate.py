"""The Slack adapter against npm `emulate` (vercel-labs, Apache-2.0), a Web API that others wrote.

It knows no Socket Mode, slash commands or buttons: FakeSlack stands before it, adds those and hands every
other call on. The package is installed once into the user's cache; without node, or without the npm
registry, the tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.errors import DeliveryError, Outcome
from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.slack.adapter import Slack, SlackSettings
from handlers.reply import Button, Buttons, Heading, Item, Items, Notice, Paragraph, Quote, Reply, Table, Text
from handlers.request import Conversation, Request
from tests.e2e.media import assert_is_the_chart, full_reply
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.payloads import CHANNEL, event_callback

PACKAGE = "emulate@0.8.0"  # the npm tag `latest` is another, older package
HOME = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "hangxun-tests" / PACKAGE
PROGRAM = HOME / "node_modules" / "emulate" / "dist" / "index.js"
INSTALL_SECONDS = 60
USER_TOKEN = "xoxp-local-wang"
SEED = f"""
slack:
  users:
    - {{name: hangxun, real_name: 行讯}}
    - {{name: wang, real_name: 王伟}}
  strict_scopes: true
  tokens:
    - token: {FakeSlack.bot_token}
      type: bot
      user: hangxun
      scopes: [chat:write, channels:join, channels:history, files:write, files:read, users:read]
    - token: {USER_TOKEN}
      user: wang
      scopes: [chat:write, channels:join, channels:history, files:read]
"""

FULL = Reply(
    (
        Heading(Text("找到 2 篇 <!channel>")),
        Items((Item(Text("题一"), Text("第3页"), Text("摘要 & 更多")), Item(Text("题二")))),
        Quote(Text("“截至10月底，*累计*建成。”")),
        Table(("地区", "规模"), (("河北", "1.21 万亿元"), ("青海", ""))),
        Notice(Text("库中有 1 期")),
        Buttons((Button("下一页", "page 2"),)),
    )
)


@pytest.fixture(scope="module")
def program() -> Path:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("needs node and npm")
    if not PROGRAM.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        command = [
            npm,
            "install",
            "--prefix",
            str(HOME),
            "--no-audit",
            "--no-fund",
            "--fetch-retries=0",
            PACKAGE,
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_SECONDS)
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"npm could not install {PACKAGE}: {type(error).__name__}")
    return PROGRAM


@pytest.fixture(scope="module")
def emulate(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    seed = tmp_path_factory.mktemp("emulate") / "seed.yaml"
    seed.write_text(SEED, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    node = shutil.which("node") or "node"
    command = [node, str(program), "start", "--service", "slack", "--port", str(port), "--seed", str(seed)]
    pipes: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
    }
    with subprocess.Popen(command, text=True, **pipes) as process:
        try:
            output = iter(process.stdout.readline, "") if process.stdout else iter(())
            assert any("Config:" in line for line in output), "emulate ended without serving"
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


class Workspace:
    """The Web API of emulate as a person's client uses it."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self._url = url
        self._http = http

    async def call(self, method: str, token: str = USER_TOKEN, **form: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        async with self._http.post(f"{self._url}/api/{method}", data=form, headers=headers) as answer:
            result: dict[str, Any] = await answer.json()
        assert result["ok"], result
        return result

    async def download(self, url: str) -> bytes:
        headers = {"Authorization": f"Bearer {USER_TOKEN}"}
        async with self._http.get(url, headers=headers) as answer:
            assert answer.status == 200
            return await answer.read()


@pytest.fixture
async def workspace(emulate: str) -> AsyncIterator[Workspace]:
    async with aiohttp.ClientSession() as http:
        workspace = Workspace(emulate, http)
        for token in (USER_TOKEN, FakeSlack.bot_token):
            await workspace.call("conversations.join", token, channel=CHANNEL)
        yield workspace


@pytest.fixture
async def slack(emulate: str) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(upstream=emulate) as fake:
        yield fake


async def respond(request: Request) -> Reply:
    if request.text == "page 2":
        return Reply((Paragraph(Text("第 2 页")),), in_place=True)
    return FULL if request.text == "半导体" else Reply(())


@pytest.fixture
async def platform(slack: FakeSlack, workspace: Workspace) -> AsyncIterator[Slack]:
    settings = SlackSettings(slack.bot_token, slack.app_token, base_url=slack.base_url)
    platform = Slack(settings, Services(Actions(shorten=str, expand=str), HttpServer("127.0.0.1", 0)))
    await platform.start(respond)
    await slack.connected()
    yield platform
    await platform.stop()


async def asked(slack: FakeSlack, workspace: Workspace, text: str) -> str:
    """Let a person mention the bot; return the timestamp of the question."""
    bot = await workspace.call("auth.test", slack.bot_token)
    question = f"<@{bot['user_id']}> {text}"
    ts: str = (await workspace.call("chat.postMessage", channel=CHANNEL, text=question))["ts"]
    event = {"type": "app_mention", "user": "U000000001", "channel": CHANNEL, "text": question, "ts": ts}
    await slack.event(event_callback(event))
    return ts


async def test_an_answer_stands_in_the_thread_and_its_page_turns(
    slack: FakeSlack, workspace: Workspace, platform: Slack
) -> None:
    ts = await asked(slack, workspace, "半导体")
    shown = await slack.posted()
    replies = await workspace.call("conversations.replies", channel=CHANNEL, ts=ts)
    (answer,) = replies["messages"][1:]
    assert [block["type"] for block in answer["blocks"]] == [
        "header",
        "rich_text",
        "rich_text",
        "table",
        "context",
        "actions",
    ]
    assert answer["text"].startswith("找到 2 篇 &lt;!channel&gt;\n1. 题一　第3页\n摘要 &amp; 更多\n2. 题二")

    await slack.press(shown, "下一页")
    await slack.posted()
    replies = await workspace.call("conversations.replies", channel=CHANNEL, ts=ts)
    assert [message["text"] for message in replies["messages"][1:]] == ["第 2 页"]


async def test_an_alert_stands_in_the_channel(
    slack: FakeSlack, workspace: Workspace, platform: Slack
) -> None:
    await platform.send(Conversation("slack", CHANNEL), Reply((Heading(Text("行讯 · 11月24日")),)))
    history = await workspace.call("conversations.history", channel=CHANNEL)
    assert history["messages"][0]["text"] == "行讯 · 11月24日"


async def test_a_chart_and_a_file_are_shared_in_the_thread(
    slack: FakeSlack, workspace: Workspace, platform: Slack
) -> None:
    ts = await asked(slack, workspace, "静")
    await platform.send(Conversation("slack", CHANNEL, thread=ts), full_reply())
    replies = await workspace.call("conversations.replies", channel=CHANNEL, ts=ts)
    _, words, picture, file = replies["messages"]
    assert words["text"].startswith("对比")
    assert [message["files"][0]["name"] for message in (picture, file)] == ["5G_基站.png", "5G_基站.csv"]
    assert_is_the_chart(await workspace.download(picture["files"][0]["url_private"]))


async def test_an_alert_to_no_channel_is_refused_for_good(slack: FakeSlack, platform: Slack) -> None:
    with pytest.raises(DeliveryError, match="channel_not_found") as caught:
        await platform.send(Conversation("slack", "C404"), Reply((Heading(Text("行讯")),)))
    assert caught.value.outcome is Outcome.PERMANENT
