"""Pictures, files and texts to copy at a terminal."""

from __future__ import annotations

import asyncio
import re
from base64 import b64decode
from pathlib import Path

import pytest

from bot.terminal.chat import Terminal
from bot.terminal.graphics import draw_for_iterm, draw_for_kitty, drawing_for
from bot.terminal.media import Media, present
from handlers.reply import Buttons, Copy, File, Heading, Paragraph, Picture, Reply, Text
from tests.unit.bot.png import png_size
from tests.unit.bot.terminal.test_chat import Echo, FakeScreen

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"></svg>'
PICTURE = Picture(SVG, "5g", Text("河北 6.5 万个；青海 0.8 万个"))
FILE = File(b"a,b", "5G 基站.csv", Text("共 2 行"))
REPLY = Reply((Heading(Text("对比")), PICTURE, FILE, Buttons((Copy("引用", "据《5G》第3页"),))))


def shown(reply: Reply, media: Media) -> str:
    return present(reply, media, width=60, colour=False)


def test_a_pipe_gets_the_words_of_a_picture_and_the_place_of_a_file(tmp_path: Path) -> None:
    assert shown(REPLY, Media(tmp_path)) == (
        f"对比\n河北 6.5 万个；青海 0.8 万个\n\n共 2 行\n{tmp_path}/5G_基站.csv\n\n[1] 引用"
    )
    assert (tmp_path / "5G_基站.csv").read_bytes() == b"a,b"


def test_a_file_never_overwrites_another(tmp_path: Path) -> None:
    for _ in range(3):
        shown(Reply((FILE,)), Media(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "5G_基站-2.csv",
        "5G_基站-3.csv",
        "5G_基站.csv",
    ]


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "exports").write_text("no folder")
    assert "exports: File exists" in shown(Reply((FILE,)), Media(tmp_path / "exports"))


def test_a_person_gets_the_path_of_a_picture_that_only_they_can_read(tmp_path: Path) -> None:
    words, path = shown(Reply((PICTURE,)), Media(tmp_path, keeps_pictures=True)).splitlines()
    assert words == PICTURE.alt.value
    assert png_size(Path(path).read_bytes()) == (600, 300)
    assert Path(path).parent.stat().st_mode & 0o777 == 0o700


def test_where_the_terminal_draws_the_picture_stands_in_place_of_its_words(tmp_path: Path) -> None:
    seen = shown(Reply((Paragraph(Text("对比")), PICTURE)), Media(tmp_path, draw=draw_for_iterm))
    words, drawing = seen.split("\n", 1)
    assert words == "对比"
    match = re.fullmatch(
        r"\x1b]1337;File=inline=1;size=(\d+);width=60;preserveAspectRatio=1:(.+)\x07\n", drawing
    )
    assert match
    png = b64decode(match[2])
    assert len(png) == int(match[1])
    assert png_size(png) == (600, 300)


def test_a_picture_that_cannot_be_drawn_is_its_words(tmp_path: Path) -> None:
    broken = Reply((Picture("<svg", "x", Text("河北 6.5 万个")),))
    assert shown(broken, Media(tmp_path, draw=draw_for_iterm)) == "河北 6.5 万个"


@pytest.mark.parametrize("size", [10, 3072, 3073, 20_000])
def test_kitty_gets_chunks_of_which_only_the_last_is_the_last(size: int) -> None:
    png = bytes(range(256)) * (size // 256 + 1)
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", draw_for_kitty(png[:size], 40))
    keys, chunks = zip(*parts, strict=True)
    assert b64decode("".join(chunks)) == png[:size]
    assert keys[0].startswith("a=T,f=100,c=40,")
    assert [key[-3:] for key in keys] == ["m=1"] * (len(keys) - 1) + ["m=0"]
    assert max(map(len, chunks)) <= 4096


@pytest.mark.parametrize(
    ("environ", "draw"),
    [
        ({"TERM": "xterm-kitty"}, draw_for_kitty),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, draw_for_kitty),
        ({"TERM": "xterm-ghostty"}, draw_for_kitty),
        ({"TERM_PROGRAM": "iTerm.app"}, draw_for_iterm),
        ({"TERM_PROGRAM": "WezTerm"}, draw_for_iterm),
        ({"TERM_PROGRAM": "WezTerm", "TMUX": "1"}, None),
        ({"TERM": "screen-256color", "KITTY_WINDOW_ID": "1"}, None),
        ({"TERM": "xterm-256color"}, None),
        ({}, None),
    ],
)
def test_a_terminal_is_known_by_its_environment(environ: dict[str, str], draw: object) -> None:
    assert drawing_for(environ) is draw


async def test_a_text_to_copy_is_printed_when_its_number_is_typed() -> None:
    greeting = Reply((Buttons((Copy("引用", "据《5G》\x1b[31m第3页"),)),))
    screen, echo = FakeScreen(["1"]), Echo()
    terminal = Terminal(screen, greeting)
    await terminal.start(echo)
    await asyncio.wait_for(terminal.wait(), 5)
    await terminal.stop()
    assert screen.printed == ["[1] 引用\n", "> 1", "据《5G》[31m第3页\n"]
    assert echo.requests == []
