"""A digest printed as PDF by two programs, as a Word document and as a page, is that of its text file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from knowledge.ingest import read_source
from knowledge.metrics import extract_metrics
from knowledge.model import Article
from tests.fakes import printing

ROOT = Path(__file__).parents[4]
SAMPLE = ROOT / "knowledge/data/sample/xingye-yangben-2024-03.txt"
REAL = ROOT / "../shared/corpus/xinxi-chanye-2021-12.txt"
LONG = 80
PRINTERS: dict[str, tuple[str, Callable[[Sequence[printing.Printed], Path], None]]] = {
    "reportlab": (".pdf", printing.print_by_reportlab),
    "fpdf2": (".pdf", printing.print_by_fpdf),
    "word": (".docx", printing.print_by_word),
    "page": (".html", printing.print_as_page),
}


@pytest.fixture(scope="module", params=PRINTERS)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return print_digest(SAMPLE, request.param, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module", params=["reportlab", "fpdf2", "word"])
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    if not REAL.exists():
        pytest.skip("the real digest is not at hand")
    return print_digest(REAL, request.param, tmp_path_factory.mktemp("real"))


Articles = tuple[Article, ...]
Pair = tuple[Articles, Articles]


def print_digest(text: Path, printer: str, folder: Path) -> Pair:
    """Return the articles of a digest as read from its text, and as read from its print."""
    articles = tuple(read_source(text, name=text.name).articles)
    sections, titles = {a.section: 1 for a in articles}, [a.title for a in articles]
    lines = text.read_text(encoding="utf-8").splitlines()
    suffix, write = PRINTERS[printer]
    path = folder / f"{text.stem}{suffix}"
    write(list(printing.styled(lines, list(sections), titles)), path)
    return articles, tuple(read_source(path, name=path.name).articles)


def bare(text: str) -> str:
    return "".join(text.split())


def body(articles: Articles) -> str:
    return bare("".join(block.text for article in articles for block in article.blocks))


def check_articles(pair: Pair) -> None:
    text, printed = pair
    assert [(a.id, a.section, bare(a.title), a.page) for a in printed] == [
        (a.id, a.section, bare(a.title), a.page) for a in text
    ]
    assert printed[0].issue == text[0].issue


def check_text(pair: Pair, *, most_wrong: float, least_whole: float) -> None:
    text, printed = (body(articles) for articles in pair)
    assert Levenshtein.distance(text, printed) <= most_wrong * len(text)
    found = Counter(bare(p) for article in pair[1] for p in article.paragraphs)
    long = [bare(p) for article in pair[0] for p in article.paragraphs if len(p) > LONG]
    assert sum(found[p] > 0 for p in long) >= least_whole * len(long)


def test_the_sample_has_its_articles_in_their_sections_and_pages(sample: Pair) -> None:
    check_articles(sample)


def test_the_sample_reads_as_its_text_does(sample: Pair) -> None:
    check_text(sample, most_wrong=0.002, least_whole=0.95)


def test_the_figures_of_the_sample_are_those_of_its_text(sample: Pair) -> None:
    of_text, of_print = (
        Counter((m.subject, m.indicator, m.quantity.base_value) for a in articles for m in extract_metrics(a))
        for articles in sample
    )
    assert (of_text & of_print).total() >= 0.99 * of_text.total()
    assert of_print.total() <= 1.01 * of_text.total()


def test_the_real_digest_has_its_forty_articles_in_their_sections_and_pages(real: Pair) -> None:
    check_articles(real)
    assert len(real[1]) == 40


def test_the_real_digest_reads_as_its_text_does(real: Pair) -> None:
    check_text(real, most_wrong=0.002, least_whole=0.95)
