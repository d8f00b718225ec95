"""Toneless pinyin: how characters sound, and which syllables a latin run may spell.

The table comes from pypinyin when an index is built and travels inside the index: opening one never
imports pypinyin (0.3 s), and index and query always agree on how a character sounds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

_HAN_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")
HAN = (0x4E00, 0x9FFF)
LONGEST_SYLLABLE = 6
LONGEST_RUN = 64
PRIVATE_USE = 0xE000
_REMEMBERED = 1 << 12


@dataclass(frozen=True)
class Readings:
    """How characters sound, and the words in which they sound otherwise (重庆: chong qing)."""

    characters: dict[str, str]
    words: dict[str, tuple[str, ...]]

    @cached_property
    def syllables(self) -> frozenset[str]:
        """Every syllable that a character of the table has."""
        return frozenset(self.characters.values())

    def sound(self, words: Iterable[str]) -> list[str]:
        """Return a syllable for each character of the words; what has no reading stands for itself."""
        spoken: list[str] = []
        for word in words:
            spoken.extend(self.words.get(word) or [self.characters.get(c, c) for c in word])
        return spoken

    def spell(self, run: str) -> tuple[str, ...]:
        """Split a latin run into the fewest syllables: bandaoti -> ban dao ti; () where it is no pinyin."""
        if len(run) > LONGEST_RUN:
            return ()
        best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
        for end in range(1, len(run) + 1):
            for start in range(max(0, end - LONGEST_SYLLABLE), end):
                before, syllable = best[start], run[start:end]
                if before is None or syllable not in self.syllables:
                    continue
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = (*before, syllable)
        return best[-1] or ()

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {syllable: chr(PRIVATE_USE + n) for n, syllable in enumerate(sorted(self.syllables))}

    @cached_property
    def _sounding(self) -> dict[int, str]:
        return {ord(c): self._codes[syllable] for c, syllable in self.characters.items()}

    @cached_property
    def _initials(self) -> dict[int, str]:
        return {ord(c): syllable[0] for c, syllable in self.characters.items()}

    def sounding(self, text: str) -> str:
        """Return the text with each Chinese character replaced by one that stands for its syllable."""
        return text.translate(self._sounding)

    def encode_sound(self, syllables: Iterable[str]) -> str:
        """Return syllables as `sounding` writes them, "" where one is none."""
        codes = [self._codes.get(syllable) for syllable in syllables]
        return "".join(code for code in codes if code) if all(codes) else ""

    def initialled(self, text: str) -> str:
        """Return the text with each Chinese character replaced by its initial."""
        return text.translate(self._initials)

    def dump(self) -> str:
        """Return the table as text, one reading a line."""
        rows = [f"{c} {syllable}" for c, syllable in self.characters.items()]
        rows += [f"{word} {' '.join(sound)}" for word, sound in self.words.items()]
        return "\n".join(sorted(rows)) + "\n"


def load_readings(text: str) -> Readings:
    """Return the table that `Readings.dump` wrote."""
    lines = text.splitlines()
    characters = {line[0]: line[2:] for line in lines if line[1] == " "}
    rows = (line.split(" ") for line in lines if line[1] != " ")
    return Readings(characters, {word: tuple(sound) for word, *sound in rows})


def make_readings() -> Readings:
    """Make the table from pypinyin: the first reading of each character, and the words that differ."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    first, last = HAN
    characters = {
        chr(code): _toneless(sound.split(",")[0])
        for code, sound in PINYIN_DICT.items()
        if first <= code <= last
    }
    words = {}
    for word, sounds in PHRASES_DICT.items():
        sound = tuple(_toneless(options[0]) for options in sounds)
        plain = tuple(characters.get(c, c) for c in word)
        if _HAN_WORD.fullmatch(word) and sound != plain and len(sound) == len(word):
            words[word] = sound
    return Readings({c: s for c, s in characters.items() if s.isascii() and s.isalpha()}, words)


@lru_cache(_REMEMBERED)
def _toneless(syllable: str) -> str:
    marked = unicodedata.normalize("NFC", syllable.replace("ü", "v"))
    for accented in "ǖǘǚǜ":
        marked = marked.replace(accented, "v")
    return "".join(c for c in unicodedata.normalize("NFD", marked) if not unicodedata.combining(c))
