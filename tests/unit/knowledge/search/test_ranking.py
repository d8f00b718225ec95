from __future__ import annotations

import pytest

from knowledge.search.ranking import Candidate, Judgement, Scale, is_loose, judge, nearest, split_answers
from knowledge.search.sighting import Place

SCALE = Scale(weights=[0.75, 0.25], ideal=10.0)
LONG = 4_000


def judged(
    places: list[Place], *, bm25: float = 10.0, length: int = LONG, number: int = 1, lacks: bool = False
) -> Judgement:
    return judge(Candidate(number, bm25, length, title_end=10, lacks=lacks), places, SCALE)


def at(*starts: int, part: int) -> list[Place]:
    return [Place(start, start + 2, part) for start in starts]


def test_words_that_stand_together_beat_words_far_apart() -> None:
    together = judged([*at(100, part=0), *at(110, part=1)])
    apart = judged([*at(100, part=0), *at(900, part=1)])
    assert together.near == 1.0
    assert apart.near == 0.75
    assert together.score > apart.score


def test_a_word_in_the_title_beats_one_in_the_text() -> None:
    assert judged(at(2, part=0)).score > judged(at(100, part=0)).score


def test_a_word_named_once_in_a_long_text_is_no_answer() -> None:
    assert not judged(at(700, part=1)).answers


@pytest.mark.parametrize("places", [at(2, part=0), at(100, 200, 300, 400, part=0)])
def test_the_subject_in_the_title_or_often_in_the_text_is_an_answer(places: list[Place]) -> None:
    assert judged(places).answers


def test_an_article_without_the_company_that_is_asked_about_needs_more() -> None:
    places = at(700, 720, 740, part=0)
    assert judged(places).answers
    assert not judged(places, lacks=True).answers


def test_the_same_word_is_enough_in_a_short_text() -> None:
    assert judged(at(20, part=1), length=40).answers


def test_no_word_at_all_is_never_an_answer() -> None:
    assert not judged([], bm25=1_000.0, length=5).answers


def test_a_list_ends_where_articles_are_far_worse_than_the_best() -> None:
    best, good, poor = (
        judged(at(2, part=0), bm25=30.0, number=3),
        judged(at(700, part=1), bm25=20.0, number=1),
        judged(at(700, part=1), bm25=1.0, number=2),
    )
    shown, left_out = split_answers([poor, good, best])
    assert [judgement.number for judgement in shown] == [3, 1]
    assert [judgement.number for judgement in left_out] == [2]


def test_equal_articles_keep_the_order_of_the_contents() -> None:
    shown, _ = split_answers([judged(at(2, part=0), number=n) for n in (5, 2, 9)])
    assert [judgement.number for judgement in shown] == [2, 5, 9]


def test_the_best_passage_is_the_first_of_equal_ones() -> None:
    passage = nearest([*at(10, part=0), *at(500, part=0)], [0.75, 0.25])
    assert (passage.start, passage.share) == (10, 0.75)
    assert nearest([], []).share == 0.0


def test_articles_that_all_lack_a_half_of_a_short_query_are_loose() -> None:
    half = [judged(at(2, part=0)), judged(at(2, part=0), number=2)]
    assert is_loose(half, [0.5, 0.5])
    assert not is_loose(half, [0.75, 0.25])
    assert not is_loose([*half, judged([*at(2, part=0), *at(900, part=1)])], [0.5, 0.5])
    assert not is_loose([judged([*at(2, part=0), *at(900, part=1)])], [0.3, 0.2, 0.5])


def test_a_headline_and_a_long_query_may_lack_a_half() -> None:
    assert not is_loose([judged(at(2, part=0), length=30)], [0.5, 0.5])
    assert not is_loose([judged(at(2, part=0))], [0.5, 0.2, 0.2, 0.1])
