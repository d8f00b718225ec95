"""Which language a question is in, as far as it decides the language of the answer."""

from __future__ import annotations

import re

from handlers.request import Language

# Function words of English that are no syllables of pinyin (so neither "a" nor "an", "can", "he", "you").
_FUNCTION_WORD = re.compile(
    r"\b(?:and|are|at|by|did|do|does|for|from|has|have|how|in|is|many|much|of|on|or|than|that|the|their|there"
    r"|these|this|to|was|were|what|when|where|which|who|why|will|with)\b"
)


def answer_language(question: str, usual: Language) -> Language:
    """Return English for an English phrase, else the usual language: Chinese readers type Latin words too."""
    is_english = question.isascii() and _FUNCTION_WORD.search(question.lower())
    return Language.EN if is_english else usual
