"""What every platform's renderer promises: all of a reply is seen, in order, as text and within limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.command import Command
from handlers.commands import COMMANDS
from handlers.reply import (
    Block,
    Button,
    Buttons,
    Copy,
    File,
    Heading,
    Item,
    Items,
    Notice,
    Paragraph,
    Picture,
    Quote,
    Reply,
    Span,
    Style,
    Table,
    Text,
)
from knowledge.normalize import strip_controls
from tests.contract.renderers import RENDERERS, Renderer
from tests.fakes.library import ARTICLES
from tests.unit.handlers.desk import Desk

every_renderer = pytest.mark.parametrize("renderer", RENDERERS, ids=lambda renderer: renderer.name)

HOSTILE = {
    "html": "<b>粗</b> </a> &lt;b&gt; &amp; <pre><code>",
    "markdown": "*_[`](x)~ ```code``` *ST股份 __x__ > # - 1.",
    "slack mentions": "<!channel> <!here> <@U1> <!subteam^S1> <https://evil.example|工信部> @channel",
    "rich markup": "[bold red]x[/] [link=https://evil.example]y[/link]",
    "terminal escapes": "\x1b[31m红\x1b]8;;https://evil.example\x07 \x9b2J",
    "emoji": "😀👍🏽🇨🇳❤️1️⃣",
    "bidi and zero width": "a\u202eb\u2066c\u200bd\ufeffe\u200ff",
    "lone surrogates": "a\ud800b\udfffc",
    "line ends": "一\r\n二\n\n三\u2028四\x00五",
    "5,000 characters": "汉字" * 2500,
    "5,000 letters": "a" * 5000,
    "4,095 units": "汉" * 4095,
    "4,096 units": "汉" * 4096,
    "4,097 units": "汉" * 4097,
    "4,097 units of emoji": "汉" * 4095 + "😀",
    "5,000 to escape": "<&>" * 1667,
}


ALT_SEEN = 80  # characters at least: the picture itself tells the rest


def every_block(text: str) -> Iterator[Block]:
    plain = Text(text)
    yield Heading(plain)
    yield Paragraph(Text(text, (Span(0, len(text), Style.BOLD),)))
    yield Paragraph(Text(text, (Span(0, len(text), Style.LINK, 'https://example.org/?a=<1>&b="2"'),)))
    yield Quote(plain)
    yield Items((Item(plain, plain, plain), Item(plain)), first=9)
    yield Items((Item(plain),), first=None)
    yield Notice(plain)


def small_blocks(text: str) -> Iterator[Block]:
    yield Table((text, "规模"), ((text, "1"), ("二", text)))
    yield Buttons((Button(text, text), Copy(text, text), Button("下一页", "page 2 " + text)))


def media_blocks(text: str) -> Iterator[Picture | File]:
    yield Picture("<svg/>", text, Text(text, (Span(0, len(text), Style.BOLD),)))
    yield File(b"1", text, Text(text[:ALT_SEEN]))


def shown(renderer: Renderer, *blocks: Block) -> str:
    return renderer.show(Reply(blocks))


def bare(text: str) -> str:
    """Return what must be seen of a text, however a platform breaks its lines."""
    return "".join(strip_controls(text).split())


def words(block: Block) -> Iterator[str]:
    """Yield the texts of a block in the order in which they must be seen."""
    match block:
        case Heading(text) | Paragraph(text) | Quote(text) | Notice(text):
            yield text.value
        case Items(items):
            for item in items:
                yield from (item.title.value, item.meta.value, item.body.value)
        case Table(_, rows):
            for row in rows:
                yield from row


def assert_all_is_seen(seen: str, blocks: Sequence[Block]) -> None:
    rest = bare(seen)
    for block in blocks:
        for word in map(bare, words(block)):
            before, found, rest = rest.partition(word) if word else ("", "", rest)
            assert found == word, f"lost or out of order: {word[:40]!r} after {before[-40:]!r}"


@every_renderer
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_seen_as_it_stands_in_every_kind_of_block(renderer: Renderer, text: str) -> None:
    for block in every_block(text):
        assert_all_is_seen(shown(renderer, block), [block])


@every_renderer
@pytest.mark.parametrize("text", [text for text in HOSTILE.values() if len(text) < 200])
def test_hostile_text_is_seen_as_it_stands_in_tables(renderer: Renderer, text: str) -> None:
    table, _ = small_blocks(text)
    seen = shown(renderer, table)
    assert_all_is_seen(seen, [table])
    assert bare(text) in bare(seen)


@every_renderer
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_buttons_are_taken_and_the_others_seen(renderer: Renderer, text: str) -> None:
    _, buttons = small_blocks(text)
    assert "下一页" in shown(renderer, Paragraph(Text("找到 2 篇")), buttons)


@every_renderer
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_of_pictures_and_files_are_seen_as_they_stand(renderer: Renderer, text: str) -> None:
    for block in media_blocks(text):
        assert bare(text[:ALT_SEEN]) in bare(shown(renderer, Paragraph(Text("对比")), block))


@every_renderer
def test_a_text_to_copy_is_offered_by_its_label_or_shown(renderer: Renderer) -> None:
    seen = shown(renderer, Paragraph(Text("对比")), Buttons((Copy("引用", "据《5G》第3页"),)))
    assert "引用" in seen or "据《5G》第3页" in seen


@every_renderer
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_everything_at_once_keeps_its_order(renderer: Renderer, text: str) -> None:
    blocks = [block for _ in range(3) for block in every_block(text)]
    assert_all_is_seen(shown(renderer, *blocks), blocks)


@every_renderer
def test_many_buttons_are_taken(renderer: Renderer) -> None:
    many = Buttons(tuple(Button(f"{number}", f"article {number}") for number in range(150)))
    assert "1" in shown(renderer, Paragraph(Text("选一个")), many)


@every_renderer
def test_an_empty_reply_shows_nothing(renderer: Renderer) -> None:
    assert not bare(shown(renderer))


@every_renderer
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize("text", [text[:4000] for text in HOSTILE.values()], ids=HOSTILE)
def test_every_command_answers_hostile_text_so_that_a_platform_takes_it(
    renderer: Renderer, command: Command, text: str
) -> None:
    assert bare(renderer.show(Desk().ask(f"/{command.name} {text}")))


@every_renderer
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_is_seen_whole(renderer: Renderer, command: Command) -> None:
    for argument in ("", "充电桩", ARTICLES[0].id):
        reply = Desk().ask(f"/{command.name} {argument}")
        assert_all_is_seen(renderer.show(reply), reply.blocks)


CHARACTERS = st.one_of(
    st.sampled_from(
        "汉字一二芯片。，！？“”《》 \n\tabcXYZ0123.,%<>&*_~`[]()|!@#😀👍🏽🇨🇳é\u0301\u202e\u200b\ud800"
    ),
    st.characters(),
)
LONG = st.builds(
    lambda piece, times: piece * times, st.text(CHARACTERS, min_size=1, max_size=9), st.integers(1, 900)
)
VALUES = st.one_of(st.text(CHARACTERS, max_size=60), LONG)


@st.composite
def texts(draw: st.DrawFn) -> Text:
    value = draw(VALUES)
    edges = sorted(draw(st.sets(st.integers(0, len(value)), max_size=12)))
    styles = draw(st.lists(st.sampled_from(Style), min_size=len(edges), max_size=len(edges)))
    spans = (
        Span(start, end, style, "https://example.org/" if style is Style.LINK else None)
        for start, end, style in zip(edges[::2], edges[1::2], styles, strict=False)
    )
    return Text(value, tuple(spans))


CELLS = st.text(CHARACTERS, max_size=20)
BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, texts()),
    st.builds(Paragraph, texts()),
    st.builds(Quote, texts()),
    st.builds(Notice, texts()),
    st.builds(
        Items,
        st.lists(st.builds(Item, texts(), texts(), texts()), min_size=1, max_size=4).map(tuple),
        st.sampled_from([None, 1, 99]),
    ),
    st.integers(1, 4).flatmap(
        lambda width: st.builds(
            Table,
            st.tuples(*[CELLS] * width),
            st.lists(st.tuples(*[CELLS] * width), max_size=4).map(tuple),
        )
    ),
    st.builds(
        Buttons,
        st.lists(st.builds(Button, VALUES, VALUES) | st.builds(Copy, VALUES, VALUES), max_size=12).map(tuple),
    ),
    st.builds(Picture, VALUES, VALUES, texts()),
    st.builds(File, st.binary(max_size=9), VALUES, texts()),
)


@every_renderer
@settings(deadline=None, max_examples=150)
@given(blocks=st.lists(BLOCKS, max_size=6))
def test_any_reply_is_taken_and_seen_whole(renderer: Renderer, blocks: list[Block]) -> None:
    assert_all_is_seen(shown(renderer, *blocks), blocks)
