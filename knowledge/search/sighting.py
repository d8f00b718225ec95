"""Where an article has the parts of a query, whatever form they take there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from knowledge.pinyin import Readings
from knowledge.search.phrase import phrase_pattern
from knowledge.search.query import Form, Part, Way

MOST_PLACES = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A range of a folded text where a part stands."""

    start: int
    end: int
    part: int


class Sights:
    """A folded text in which the forms of parts are looked for; how it sounds is worked out when needed."""

    def __init__(self, text: str, readings: Readings) -> None:
        self.text = text
        self._readings = readings
        self._sound: str | None = None
        self._initials: str | None = None

    def places(self, parts: tuple[Part, ...]) -> list[Place]:
        """Return where the parts stand, in the order of the text."""
        found = [
            Place(start, start + length, number)
            for number, part in enumerate(parts)
            for form in part.forms
            for start, length in self._places_of(form)
        ]
        return sorted(found, key=lambda place: (place.start, place.part))

    def _places_of(self, form: Form) -> Iterator[tuple[int, int]]:
        if form.way is Way.SOUND:
            needle = self._readings.encode_sound(form.text.split(" "))
            return _find(self._sounding(), needle)
        if form.way is Way.PHRASE:
            found = islice(phrase_pattern(form.text).finditer(self.text), MOST_PLACES)
            return ((match.start(), match.end() - match.start()) for match in found)
        if form.way is Way.INITIALS:
            return _find(self._initialled(), form.text)
        return find_words(self.text, form.text)

    def _sounding(self) -> str:
        if self._sound is None:
            self._sound = self._readings.sounding(self.text)
        return self._sound

    def _initialled(self) -> str:
        if self._initials is None:
            self._initials = self._readings.initialled(self.text)
        return self._initials


def _find(text: str, needle: str) -> Iterator[tuple[int, int]]:
    start = text.find(needle) if needle else -1
    for _ in range(MOST_PLACES):
        if start < 0:
            return
        yield start, len(needle)
        start = text.find(needle, start + len(needle))


def find_words(text: str, needle: str) -> Iterator[tuple[int, int]]:
    """Yield places and lengths of the needle; a latin one only as a whole word."""
    for start, length in _find(text, needle):
        if not (_continues(text, start - 1, start) or _continues(text, start + length - 1, start + length)):
            yield start, length


def _continues(text: str, left: int, right: int) -> bool:
    """Tell whether the characters at both sides belong to one latin word or number."""
    if left < 0 or right >= len(text):
        return False
    a, b = text[left], text[right]
    return (_is_letter(a) and _is_letter(b)) or (a.isdigit() and b.isdigit())


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < "\u2e80"
