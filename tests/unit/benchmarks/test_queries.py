from __future__ import annotations

import pytest

from benchmarks.corpus import PASSAGE, Document, Size, documents, learn_words
from benchmarks.queries import KINDS, LONGEST_QUERY, UNKNOWN, figure_questions, hostile_queries, make_queries


@pytest.fixture(scope="module")
def some() -> list[Document]:
    return list(documents(learn_words(), Size(60, PASSAGE)))


def test_the_same_documents_give_the_same_queries(some: list[Document]) -> None:
    assert make_queries(some, 50) == make_queries(some, 50)


def test_every_kind_is_asked(some: list[Document]) -> None:
    assert {query.kind for query in make_queries(some, len(KINDS))} == {kind.__name__ for kind in KINDS}


def test_there_are_as_many_queries_as_wanted_even_of_few_documents(some: list[Document]) -> None:
    assert len(make_queries(some[:3], 200)) == 200
    assert all(query.text.strip() for query in make_queries(some[:3], 200))


def test_keywords_stand_in_their_document(some: list[Document]) -> None:
    texts = [document.title + document.text for document in some]
    asked = [query.text for query in make_queries(some, 60) if query.kind in {"keywords", "two_characters"}]
    assert asked
    assert all(any(all(word in text for word in query.split()) for text in texts) for query in asked)


def test_pinyin_is_latin_and_nothing_is_in_no_document(some: list[Document]) -> None:
    text = "".join(document.title + document.text for document in some)
    queries = make_queries(some, 60)
    assert all(query.text.isascii() for query in queries if query.kind == "pinyin")
    assert not any(character in text for character in UNKNOWN)


def test_questions_for_figures_ask_how_much(some: list[Document]) -> None:
    assert all(query.text.endswith("是多少") for query in figure_questions(some, 20))


def test_hostile_queries_are_as_long_as_a_query_may_be(some: list[Document]) -> None:
    queries = hostile_queries(some)
    assert len({query.kind for query in queries}) == len(queries)
    assert all(LONGEST_QUERY * 0.8 < len(query.text) <= LONGEST_QUERY for query in queries)
