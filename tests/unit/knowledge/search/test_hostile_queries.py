"""No query raises or takes long, whatever is typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.library import Library
from knowledge.search.reading import LONGEST_QUERY

SYNTAX = [
    *"\"*:()[]{}^~\\/+-!&|<>=?%#@$'`;，。！？“”《》",
    " ",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "title:",
    "\n",
    "\x00",
]
WORDS = [
    "半导体",
    "5g",
    "数据中心",
    "bandaoti",
    "bdt",
    "芯片",
    "怎么",
    "東瀛",
    "２０２１",
    "\u202e",
    "\u200b",
    "😀",
    "é",
    "ﬀ",
]
hostile = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(SYNTAX + WORDS), max_size=40).map("".join),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", max_size=200),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=hostile, limit=st.integers(-2, 20), offset=st.integers(-5, 50))
def test_any_text_is_answered_with_spans_inside_their_texts(
    library: Library, query: str, limit: int, offset: int
) -> None:
    answer = library.answer(query, limit=limit, offset=offset)
    assert len(answer.hits) <= max(0, limit)
    for hit in answer.hits:
        ends = [place for span in hit.snippet.spans for place in span]
        assert ends == sorted(ends)
        assert all(0 <= place <= len(hit.snippet.value) for place in ends)


@pytest.mark.parametrize(
    "query",
    [
        "汉" * 100_000, "a" * 100_000, "zhuang" * 20_000, "半导体" * 30_000, '"' * 100_000, "1" * 100_000,
        "半 " * 50_000, "xian " * 20_000, "".join(map(chr, range(0x4E00, 0x8E00))),
    ],
)  # fmt: skip
def test_a_very_long_query_is_cut_and_answered_soon(library: Library, query: str) -> None:
    library.answer("先热身")
    started = time.perf_counter()
    library.answer(query)
    assert time.perf_counter() - started < 2


def test_what_stands_behind_the_4096th_character_is_not_read(library: Library) -> None:
    for typed, finds in (
        ("脑机接口" + "。" * LONGEST_QUERY, True),
        ("。" * LONGEST_QUERY + "脑机接口", False),
    ):
        assert bool(library.answer(typed).hits) is finds


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=hostile)
def test_any_text_can_be_followed_and_explained(library: Library, query: str) -> None:
    assert isinstance(library.about(library.topic(query)), tuple)
    assert library.explain(query)
