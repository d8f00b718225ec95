"""The Slack adapter as a workspace sees it: real slack-bolt over real HTTP and websockets."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import monotonic, time

import pytest

from bot.errors import ConfigError, DeliveryError, Outcome
from bot.http import HttpServer
from bot.platform import Actions, Progress, Services
from bot.slack.adapter import Slack, SlackSettings
from handlers.reply import (
    Button,
    Buttons,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Quote,
    Reply,
    Span,
    Style,
    Table,
    Text,
)
from handlers.request import Conversation, Language, Request
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.slack.payloads import BOT_USER, CHANNEL, DIRECT, TEAM, USER, mention

HOSTILE = "<!channel> <@U1> <https://evil.example|工信部> *_~`@here &lt;!here&gt; \u202e\u200b<b>😀"


@dataclass
class Talk:
    """Answers by table, else repeats the question; a repeated event gets an empty reply."""

    replies: dict[str, Reply] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    wait: asyncio.Event | None = None

    async def respond(self, request: Request) -> Reply:
        repeated = any(earlier.id == request.id for earlier in self.requests)
        self.requests.append(request)
        if self.wait is not None:
            await self.wait.wait()
        if repeated:
            return Reply(())
        return self.replies.get(request.text, Reply((Paragraph(Text(f"答：{request.text}")),)))


def settings_for(slack: FakeSlack) -> SlackSettings:
    return SlackSettings(slack.bot_token, slack.app_token, base_url=slack.base_url)


KEPT = {"token": "search " + "长" * 2_001}
ACTIONS = Actions(shorten=lambda action: "token", expand=KEPT.get)


def services() -> Services:
    return Services(ACTIONS, HttpServer("127.0.0.1", 0))


@asynccontextmanager
async def running(slack: FakeSlack, talk: Talk) -> AsyncIterator[Slack]:
    platform = Slack(settings_for(slack), services())
    await platform.start(talk.respond)
    try:
        await slack.connected()
        yield platform
    finally:
        await platform.stop()


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def talk() -> Talk:
    return Talk()


async def test_a_mention_is_answered_in_its_thread(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        asked = await slack.mention("5G基站有多少")
        answer = await slack.posted()
    assert answer.visible == "答：5G基站有多少"
    assert answer.message["text"] == "答：5G基站有多少"
    assert answer.message["channel"] == CHANNEL
    assert answer.message["thread_ts"] == asked["event"]["ts"]
    (request,) = talk.requests
    assert request.id == asked["event_id"]
    assert request.conversation == Conversation("slack", CHANNEL, team=TEAM)
    assert (request.user, request.is_private, request.pressed) == (USER, False, False)


async def test_a_mention_within_a_thread_is_answered_there(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        await slack.mention("半导体", thread="1600000000.000001")
        assert (await slack.posted()).message["thread_ts"] == "1600000000.000001"


async def test_a_direct_message_is_answered_plainly(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        await slack.direct("订阅 半导体")
        answer = await slack.posted()
    assert answer.message["channel"] == DIRECT
    assert "thread_ts" not in answer.message
    assert talk.requests[0].is_private


async def test_nobody_answers_bots_edits_and_channel_notices(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        await slack.direct("a bot", bot_id="B2")
        await slack.direct("itself", user=BOT_USER)
        await slack.direct("an edit", subtype="message_changed")
        await slack.mention("an edited mention", edited={"user": USER, "ts": "1"})
        await slack.direct("chatter of a channel", channel_type="channel")
        await slack.direct("a question")
        assert (await slack.posted()).visible == "答：a question"
    assert [request.text for request in talk.requests] == ["a question"]


async def test_what_slack_escapes_reaches_the_handlers_as_it_was_typed(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        await slack.mention("AT&amp;T &lt;5%&gt; <https://x.example|x.example> <#C9|general> <!here>")
        await slack.posted()
    assert talk.requests[0].text == "AT&T <5%> x.example general here"


async def test_the_slash_command_is_answered_to_the_asker_only(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        await slack.command("指标 5G基站")
        answer = await slack.posted()
    assert answer.method == "response_url"
    assert answer.message["response_type"] == "ephemeral"
    assert answer.message["replace_original"] is False
    assert answer.visible == "答：指标 5G基站"


async def test_the_slash_command_alone_asks_for_help(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        await slack.command("  ")
        assert (await slack.posted()).visible == "答：help"


def page(number: int, *, in_place: bool) -> Reply:
    following = Buttons((Button("下一页", f"article a1 {number + 1}"), Button("来源", "cite a1")))
    return Reply((Paragraph(Text(f"第 {number} 页")), following), in_place=in_place)


async def test_a_page_turn_changes_the_message(slack: FakeSlack, talk: Talk) -> None:
    talk.replies = {"article a1": page(1, in_place=False), "article a1 2": page(2, in_place=True)}
    async with running(slack, talk):
        await slack.mention("article a1")
        first = await slack.posted()
        await slack.press(first, "下一页")
        second = await slack.posted()
    assert second.method == "chat.update"
    assert second.message["ts"] == first.message["ts"]
    assert second.visible == "第 2 页"
    assert talk.requests[-1].pressed


async def test_another_button_is_answered_in_the_same_thread(slack: FakeSlack, talk: Talk) -> None:
    talk.replies = {"article a1": page(1, in_place=False)}
    async with running(slack, talk):
        asked = await slack.mention("article a1")
        await slack.press(await slack.posted(), "来源")
        answer = await slack.posted()
    assert answer.method == "chat.postMessage"
    assert answer.message["thread_ts"] == asked["event"]["ts"]
    assert answer.visible == "答：cite a1"


async def test_an_action_too_long_for_a_button_comes_back_whole(slack: FakeSlack, talk: Talk) -> None:
    long, lost = Button("长", KEPT["token"]), Button("失", "~lost")
    talk.replies = {"go": Reply((Paragraph(Text("题")), Buttons((long, lost))))}
    async with running(slack, talk):
        await slack.direct("go")
        shown = await slack.posted()
        shown.buttons["失"]["value"] = "~nobody knows it"
        await slack.press(shown, "失")
        await slack.press(shown, "长")
        await slack.posted()
    assert [request.text for request in talk.requests] == ["go", KEPT["token"]]


async def test_one_person_is_answered_in_order(slack: FakeSlack, talk: Talk) -> None:
    talk.wait = asyncio.Event()
    async with running(slack, talk):
        for text in "一二三":
            await slack.direct(text)
        talk.wait.set()
        assert [(await slack.posted()).visible for _ in range(3)] == ["答：一", "答：二", "答：三"]


async def test_a_page_turn_of_a_private_answer_replaces_it(slack: FakeSlack, talk: Talk) -> None:
    talk.replies = {"article a1": page(1, in_place=False), "article a1 2": page(2, in_place=True)}
    async with running(slack, talk):
        await slack.command("article a1")
        await slack.press(await slack.posted(), "下一页")
        answer = await slack.posted()
    assert answer.method == "response_url"
    assert answer.message["replace_original"] is True
    assert answer.visible == "第 2 页"


def hostile_reply() -> Reply:
    text = Text(HOSTILE, (Span(0, 10, Style.BOLD), Span(11, 16, Style.LINK, "javascript:alert(1)")))
    return Reply(
        (
            Heading(Text(HOSTILE)),
            Heading(text),
            Paragraph(text),
            Quote(text),
            Items((Item(text, text, text), Item(text))),
            Items((Item(text),), first=None),
            Table((HOSTILE, "值"), ((HOSTILE, ""),)),
            Notice(text),
            Paragraph(Text("汉" * 5_000)),
            Buttons((Button(HOSTILE, HOSTILE), Button(f"2{HOSTILE * 5}", "x"))),
        )
    )


async def test_hostile_words_mention_nobody_and_format_nothing(slack: FakeSlack, talk: Talk) -> None:
    talk.replies = {"hostile": hostile_reply()}
    async with running(slack, talk):
        await slack.direct("hostile")
        first, second, third = [await slack.posted() for _ in range(3)]
    assert first.visible.count(HOSTILE.replace("\u202e", "").replace("\u200b", "")) == 12
    assert (second.visible + third.visible).count("汉") == 5_000
    assert len(third.buttons) == 2


async def test_a_rate_limited_answer_comes_after_the_pause(slack: FakeSlack, talk: Talk) -> None:
    slack.rate_limit("chat.postMessage", seconds=1)
    async with running(slack, talk):
        started = monotonic()
        await slack.direct("急")
        await slack.posted()
    assert monotonic() - started >= 1
    assert len(slack.called("chat.postMessage")) == 2


async def test_a_long_pause_is_not_waited_for(
    slack: FakeSlack, talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    slack.rate_limit("chat.postMessage", seconds=3_600)
    async with running(slack, talk):
        await slack.direct("lost")
        await slack.direct("answered")
        assert (await slack.posted()).visible in {"答：answered", "答：lost"}
    assert "reason=ratelimited" in caplog.text


async def test_events_go_on_after_a_renewed_connection(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        await slack.disconnect()
        await slack.direct("还在吗")
        assert (await slack.posted()).visible == "答：还在吗"
    assert slack.connections == 2


async def test_an_event_sent_twice_is_answered_once(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk):
        body = await slack.mention("once")
        await slack.event(body)
        await slack.mention("then")
        answers = {(await slack.posted()).visible, (await slack.posted()).visible}
    assert answers == {"答：once", "答：then"}
    assert [request.id for request in talk.requests].count(body["event_id"]) == 1


async def test_stopping_finishes_the_answers_under_way(slack: FakeSlack, talk: Talk) -> None:
    talk.wait = asyncio.Event()
    platform = Slack(settings_for(slack), services())
    await platform.start(talk.respond)
    await slack.connected()
    await slack.direct("slow")
    stopping = asyncio.create_task(platform.stop())
    talk.wait.set()
    await stopping
    assert (await slack.posted()).visible == "答：slow"
    with pytest.raises(DeliveryError, match="not connected"):
        await platform.send(Conversation("slack", CHANNEL), Reply((Paragraph(Text("late")),)))


async def test_the_language_and_time_zone_of_the_asker_are_read_once(slack: FakeSlack, talk: Talk) -> None:
    slack.users[USER] = {"locale": "en-GB", "tz": "Europe/London"}
    async with running(slack, talk):
        for text in ("one", "two"):
            await slack.direct(text)
            await slack.posted()
    assert {(request.language, request.timezone) for request in talk.requests} == {
        (Language.EN, "Europe/London")
    }
    assert len(slack.called("users.info")) == 1


async def test_refused_blocks_are_sent_again_as_text(slack: FakeSlack, talk: Talk) -> None:
    slack.fail("chat.postMessage", "invalid_blocks")
    async with running(slack, talk):
        await slack.direct("表")
        answer = await slack.posted()
    assert answer.message["blocks"] == []
    assert answer.message["text"] == "答：表"
    assert answer.message["mrkdwn"] is False


async def test_a_refused_private_answer_is_sent_again_as_text(slack: FakeSlack, talk: Talk) -> None:
    slack.break_off("response_url", Fault(status=400, body="invalid_blocks"))
    async with running(slack, talk):
        await slack.command("表")
        answer = await slack.posted()
    assert (answer.message["blocks"], answer.message["text"]) == ([], "答：表")


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(status=404, body="used_url"), "used_url"),
        (Fault(body='{"ok": false, "error": "expired_url"}'), "expired_url"),
        (Fault(status=500, body="{"), "status 500 without an error code"),
        (Fault(hang_up=True), "ServerDisconnectedError"),
    ],
)
async def test_a_private_answer_that_nobody_takes_is_one_line_in_the_log(
    slack: FakeSlack, talk: Talk, caplog: pytest.LogCaptureFixture, fault: Fault, reason: str
) -> None:
    slack.break_off("response_url", fault)
    async with running(slack, talk):
        await slack.command("一")
        await slack.command("二")
        await slack.posted()
    (line,) = [record.getMessage() for record in caplog.records if record.name == "bot.slack.answers"]
    assert line.endswith(f"reason={reason}")


ALERT = Reply((Heading(Text("行讯 · 11月24日")), Paragraph(Text("半导体"))))


async def test_an_alert_is_posted_quietly_into_a_channel_or_thread(slack: FakeSlack, talk: Talk) -> None:
    async with running(slack, talk) as platform:
        await platform.send(Conversation("slack", CHANNEL, team=TEAM), ALERT)
        in_channel = await slack.posted()
        await platform.send(Conversation("slack", CHANNEL, team=TEAM, thread="1600000000.000001"), ALERT)
        in_thread = await slack.posted()
    assert in_channel.visible == "行讯 · 11月24日\n半导体"
    assert "thread_ts" not in in_channel.message
    assert in_thread.message["thread_ts"] == "1600000000.000001"


def codes(error: str, status: int = 200) -> Callable[[FakeSlack], None]:
    return lambda slack: slack.fail("chat.postMessage", error, status=status)


def broken(fault: Fault) -> Callable[[FakeSlack], None]:
    return lambda slack: slack.break_off("chat.postMessage", fault)


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        (codes("channel_not_found"), Outcome.PERMANENT),
        (codes("is_archived"), Outcome.PERMANENT),
        (codes("token_revoked"), Outcome.CREDENTIAL),
        (codes("internal_error"), Outcome.AMBIGUOUS),
        (codes("never_heard_of"), Outcome.REFUSED),
        (codes("never_heard_of", status=503), Outcome.AMBIGUOUS),
        (broken(Fault(body="<html>")), Outcome.AMBIGUOUS),
        (broken(Fault(body="")), Outcome.AMBIGUOUS),
        (broken(Fault(body='{"ok": tr')), Outcome.AMBIGUOUS),
        (broken(Fault(status=502, body="<html>")), Outcome.AMBIGUOUS),
        (broken(Fault(hang_up=True)), Outcome.AMBIGUOUS),
    ],
)
async def test_a_failed_alert_says_what_became_of_it(
    slack: FakeSlack, talk: Talk, cause: Callable[[FakeSlack], None], outcome: Outcome
) -> None:
    async with running(slack, talk) as platform:
        cause(slack)
        with pytest.raises(DeliveryError) as caught:
            await platform.send(Conversation("slack", CHANNEL), ALERT)
    assert caught.value.outcome is outcome
    assert slack.bot_token not in str(caught.value)
    assert len(slack.called("chat.postMessage")) == 1


async def test_an_alert_that_failed_in_its_second_part_goes_on_with_that(
    slack: FakeSlack, talk: Talk
) -> None:
    taken: list[str] = []

    async def accepted(message_id: str, _is_last: bool) -> None:
        taken.append(message_id)

    long = Reply((Paragraph(Text("汉" * 3_000)), Paragraph(Text("字" * 3_000))))
    async with running(slack, talk) as platform:
        slack.fail("chat.postMessage", "something_new", after=1)
        with pytest.raises(DeliveryError, match="something_new") as caught:
            await platform.send(Conversation("slack", CHANNEL), long, Progress(0, accepted))
        first = await slack.posted()
        assert taken == [first.message["ts"]]
        await platform.send(Conversation("slack", CHANNEL), long, Progress(len(taken)))
    assert caught.value.outcome is Outcome.REFUSED
    assert (await slack.posted()).visible.strip("字") == ""


async def test_an_alert_can_be_sent_without_listening(slack: FakeSlack) -> None:
    platform = Slack(settings_for(slack), services())
    await platform.connect()
    await platform.send(Conversation("slack", CHANNEL), ALERT)
    await platform.stop()
    assert (await slack.posted()).message["channel"] == CHANNEL
    assert slack.connections == 0


async def test_no_secret_is_logged_even_when_everything_is(
    slack: FakeSlack, talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(slack, talk):
        await slack.direct("a")
        await slack.posted()
    async with listening(slack, talk):
        await slack.direct("b")
        await slack.posted()
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert secret not in caplog.text


async def test_a_rate_limited_alert_names_the_pause(slack: FakeSlack, talk: Talk) -> None:
    slack.rate_limit("chat.postMessage", seconds=30)
    async with running(slack, talk) as platform:
        with pytest.raises(DeliveryError) as caught:
            await platform.send(Conversation("slack", CHANNEL), ALERT)
    assert (caught.value.outcome, caught.value.retry_after) == (Outcome.NOT_SENT, timedelta(seconds=30))


async def test_an_alert_to_a_slack_that_is_gone_was_not_sent(talk: Talk) -> None:
    async with FakeSlack() as slack, running(slack, talk) as platform:
        await slack.__aexit__(None)
        with pytest.raises(DeliveryError) as caught:
            await platform.send(Conversation("slack", CHANNEL), ALERT)
    assert caught.value.outcome is Outcome.NOT_SENT


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"bot_token": "xoxb-wrong-secret"}, "HANGXUN_SLACK_BOT_TOKEN"),
        ({"bot_token": "xoxb-wrong\nsecret"}, "HANGXUN_SLACK_BOT_TOKEN"),
        ({"bot_token": "wrong-secret-错"}, "HANGXUN_SLACK_BOT_TOKEN"),
        ({"app_token": "xapp-wrong-secret"}, "HANGXUN_SLACK_APP_TOKEN"),
        ({"base_url": "http://127.0.0.1:9/api/"}, "HANGXUN_SLACK_BASE_URL"),
    ],
)
async def test_a_wrong_setting_is_named_without_its_value(
    slack: FakeSlack, talk: Talk, wrong: dict[str, str], named: str
) -> None:
    platform = Slack(replace(settings_for(slack), **wrong), services())
    with pytest.raises(ConfigError, match=named) as caught:
        await platform.start(talk.respond)
    await platform.stop()
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "wrong" not in repr(platform) + repr(replace(settings_for(slack), **wrong))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@asynccontextmanager
async def listening(slack: FakeSlack, talk: Talk) -> AsyncIterator[tuple[SlackSettings, int]]:
    settings = SlackSettings(slack.bot_token, signing_secret=slack.signing_secret, base_url=slack.base_url)
    port = free_port()
    platform = Slack(settings, Services(ACTIONS, HttpServer("127.0.0.1", port)))
    await platform.start(talk.respond)
    try:
        slack.http_mode_url = f"http://127.0.0.1:{port}/slack/events"
        yield settings, port
    finally:
        await platform.stop()


async def test_signed_requests_are_answered_as_events_are(slack: FakeSlack, talk: Talk) -> None:
    talk.replies = {"article a1": page(1, in_place=False), "article a1 2": page(2, in_place=True)}
    async with listening(slack, talk):
        await slack.mention("article a1")
        first = await slack.posted()
        await slack.press(first, "下一页")
        assert (await slack.posted()).visible == "第 2 页"
        await slack.command("目录")
        assert (await slack.posted()).visible == "答：目录"


async def test_slack_may_verify_the_address(slack: FakeSlack, talk: Talk) -> None:
    async with listening(slack, talk):
        assert await slack.signed_post('{"type": "url_verification", "challenge": "c"}') == 200


def forged(timestamp: str, signature: str) -> dict[str, str]:
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}


async def test_forged_requests_are_refused_and_not_logged(
    slack: FakeSlack, talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    now, old = str(int(time())), str(int(time()) - 301)
    right = f"v0={'0' * 64}"
    headers = [{}, forged(now, right), forged(now, "é"), forged("abc", right), forged("²", right)]
    headers += [forged(old, right), forged("9" * 5_000, right), forged("-1", right), forged(now, "")]
    async with listening(slack, talk):
        body = json.dumps(mention("forged secret"))
        statuses = [await slack.signed_post(body, forgery) for forgery in headers]
    assert set(statuses) == {401}
    assert talk.requests == []
    assert "forged secret" not in caplog.text


async def test_a_taken_address_is_a_matter_of_configuration(slack: FakeSlack, talk: Talk) -> None:
    async with listening(slack, talk) as (settings, port):
        with pytest.raises(ConfigError, match="HANGXUN_HTTP_PORT"):
            await Slack(settings, Services(ACTIONS, HttpServer("127.0.0.1", port))).start(talk.respond)
