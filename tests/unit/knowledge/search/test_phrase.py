"""A quoted phrase is found as it is written: no sign in it means anything else."""

from __future__ import annotations

import pytest

from knowledge.search.phrase import phrase_pattern


@pytest.mark.parametrize("sign", [*".*+?()[]{}|\\^$#&~-"])
def test_no_sign_of_a_phrase_is_one_of_an_expression(sign: str) -> None:
    for phrase, other in ((f"{sign}导体", "半导体"), (f"导{sign}体", "导半体"), (f"导体{sign}", "导体材")):
        pattern = phrase_pattern(phrase)
        assert pattern.search(f"一种{phrase}和")
        assert not pattern.search(other)
