"""Pictures, files and texts to copy on Slack: real slack-bolt over real HTTP and websockets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.errors import DeliveryError, Outcome
from bot.http import HttpServer
from bot.platform import Actions, Services
from bot.slack.adapter import Slack, SlackSettings
from handlers.reply import Picture, Reply, Text
from handlers.request import Conversation, Language, Request
from tests.e2e.media import ALT, CITATION, FILE, PICTURE, ROWS, assert_is_the_chart, full_reply, only
from tests.fakes.slack import FakeSlack, Fault
from tests.fakes.slack.payloads import CHANNEL, DIRECT, USER

HERE = Conversation("slack", CHANNEL)


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def platform(slack: FakeSlack) -> AsyncIterator[Slack]:
    async def respond(request: Request) -> Reply:
        return replace(full_reply(), in_place=request.pressed)

    settings = SlackSettings(slack.bot_token, slack.app_token, base_url=slack.base_url, language=Language.EN)
    platform = Slack(settings, Services(Actions(str, str), HttpServer("127.0.0.1", 0)))
    await platform.start(respond)
    await slack.connected()
    yield platform
    await platform.stop()


async def test_words_picture_and_file_arrive_in_the_thread(slack: FakeSlack, platform: Slack) -> None:
    question = await slack.mention("对比 河北 青海 5G基站")
    words = await slack.posted()
    picture, file = await slack.shared(), await slack.shared()
    thread = question["event"]["ts"]
    assert words.visible == f"对比\n全部 1 行\n{CITATION.text}"
    assert (picture.name, picture.alt) == ("5G_基站.png", ALT)
    assert_is_the_chart(picture.content)
    assert (file.name, file.content) == ("5G_基站.csv", ROWS)
    assert {(one.channel, one.thread) for one in (picture, file)} == {(CHANNEL, thread)}
    assert [one.comment for one in (picture, file)] == ["", ""]


async def test_a_direct_message_gets_them_too(slack: FakeSlack, platform: Slack) -> None:
    await slack.direct("对比")
    picture = await slack.shared()
    assert (picture.channel, picture.thread) == (DIRECT, "")


@pytest.mark.parametrize(
    ("locale", "way"),
    [("zh-CN", "在频道里 @ 我，或给我发私信"), ("en-US", "send me a direct message"), ("", "Mention me")],
)
async def test_a_private_answer_tells_in_words_and_says_where_the_rest_can_be_had(
    locale: str, way: str, slack: FakeSlack, platform: Slack
) -> None:
    slack.users[USER] = {"id": USER, "locale": locale}
    await slack.command("对比 河北 青海 5G基站")
    shown = "\n".join([(await slack.posted()).visible for _ in range(3)])
    assert ALT in shown
    assert "全部 1 行" in shown
    assert way in shown
    assert slack.called("files.getUploadURLExternal") == []


async def test_an_alert_brings_its_picture_into_the_channel(slack: FakeSlack, platform: Slack) -> None:
    await platform.send(HERE, full_reply())
    picture = await slack.shared()
    assert (picture.channel, picture.thread, picture.title) == (CHANNEL, "", "5G_基站.png")


@pytest.mark.parametrize("code", ["missing_scope", "file_uploads_disabled"])
async def test_where_files_are_forbidden_words_are_posted(
    code: str, slack: FakeSlack, platform: Slack
) -> None:
    slack.fail("files.getUploadURLExternal", code)
    await platform.send(HERE, only(PICTURE))
    assert ALT in (await slack.posted()).visible


async def test_a_picture_that_cannot_be_drawn_is_told_in_words(slack: FakeSlack, platform: Slack) -> None:
    await platform.send(HERE, only(Picture("<broken", "x", Text("河北 6.5 万个 <!channel>"))))
    assert "河北 6.5 万个 <!channel>" in (await slack.posted()).visible


async def test_a_long_description_is_cut_for_its_way_in_a_url(slack: FakeSlack, platform: Slack) -> None:
    await platform.send(HERE, only(replace(PICTURE, alt=Text("河北 6.5 万个；" * 200))))
    assert 200 < len((await slack.shared()).alt) <= 400


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("channel_not_found", Outcome.PERMANENT),
        ("invalid_auth", Outcome.CREDENTIAL),
        ("internal_error", Outcome.AMBIGUOUS),
        ("something_new", Outcome.REFUSED),
    ],
)
async def test_a_refused_upload_says_what_became_of_it(
    method: str, code: str, outcome: Outcome, slack: FakeSlack, platform: Slack
) -> None:
    slack.fail(method, code)
    with pytest.raises(DeliveryError, match=code) as caught:
        await platform.send(HERE, only(PICTURE))
    assert caught.value.outcome is outcome


async def test_an_upload_that_does_not_arrive_is_ambiguous(slack: FakeSlack, platform: Slack) -> None:
    slack.break_off("upload", Fault(500, "no"))
    with pytest.raises(DeliveryError) as caught:
        await platform.send(HERE, only(PICTURE))
    assert caught.value.outcome is Outcome.AMBIGUOUS


async def test_a_short_pause_is_waited_out(slack: FakeSlack, platform: Slack) -> None:
    slack.rate_limit("files.completeUploadExternal", seconds=0)
    await slack.mention("对比")
    assert_is_the_chart((await slack.shared()).content)


async def test_an_alert_of_which_only_the_picture_failed_stands_as_far_as_it_came(
    slack: FakeSlack, platform: Slack
) -> None:
    slack.fail("files.completeUploadExternal", "channel_not_found")
    with pytest.raises(DeliveryError) as caught:
        await platform.send(HERE, full_reply())
    assert caught.value.outcome is Outcome.PERMANENT
    assert (await slack.posted()).visible.startswith("对比")
    assert FILE.name not in [call["filename"] for call in slack.called("files.getUploadURLExternal")]
