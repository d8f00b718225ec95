from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.article_pages import split_pages
from knowledge.model import Block, BlockKind


def heading(text: str) -> Block:
    return Block(BlockKind.HEADING, text)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def lengths(pages: tuple[tuple[Block, ...], ...]) -> list[int]:
    return [sum(len(block.text) for block in page) for page in pages]


def test_pages_break_between_paragraphs():
    blocks = [paragraph("一" * 600), paragraph("二" * 500), paragraph("三" * 200)]
    assert lengths(split_pages(blocks)) == [1100, 200]


def test_a_subheading_goes_with_what_follows():
    pages = split_pages([paragraph("一" * 1195), heading("小标题"), paragraph("二" * 50)])
    assert [block.text[:3] for block in pages[1]] == ["小标题", "二二二"]


def test_a_very_long_paragraph_breaks_at_sentence_ends():
    pages = split_pages([paragraph("这是一句话，不长。" * 300)])
    assert all(page[-1].text.endswith("。") for page in pages)
    assert max(lengths(pages)) <= 1200


def test_a_paragraph_without_any_sentence_end_is_cut():
    assert lengths(split_pages([paragraph("字" * 3000)])) == [1200, 1200, 600]


def test_an_article_without_text_has_one_empty_page():
    assert split_pages([]) == ((),)


def test_subheadings_at_the_end_are_kept():
    assert split_pages([heading("一"), heading("二")]) == ((heading("一"), heading("二")),)


TEXTS = st.text(st.sampled_from("字句。！”；\n ab"), max_size=90)


@given(st.lists(st.builds(Block, st.sampled_from(BlockKind), TEXTS)), st.integers(5, 40))
def test_no_text_is_lost_or_doubled(blocks, size):
    pages = split_pages(blocks, size)
    assert "".join(block.text for page in pages for block in page) == "".join(block.text for block in blocks)
    assert all(len(block.text) <= size for page in pages for block in page)
