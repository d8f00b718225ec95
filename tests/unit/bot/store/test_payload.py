from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.payload import dump_reply, load_reply
from handlers.reply import (
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

SPANS = st.builds(
    Span, st.integers(0, 99), st.integers(0, 99), st.sampled_from(Style), st.none() | st.text(max_size=9)
)
TEXTS = st.builds(Text, st.text(max_size=30), st.lists(SPANS, max_size=3).map(tuple))
CELLS = st.lists(st.text(max_size=5), max_size=3).map(tuple)
BLOCKS = st.one_of(
    st.builds(Heading, TEXTS),
    st.builds(Paragraph, TEXTS),
    st.builds(Quote, TEXTS),
    st.builds(Notice, TEXTS),
    st.builds(
        Items,
        st.lists(st.builds(Item, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple),
        st.none() | st.integers(1, 99),
    ),
    st.builds(Table, CELLS, st.lists(CELLS, max_size=3).map(tuple)),
    st.builds(
        Buttons,
        st.lists(
            st.builds(Button, st.text(), st.text()) | st.builds(Copy, st.text(), st.text()), max_size=3
        ).map(tuple),
    ),
    st.builds(Picture, st.text(), st.text(), TEXTS),
    st.builds(File, st.binary(), st.text(), TEXTS),
)


@given(st.builds(Reply, st.lists(BLOCKS, max_size=6).map(tuple), st.booleans()))
def test_any_reply_comes_back_as_it_was(reply: Reply) -> None:
    assert load_reply(dump_reply(reply)) == reply


def test_blocks_are_told_apart_by_their_kind_and_chinese_stays_readable() -> None:
    payload = dump_reply(Reply((Notice(Text("半导体")),)))
    assert '"kind":"notice"' in payload
    assert "半导体" in payload


@pytest.mark.parametrize("payload", ["", "{}", '{"blocks":[{"kind":"video","text":{"value":"x"}}]}'])
def test_anything_else_is_refused(payload: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (pydantic's own words)
        load_reply(payload)
