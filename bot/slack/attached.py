"""The small file that came with a message: a list of subscriptions somebody brings (scope files:read)."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

LOG = logging.getLogger(__name__)

MOST_BYTES = 64 * 1024
SUFFIX = ".json"
HOST = "files.slack.com"


def address_of(event: dict[str, Any]) -> str:
    """Return where the file of a message is, "" without one that the bot reads: JSON, at most 64 KB."""
    for file in event.get("files") or ():
        if str(file.get("name", "")).lower().endswith(SUFFIX) and file.get("size", 0) <= MOST_BYTES:
            return str(file.get("url_private_download") or file.get("url_private") or "")
    return ""


async def attached_text(client: AsyncWebClient, address: str) -> str:
    """Return the text of a file, "" where it cannot be had. Our token is shown to Slack's own host only."""
    if not address or not _is_slacks(client, address) or client.session is None:
        return ""
    headers = {"Authorization": f"Bearer {client.token}"}
    try:
        async with client.session.get(address, headers=headers, allow_redirects=False) as answer:
            answer.raise_for_status()
            content = await answer.content.read(MOST_BYTES) if answer.status == 200 else b""
    except (aiohttp.ClientError, OSError) as error:
        LOG.warning("file not read reason=%s", type(error).__name__)
        return ""
    return content.decode("utf-8", "replace")


def _is_slacks(client: AsyncWebClient, address: str) -> bool:
    there = urlsplit(address)
    is_api = there.netloc == urlsplit(client.base_url).netloc
    return is_api or (there.scheme == "https" and there.netloc == HOST)
