"""Pictures and files of a reply at a terminal: drawn there where it can, else kept as files, named below.

A pipe gets no pictures, only their words; files are kept wherever the reply goes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from bot.media import Upload, prepare
from bot.terminal.graphics import Draw
from bot.terminal.render import render
from handlers.reply import File, Picture, Reply

EXPORTS = Path("var/exports")
PICTURE_COLUMNS = 72


@dataclass(frozen=True, slots=True)
class Media:
    """How a terminal shows pictures, and the folder in which it keeps files."""

    exports: Path = EXPORTS
    draw: Draw | None = None
    keeps_pictures: bool = False


WORDS_ONLY = Media()


@dataclass(frozen=True, slots=True)
class _Shown:
    """What became of one picture or file: the escape codes that draw it, or the place where it is kept."""

    drawing: str = ""
    place: str = ""


def present(reply: Reply, media: Media, *, width: int, colour: bool) -> str:
    """Return a reply as text for the terminal; what has to be kept is written first."""
    blocks = [block for block in reply.blocks if isinstance(block, Picture | File)]
    shown = {block: _show(block, media, width) for block in blocks}
    drawn = {block for block, one in shown.items() if one.drawing}
    words = replace(reply, blocks=tuple(block for block in reply.blocks if block not in drawn))
    places = {block: one.place for block, one in shown.items()}
    drawings = "".join(one.drawing for one in shown.values())
    return "\n".join(filter(None, (render(words, width=width, colour=colour, places=places), drawings)))


def _show(block: Picture | File, media: Media, width: int) -> _Shown:
    wanted = isinstance(block, File) or media.keeps_pictures or media.draw
    upload = prepare(block) if wanted else None
    if upload is None:
        return _Shown()
    if isinstance(block, Picture) and media.draw:
        return _Shown(drawing=media.draw(upload.content, min(width, PICTURE_COLUMNS)))
    folder = media.exports if isinstance(block, File) else Path(tempfile.mkdtemp(prefix="hangxun-"))
    try:
        return _Shown(place=str(_keep(upload, folder)))
    except OSError as error:
        return _Shown(place=f"{folder}: {error.strerror}")


def _keep(upload: Upload, folder: Path) -> Path:
    """Write a file under its name, or the next one that is free. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in _names(folder / upload.name):
        try:
            with path.open("xb") as file:
                file.write(upload.content)
        except FileExistsError:
            continue
        return path
    raise AssertionError("names do not end")


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in count(2):
        yield path.with_stem(f"{path.stem}-{number}")
