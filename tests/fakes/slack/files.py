"""Uploads in Slack's three steps: ask for an address, send the bytes there, share what was sent.

https://docs.slack.dev/messaging/working-with-files
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

Json = dict[str, Any]

MAX_ALT = 1_000


@dataclass(frozen=True)
class SharedFile:
    """A file as people see it in a conversation."""

    name: str
    title: str
    alt: str
    content: bytes
    channel: str
    thread: str
    comment: str


@dataclass
class _Expected:
    name: str
    length: int
    alt: str
    content: bytes | None = None


@dataclass
class Files:
    """The files under way; every answer has `ok`, and `error` where Slack refuses."""

    _expected: dict[str, _Expected] = field(default_factory=dict)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def open(self, address: str, arguments: Json) -> Json:
        """Promise a file. Its length must be told, and is held to."""
        if set(arguments) - {"filename", "length", "alt_txt", "snippet_type"}:
            return _refused("invalid_arguments")
        name, alt = arguments.get("filename", ""), arguments.get("alt_txt", "")
        if not name or int(arguments.get("length", 0)) < 1 or len(alt) > MAX_ALT:
            return _refused("invalid_arguments")
        file = f"F{next(self._numbers):08d}"
        self._expected[file] = _Expected(name, int(arguments["length"]), alt)
        return {"ok": True, "file_id": file, "upload_url": f"{address}/{file}"}

    def receive(self, file: str, content: bytes) -> None:
        """Take the bytes of a promised file."""
        assert len(content) == self._expected[file].length, "another length than was promised"
        self._expected[file].content = content

    def complete(self, arguments: Json) -> tuple[Json, list[SharedFile]]:
        """Share files that have arrived, each once."""
        if set(arguments) - {"files", "channel_id", "channels", "initial_comment", "thread_ts", "blocks"}:
            return _refused("invalid_arguments"), []
        channel, wanted = arguments.get("channel_id", ""), json.loads(arguments["files"])
        if channel[:1] not in {"C", "D", "G"}:
            return _refused("channel_not_found"), []
        if any(file["id"] not in self._expected for file in wanted):
            return _refused("file_not_found"), []
        shared = [self._shared(file, channel, arguments) for file in wanted]
        files = [{"id": file["id"], "title": file.get("title", "")} for file in wanted]
        return {"ok": True, "files": files}, shared

    def _shared(self, file: Json, channel: str, arguments: Json) -> SharedFile:
        expected = self._expected.pop(file["id"])
        assert expected.content is not None, "shared before it was uploaded"
        thread, comment = arguments.get("thread_ts", ""), arguments.get("initial_comment", "")
        title = file.get("title", "")
        return SharedFile(expected.name, title, expected.alt, expected.content, channel, thread, comment)


def _refused(error: str) -> Json:
    return {"ok": False, "error": error}
