"""Posting messages and files: every request to Slack that shows something to people.

Nobody is notified by words of a document (`link_names`, `parse`), and no link unfolds. Retries of the
client are off: after a reset it would post a second time what Slack had taken.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import DeliveryError
from bot.media import prepare
from bot.slack.blocks import Json
from bot.slack.failures import BLOCK_ERRORS, CALL_ERRORS, UPLOAD_ERRORS, delivery_error, refusal
from bot.slack.inbound import Place
from bot.slack.render import Message, SlackMessage, SlackUpload

LOG = logging.getLogger(__name__)
MAX_PATIENCE = timedelta(seconds=30)
NOT_A_MEMBER = "not_in_channel"

_DEAD_WORDS = {"link_names": False, "parse": "none"}
_QUIET = {**_DEAD_WORDS, "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}


class Outbound:
    """Sends rendered messages through one Web API client. Every method raises DeliveryError."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def post(self, channel: str, thread: str, message: Message) -> str:
        """Post a message or a file, in a thread where one is named; return its id, "" for a file.

        A public channel is joined where that is allowed and needed.
        """
        try:
            return await self._post(channel, thread, message)
        except DeliveryError as error:
            if error.reason != NOT_A_MEMBER or not await self._join(channel):
                raise
            return await self._post(channel, thread, message)

    async def _post(self, channel: str, thread: str, message: Message) -> str:
        if isinstance(message, SlackUpload):
            return await self._upload(channel, thread, message)
        arguments = {"channel": channel, **_QUIET} | ({"thread_ts": thread} if thread else {})
        return await _with_fallback(
            lambda content: self._call("chat.postMessage", arguments | content), message
        )

    async def answer(self, place: Place, message: Message, *, replace: bool) -> None:
        """Answer at a place; `replace` puts the answer into the message whose button was pressed.

        A response URL takes no files: the message in their place goes there.
        """
        replace = replace and bool(place.message)
        if place.response_url:
            message = message.instead if isinstance(message, SlackUpload) else message
            await self._respond(place, message, replace=replace)
        elif replace and isinstance(message, SlackMessage):
            await self._update(place, message)
        else:
            await self.post(place.channel, place.thread, message)

    async def _update(self, place: Place, message: SlackMessage) -> None:
        arguments = {"channel": place.channel, "ts": place.message, **_DEAD_WORDS}
        await _with_fallback(lambda content: self._call("chat.update", arguments | content), message)

    async def _respond(self, place: Place, message: SlackMessage, *, replace: bool) -> None:
        arguments = {"response_type": "ephemeral", "replace_original": replace, **_QUIET}
        url = place.response_url
        await _with_fallback(lambda content: self._call_back(url, arguments | content), message)

    async def _upload(self, channel: str, thread: str, message: SlackUpload) -> str:
        """Upload a picture or a file; where that cannot be, post what stands in its place."""
        upload = await asyncio.to_thread(prepare, message.block)
        if upload is None:
            return await self._post(channel, thread, message.instead)
        try:
            await self._client.files_upload_v2(
                content=upload.content,
                filename=upload.name,
                title=upload.name,
                alt_txt=message.alt,
                channel=channel,
                thread_ts=thread or None,
            )
        except CALL_ERRORS as error:
            failure = delivery_error(error)
            if failure.reason not in UPLOAD_ERRORS:
                raise failure from error
            LOG.warning("upload refused, sending words reason=%s", failure.reason)
            return await self._post(channel, thread, message.instead)
        return ""

    async def _join(self, channel: str) -> bool:
        try:
            await self._client.conversations_join(channel=channel)
        except CALL_ERRORS as error:
            LOG.info("channel not joined reason=%s", delivery_error(error).reason)
            return False
        return True

    async def _call(self, method: str, arguments: Json) -> str:
        """Call a method; return the id of the message it made or changed."""
        try:
            answer = await self._client.api_call(method, json=arguments)
        except CALL_ERRORS as error:
            raise delivery_error(error) from error
        return str(answer.get("ts", ""))

    async def _call_back(self, url: str, arguments: Json) -> str:
        webhook = AsyncWebhookClient(url, session=self._client.session, retry_handlers=[])
        try:
            answer = await webhook.send_dict(arguments)
        except CALL_ERRORS as error:
            raise delivery_error(error) from error
        code = _webhook_error(answer.body)
        if answer.status_code != 200 or code:
            raise refusal(answer.status_code, code, answer.headers)
        return ""


async def patiently(send: Callable[[], Awaitable[object]]) -> None:
    """Send, and once more after the pause Slack asks for, if that is short enough to wait for an answer."""
    try:
        await send()
    except DeliveryError as error:
        if error.retry_after is None or error.retry_after > MAX_PATIENCE:
            raise
        await asyncio.sleep(error.retry_after.total_seconds())
        await send()


async def _with_fallback(send: Callable[[Json], Awaitable[str]], message: SlackMessage) -> str:
    """Send blocks and text; when Slack refuses the blocks, the text alone, which says the same."""
    try:
        return await send({"text": message.text, "blocks": list(message.blocks)})
    except DeliveryError as error:
        if error.reason not in BLOCK_ERRORS:
            raise
        LOG.warning("blocks refused, sending text reason=%s", error.reason)
        return await send({"text": message.text, "blocks": []})


def _webhook_error(body: str) -> str | None:
    """Return the error code of a response_url's answer: `ok`, JSON, or the bare code."""
    if body.startswith("{"):
        try:
            return str(json.loads(body).get("error", "")) or None
        except ValueError:
            return None
    return None if body in {"", "ok"} else body[:100]
