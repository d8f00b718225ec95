"""Uploaded files, and which of them Telegram refuses (core.telegram.org/bots/api#sendphoto)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.telegram.refusals import RefusedError, bad_request
from tests.unit.bot.png import png_size

MAX_PHOTO = 10_000_000
MAX_DOCUMENT = 50_000_000


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it came."""

    name: str
    content: bytes

    def as_photo(self) -> list[dict[str, object]]:
        """Return the sizes of a photo as the API shows them. Raises RefusedError."""
        if len(self.content) > MAX_PHOTO:
            raise bad_request("too big for a photo")
        try:
            width, height = png_size(self.content)
        except (AssertionError, KeyError) as error:
            raise bad_request("IMAGE_PROCESS_FAILED") from error
        if width + height > 10_000 or max(width, height) > 20 * min(width, height):
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return [self._as_json() | {"width": width, "height": height}]

    def as_document(self) -> dict[str, object]:
        """Return the document as the API shows it. Raises RefusedError."""
        if len(self.content) > MAX_DOCUMENT:
            raise RefusedError(413, "Request Entity Too Large")
        if not self.content:
            raise bad_request("file must be non-empty")
        return self._as_json() | {"file_name": self.name}

    def _as_json(self) -> dict[str, object]:
        return {"file_id": "f1", "file_unique_id": "u1", "file_size": len(self.content)}
