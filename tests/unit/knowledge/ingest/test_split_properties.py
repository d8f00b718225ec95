"""Random digests come back as they were written, whatever their sections, leaders and page breaks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from knowledge.ingest import Source, read_source
from knowledge.ingest.furniture import HEADER_REPEATS
from knowledge.model import Article

# Frequent characters without 第, 页, 目, 录, digits and the like, which contents and page marks are made of.
LETTERS = "产业环境运营竞争技术企情报海外借鉴市场数字经济网络建设发展能源医药物流农金融汽车半导体芯片云计算智"
TERMINAL = "。！？"
PAGE_WIDTH = 36
LONGEST_SECTION = 6


@dataclass(frozen=True)
class Written:
    """An article as it was meant."""

    section: str
    title: str
    page: int
    blocks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Style:
    """How a digest is printed."""

    leader: str
    marker: str
    section_paged: bool
    section_marked: bool
    break_every: int
    page_numbers: bool


def split_in_two(letters: list[str]) -> str:
    """A title in two clauses; its letters differ, so that no two titles are alike by chance."""
    half = len(letters) // 2
    return f"{''.join(letters[:half])} {''.join(letters[half:])}"


# No sentence has so few letters that it could be the name of a section.
words = st.text(LETTERS, min_size=2, max_size=8)
sentences = st.lists(words, min_size=LONGEST_SECTION // 2 + 1, max_size=9).map("，".join)
paragraphs = st.tuples(
    st.lists(sentences, min_size=1, max_size=4).map("。".join), st.sampled_from(TERMINAL)
).map("".join)
headings = st.text(LETTERS, min_size=3, max_size=14)
titles = st.lists(st.sampled_from(LETTERS), min_size=8, max_size=24, unique=True).map(split_in_two)
styles = st.builds(
    Style,
    leader=st.sampled_from(["..... ", "……", "·····", "\t", " ", "...\t", "．．．．"]),
    marker=st.sampled_from(["- ", "", "• "]),
    section_paged=st.booleans(),
    section_marked=st.booleans(),
    break_every=st.sampled_from([0, 2, 3]),
    page_numbers=st.booleans(),
)


@st.composite
def bodies(draw: st.DrawFn) -> tuple[tuple[str, str], ...]:
    blocks = [("paragraph", draw(paragraphs))]
    for _ in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            blocks.append(("heading", draw(headings)))
        blocks.append(("paragraph", draw(paragraphs)))
    return tuple(blocks)


@st.composite
def digests(draw: st.DrawFn) -> tuple[Written, ...]:
    sections = draw(
        st.lists(st.text(LETTERS, min_size=3, max_size=LONGEST_SECTION), min_size=1, max_size=4, unique=True)
    )
    names = list(sections)
    page, articles = 1, []
    for section in sections:
        for _ in range(draw(st.integers(1, 4))):
            title = draw(titles.filter(lambda title: not any(title.startswith(name) for name in names)))
            names.append(title)
            articles.append(Written(section, title, page, draw(bodies())))
            page += draw(st.integers(0, 3))
    return tuple(articles)


def print_digest(articles: tuple[Written, ...], style: Style) -> str:
    return "\n\n".join(
        ["某某行业观察之", "月度篇", "目录", *contents(articles, style), *body(articles, style)]
    )


def contents(articles: tuple[Written, ...], style: Style) -> list[str]:
    lines, section = [], ""
    for article in articles:
        if article.section != section:
            section = article.section
            marker = style.marker if style.section_marked else ""
            lines.append(
                f"{marker}{section}" + (f"{style.leader}{article.page}" if style.section_paged else "")
            )
        lines.append(f"{style.marker}{article.title}{style.leader}{article.page}")
    return lines


def body(articles: tuple[Written, ...], style: Style) -> list[str]:
    lines, section, count = [], "", 0
    for i, article in enumerate(articles):
        if article.section != section:
            section = article.section
            lines.append(section)
        lines += print_title(article.title, i)
        for kind, text in article.blocks:
            count += 1
            cut = bool(style.break_every) and kind == "paragraph" and count % style.break_every == 0
            lines += print_cut(text, count, style) if cut else [text]
    return lines


def print_title(title: str, number: int) -> list[str]:
    """Without its spaces, over two lines, with wide spaces, as in the contents: each in turn."""
    first, rest = title.split(" ", 1)
    return [[title.replace(" ", "")], [first, rest], [title.replace(" ", "\u3000")], [title]][number % 4]


def print_cut(text: str, page: int, style: Style) -> list[str]:
    """A paragraph that the foot of a page cuts where no sentence ends."""
    at = PAGE_WIDTH
    if len(text) <= at + 2 * LONGEST_SECTION or text[at - 1] in "。！？":
        return [text]
    return [text[:at], *([f"- {page} -"] if style.page_numbers else []), text[at:]]


def read(text: str) -> tuple[Source, tuple[Article, ...]]:
    with TemporaryDirectory() as folder:
        path = Path(folder, "yuebao-2022-06.txt")
        path.write_text(text, encoding="utf-8")
        source = read_source(path, name=path.name)
        return source, tuple(source.articles)


PLAIN = Style("..... ", "- ", False, False, 0, False)
NAMED_LIKE_THE_NEXT_SECTION = (
    Written("产业环境", "网络建设 市场经济", 1, (("paragraph", "发展能源，医药物流。"),)),
    Written(
        "产业环境",
        "数字经济 发展能源",
        1,
        (("paragraph", "云计算，半导体。"), ("heading", "企业情报"), ("paragraph", "农金融，汽车。")),
    ),
    Written("企业情报", "医药物流 半导体网", 1, (("paragraph", "芯片，市场，产业。"),)),
)


def has_running_header(articles: tuple[Written, ...], style: Style) -> bool:
    """Tell whether a section's name stands alone on so many lines, by chance, that it is no text."""
    lines = Counter(body(articles, style))
    return any(lines[article.section] >= HEADER_REPEATS for article in articles)


@settings(max_examples=150, deadline=None)
@given(digests().filter(lambda articles: len(articles) >= 3), styles)
@example(NAMED_LIKE_THE_NEXT_SECTION, PLAIN)
def test_a_digest_comes_back_as_it_was_written(articles: tuple[Written, ...], style: Style) -> None:
    assume(not has_running_header(articles, style))
    source, found = read(print_digest(articles, style))
    assert source.notes == ()
    assert [(a.section, a.title, a.page) for a in found] == [(a.section, a.title, a.page) for a in articles]
    for article, written in zip(found, articles, strict=True):
        assert tuple((block.kind.value, block.text) for block in article.blocks) == written.blocks


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400).filter(lambda text: any(c.isalnum() for c in text)))
def test_any_text_is_read_without_loss(text: str) -> None:
    text = "".join(c for c in text if c.isprintable() or c in "\n ") + "\n字"
    _, (article,) = read(text)
    kept = article.title + "".join(block.text for block in article.blocks)
    assert "".join(kept.split()) in ("".join(text.split()), "yuebao-2022-06" + "".join(text.split()))
