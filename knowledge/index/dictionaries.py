"""The dictionaries that travel in an index: words that its segmenter was taught, and how characters sound."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from knowledge.pinyin import Readings, load_readings, make_readings
from knowledge.search.analysis import Analyzer
from knowledge.search.wordlists import Wordlists
from knowledge.segment import make_segmenter

READINGS_FILE = "readings.txt"
DICTIONARY_FILE = "dictionary.txt"


def write_dictionaries(folder: Path, read_tables: Callable[[], Wordlists], before: Path | None) -> None:
    """Write the dictionaries of a new version; its segmenter is taught the names of the tables.

    They are taken over from `before`, a version made by the same rules and tables: making them takes a
    second. Raises WordsError for tables that cannot be used.
    """
    if before:
        for name in (DICTIONARY_FILE, READINGS_FILE):
            shutil.copyfile(before / name, folder / name)
        return
    from knowledge.search.lexicon import dictionary_words

    names = "\n".join(dictionary_words(read_tables()))
    (folder / DICTIONARY_FILE).write_text(names, encoding="utf-8")
    (folder / READINGS_FILE).write_text(make_readings().dump(), encoding="utf-8")


@lru_cache(maxsize=1)
def load_analyzer(folder: Path, segmenter: str) -> Analyzer:
    """Return the analyzer of a version; that of the last one is kept, since loading takes 0.1 s."""
    dictionary = (folder / DICTIONARY_FILE).read_text(encoding="utf-8")
    readings = (folder / READINGS_FILE).read_text(encoding="utf-8")
    return make_analyzer(segmenter, dictionary, readings)


def read_readings(folder: Path) -> Readings:
    """Return how characters sound in a version."""
    return load_readings((folder / READINGS_FILE).read_text(encoding="utf-8"))


def make_analyzer(segmenter: str, dictionary: str, readings: str) -> Analyzer:
    """Return the analyzer with the words of a dictionary and the readings that `write_dictionaries` wrote."""
    return Analyzer(make_segmenter(segmenter, dictionary.split()), load_readings(readings))
