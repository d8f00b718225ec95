"""Every sentence a user reads, in Chinese and English, and nothing else: one module a subject.

A Message is filled with `say(message, language, name=value)`; `**...**` in it is bold, values are never
read as markup, `{count:issue|issues}` is the word that goes with a number. Digits and Latin words stand
apart from Chinese by a space, except in dates and pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.reply import Text, compose
from handlers.request import Language


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in the two languages; `{name}` stands for a value, `**...**` for bold."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the template in a language."""
        return self.en if language is Language.EN else self.zh


def say(message: Message, language: Language, **values: object) -> Text:
    """Fill a message in a language; values may be Text or anything with a `str`."""
    return compose(message.in_language(language), **values)


def label(message: Message, language: Language, **values: object) -> str:
    """Fill a message that takes no style: a button's label, a piece of a line."""
    return say(message, language, **values).value
