"""Cutting text into words: the only importer of jieba and rjieba.

jieba is the segmenter of record; rjieba is the same algorithm and dictionary in Rust. An index names the
segmenter it was built with and is queried with that one: the two are never mixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

DEFAULT_SEGMENTER = "rjieba"


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Cuts folded text into words.

    `cut` gives each character once, `cut_for_search` also the words inside words.
    """

    name: str
    cut: Callable[[str], list[str]]
    cut_for_search: Callable[[str], list[str]]


def make_segmenter(name: str = DEFAULT_SEGMENTER, words: Iterable[str] = ()) -> Segmenter:
    """Make a segmenter of its own, with `words` added to its dictionary.

    Raises KeyError for an unknown name, ImportError where its package is not installed.
    """
    return _MAKERS[name](tuple(words))


def _make_rjieba(words: tuple[str, ...]) -> Segmenter:
    import rjieba

    engine = rjieba.Jieba()
    for word in words:
        engine.add_word(word, None, None)
    return Segmenter(
        "rjieba", lambda text: list(engine.cut(text)), lambda text: list(engine.cut_for_search(text))
    )


def _make_jieba(words: tuple[str, ...]) -> Segmenter:
    import jieba

    engine = jieba.Tokenizer()
    for word in words:
        engine.add_word(word)
    return Segmenter("jieba", engine.lcut, engine.lcut_for_search)


_MAKERS: dict[str, Callable[[tuple[str, ...]], Segmenter]] = {"rjieba": _make_rjieba, "jieba": _make_jieba}
