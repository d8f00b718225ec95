from __future__ import annotations

import pytest

from handlers.language import answer_language
from handlers.request import Language


@pytest.mark.parametrize(
    "text",
    [
        "how many 5g base stations in hebei",
        "What is the size of the cloud market?",
        "share of 5G users",
        "show me AI",
        "any chips?",
    ],
)
def test_an_english_question_is_answered_in_english(text: str) -> None:
    assert answer_language(text, Language.ZH) is Language.EN


@pytest.mark.parametrize(
    "text",
    [
        "semiconductor",
        "shangtang keji",
        "5g jizhan",
        "an quan",
        "5G base station 内蒙古",
        "help",
        "IC",
        "半导体",
        "",
    ],
)
def test_latin_words_alone_leave_the_usual_language(text: str) -> None:
    assert answer_language(text, Language.ZH) is Language.ZH
    assert answer_language(text, Language.EN) is Language.EN
