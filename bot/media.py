"""What a platform uploads for a picture or a file of a reply."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import PurePath

from bot.raster import rasterise
from handlers.reply import File, Picture
from knowledge.normalize import strip_controls

LOG = logging.getLogger(__name__)
MOST_BYTES = 50_000_000  # core.telegram.org/bots/faq, the narrowest of the platforms
MOST_PICTURE_BYTES = 10_000_000  # core.telegram.org/bots/api#sendphoto
_LONGEST_STEM = 60
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class Upload:
    """The bytes and a name under which any system keeps a file."""

    content: bytes
    name: str


def prepare(block: Picture | File) -> Upload | None:
    """Return what is uploaded, None where the words beside it have to do: it cannot be drawn or is too large.

    Drawing takes a tenth of a second: not to be called in the event loop.
    """
    upload, most = _drawn(block) if isinstance(block, Picture) else _kept(block)
    if upload is None or len(upload.content) <= most:
        return upload
    LOG.error("upload too large bytes=%d", len(upload.content))
    return None


def _drawn(picture: Picture) -> tuple[Upload | None, int]:
    try:
        content = rasterise(picture.svg)
    except ValueError as error:
        LOG.error("picture not drawn error=%s", type(error).__name__)  # noqa: TRY400 -- one line
        return None, MOST_PICTURE_BYTES
    return Upload(content, safe_name(f"{picture.name}.png")), MOST_PICTURE_BYTES


def _kept(file: File) -> tuple[Upload, int]:
    return Upload(file.content, safe_name(file.name)), MOST_BYTES


def safe_name(name: str) -> str:
    """Return a file's name without folders, signs that some system refuses, and excess."""
    plain = PurePath(_FORBIDDEN.sub("_", strip_controls(name)).strip("._") or "hangxun")
    suffix = plain.suffix if _SUFFIX.fullmatch(plain.suffix) else ""
    return plain.name.removesuffix(suffix)[:_LONGEST_STEM].rstrip("._") + suffix
