"""Which language a question is in, as far as it decides the language of the answer."""

from __future__ import annotations

import re

from handlers.request import Language

# Function words of English that are no syllables of pinyin (so neither "a" nor "an", "can", "he", "you").
_FUNCTION_WORD = re.compile(
    r"\b(?:about|and|any|are|at|by|did|do|does|for|from|has|have|how|in|is|it|its|many|much|my|of|on|or|our"
    r"|please|show|some|tell|than|that|the|their|there|these|this|to|was|were|what|when|where|which|who|why"
    r"|will|with)\b"
)


def answer_language(question: str, usual: Language) -> Language:
    """Return English for an English phrase, else the usual language: Chinese readers type Latin words too."""
    is_english = question.isascii() and _FUNCTION_WORD.search(question.lower())
    return Language.EN if is_english else usual
