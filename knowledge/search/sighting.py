"""Where an article has the parts of a query, whatever form they take there."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from knowledge.pinyin import Readings
from knowledge.search.phrase import phrase_pattern
from knowledge.search.query import Form, Part, Way

MOST_PLACES = 40
FIRST_CJK = "\u2e80"
_WRITTEN = frozenset({Way.TYPED, Way.NAME, Way.REPAIR})


class Place(NamedTuple):
    """A range of a folded text where a part stands; places sort in the order of the text."""

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
        found: list[Place] = []
        for number, part in enumerate(parts):
            for form in part.forms:
                if form.way in _WRITTEN:
                    length = len(form.text)
                    found += [Place(n, n + length, number) for n in find_words(self.text, form.text)]
                else:
                    found += self._places_of(form, number)
        found.sort()
        return found

    def _places_of(self, form: Form, part: int) -> list[Place]:
        if form.way is Way.PHRASE:
            matches = islice(phrase_pattern(form.text).finditer(self.text), MOST_PLACES)
            return [Place(match.start(), match.end(), part) for match in matches]
        starts, length = self._starts_of(form)
        return [Place(start, start + length, part) for start in starts]

    def _starts_of(self, form: Form) -> tuple[list[int], int]:
        """Return where a sound or initials begin, and of how many characters they are."""
        if form.way is Way.SOUND:
            needle = self._readings.encode_sound(form.text.split(" "))
            return _find(self._sounding(), needle), len(needle)
        return _find(self._initialled(), form.text), len(form.text)

    def _sounding(self) -> str:
        if self._sound is None:
            self._sound = self._readings.sounding(self.text)
        return self._sound

    def _initialled(self) -> str:
        if self._initials is None:
            self._initials = self._readings.initialled(self.text)
        return self._initials


def _find(text: str, needle: str) -> list[int]:
    start = text.find(needle) if needle else -1
    if start < 0:
        return []
    starts: list[int] = []
    while start >= 0 and len(starts) < MOST_PLACES:
        starts.append(start)
        start = text.find(needle, start + len(needle))
    return starts


def find_words(text: str, needle: str) -> list[int]:
    """Return where the needle begins; a latin one or a number only as a whole word."""
    starts = _find(text, needle)
    if not starts or (needle[0] >= FIRST_CJK and needle[-1] >= FIRST_CJK):
        return starts
    length = len(needle)
    return [
        start
        for start in starts
        if not (_continues(text, start - 1, start) or _continues(text, start + length - 1, start + length))
    ]


def _continues(text: str, left: int, right: int) -> bool:
    """Tell whether the characters at both sides belong to one latin word or number."""
    if left < 0 or right >= len(text):
        return False
    a, b = text[left], text[right]
    return (_is_letter(a) and _is_letter(b)) or (a.isdigit() and b.isdigit())


def _is_letter(character: str) -> bool:
    return character.isalpha() and character < FIRST_CJK
