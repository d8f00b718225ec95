from __future__ import annotations

from benchmarks.million import FIGURES, figure_documents, figure_questions
from knowledge.metrics import extract_metrics
from knowledge.model import Article, Block, BlockKind, Issue


def test_an_article_prints_as_many_figures_as_it_is_counted_for() -> None:
    (document,) = figure_documents(1)
    issue = Issue("i", "i", document.published)
    blocks = (Block(BlockKind.PARAGRAPH, document.text),)
    article = Article(document.id, document.title, document.section, None, issue, blocks)
    assert len(extract_metrics(article)) == FIGURES


def test_the_same_documents_and_questions_come_again() -> None:
    assert list(figure_documents(5)) == list(figure_documents(5))
    assert figure_questions(20) == figure_questions(20)
    assert len(set(figure_questions(200))) > 150
