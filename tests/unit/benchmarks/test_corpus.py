from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from benchmarks.chain import Chain
from benchmarks.corpus import PASSAGE, SMALL, Size, documents, learn_words, read_corpus, write_corpus
from knowledge.ingest import read_source


@pytest.fixture(scope="module")
def chain() -> Chain:
    return learn_words()


def test_the_same_seed_writes_the_same_documents(chain: Chain) -> None:
    first = [document.row() for document in documents(chain, SMALL)]
    assert first == [document.row() for document in documents(learn_words(), SMALL)]


def test_another_seed_writes_other_documents(chain: Chain) -> None:
    first = [document.text for document in documents(chain, SMALL)]
    assert first != [document.text for document in documents(chain, SMALL, seed=2)]


def test_a_larger_corpus_begins_with_the_smaller_one(chain: Chain) -> None:
    small = list(documents(chain, Size(5, PASSAGE)))
    assert list(documents(chain, Size(9, PASSAGE)))[:5] == small


@pytest.mark.parametrize("characters", [44, 240])
def test_documents_are_about_as_long_as_wanted(chain: Chain, characters: int) -> None:
    lengths = [len(d.title) + len(d.text) for d in documents(chain, Size(300, characters))]
    assert statistics.mean(lengths) == pytest.approx(characters, rel=0.1)


def test_documents_hold_figures_and_words_that_the_sample_does_not_have(chain: Chain) -> None:
    text = "".join(document.text for document in documents(chain, Size(100, PASSAGE)))
    learned = {word.text for word in chain.words}
    assert any(c.isdigit() for c in text)
    assert any(word in text for word in set(chain.drawn["n"]) - learned)


def test_more_texts_can_be_learned_from(tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("灯塔照亮港湾。\n", encoding="utf-8")
    assert "灯塔" in {word.text for word in learn_words([tmp_path]).words}


def test_the_product_reads_every_generated_document(chain: Chain, tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    written = list(documents(chain, SMALL))
    write_corpus(path, written)
    read = list(read_source(path, name=path.name).articles)
    assert [(a.id, a.title, a.published) for a in read] == [(d.id, d.title, d.published) for d in written]


def test_a_corpus_is_read_back_as_it_was_written(chain: Chain, tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    written = list(documents(chain, SMALL))
    write_corpus(path, written)
    assert list(read_corpus(path)) == written
    assert list(read_corpus(path, every=10)) == written[::10]
