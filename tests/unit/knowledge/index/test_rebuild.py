"""A rebuild after a change is the same index as one built anew from the same files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.index.catalog import Catalog
from knowledge.index.deriving import derive_all
from knowledge.index.layout import read_pointer
from knowledge.index.opening import open_index
from knowledge.index.records import Records
from knowledge.index.workers import Workers
from knowledge.library import Library
from tests.fakes import documents

Change = Callable[[Path], None]
NEWS = (
    "甲公司的海上风电装机达到3.5万千瓦，同比增长12%，新增的机组在福建和广东并网。项目是与当地电网一起建的，"
    "投资为48亿元，由三家银行的贷款支持；对沿海省份来说，它将是最大的一个，明年的发电量将达到11亿千瓦时。"
)
QUESTIONS = ("海上风电", "营收", "haishangfengdian", "比亚迪销量", "“液冷”", "期:b", "fengdian", "海尚风电")


def tell(folder: Path, name: str, *sentences: str) -> None:
    (folder / name).write_text("\n\n".join(sentences) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    tell(folder, "a.txt", "海上风电提速", NEWS)
    tell(folder, "b.txt", "液冷数据中心", "乙公司营收为120亿元，同比增长8%，数据中心改用液冷。")
    tell(folder, "c.txt", "海上风电又提速", NEWS)
    (folder / "d.html").write_text(documents.html_page(), encoding="utf-8")
    rows = [(f"n{n}", f"第{n}条", f"丙公司第{n}季度营收{n}00亿元，净利润{n}亿元。") for n in range(1, 5)]
    (folder / "e.rss").write_text(documents.feed(rows), encoding="utf-8")
    return folder


def nothing_but_a_title(folder: Path) -> None:
    tell(folder, "b.txt", "氢能重卡上路", "乙公司的海上风电营收为130亿元。", "氢能重卡销量1200辆。")


def one_more_first(folder: Path) -> None:
    tell(folder, "0.txt", "储能", "丁公司的储能营收7亿元，海上风电配储能。")


def one_less(folder: Path) -> None:
    (folder / "a.txt").unlink()


def the_first_telling_changes(folder: Path) -> None:
    tell(folder, "a.txt", "光伏", "光伏组件价格降至每瓦0.7元。")


@contextmanager
def opened(index: Path) -> Iterator[Library]:
    library = open_library(index)
    try:
        yield library
    finally:
        library.close()


def answers(index: Path) -> object:
    """Return all that an index says."""
    with opened(index) as library:
        return (
            library.content_hash,
            list(library.all_articles()),
            list(library.all_metrics()),
            [library.answer(question) for question in QUESTIONS],
        )


CHANGES = (nothing_but_a_title, one_more_first, one_less, the_first_telling_changes)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_rebuild_after_a_change_answers_exactly_as_a_build_from_nothing(
    folder: Path, out: Path, tmp_path: Path, change: Change
) -> None:
    build_index([folder], out)
    change(folder)
    assert build_index([folder], out).published
    build_index([folder], tmp_path / "anew")
    assert answers(out) == answers(tmp_path / "anew")


def test_a_rebuild_has_the_dictionaries_and_words_of_a_build_from_nothing(
    folder: Path, out: Path, tmp_path: Path
) -> None:
    build_index([folder], out)
    nothing_but_a_title(folder)
    build_index([folder], out)
    build_index([folder], tmp_path / "anew")
    indexes = [open_index(where) for where in (out, tmp_path / "anew")]
    (one, other) = (
        (index.dictionary, index.readings, index.catalog.words(range(1, 1_000))) for index in indexes
    )
    for index in indexes:
        index.close()
    assert one == other


def test_a_retold_story_is_told_by_another_once_its_first_telling_is_gone(folder: Path, out: Path) -> None:
    build_index([folder], out)
    with opened(out) as library:
        (first,) = (hit for hit in library.answer("海上风电提速").hits if hit.also)
    assert (first.article.title, [each.title for each in first.also]) == ("海上风电提速", ["海上风电又提速"])
    one_less(folder)
    build_index([folder], out)
    with opened(out) as library:
        assert [hit.also for hit in library.answer("海上风电提速").hits if hit.article.issue.id == "c"] == [
            ()
        ]


def kept(out: Path) -> Path:
    """Return the one file that is kept for the next build."""
    (path,) = out.glob("derived-*")
    return path


def test_what_was_derived_before_is_not_derived_again(folder: Path, out: Path) -> None:
    build_index([folder], out)
    version, records = out / read_pointer(out).version, Records(kept(out))
    with closing(Catalog(version)) as catalog:
        numbers = range(1, len(records) + 1)
        derived = derive_all(catalog, numbers, records, "a segmenter that nobody has", Workers())
        assert list(derived) == [records.between(number, number) for number in numbers]


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9])])
def test_where_nothing_usable_was_kept_all_is_derived_again(
    folder: Path, out: Path, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    build_index([folder], out)
    harm(kept(out))
    one_more_first(folder)
    build_index([folder], out)
    build_index([folder], tmp_path / "anew")
    assert answers(out) == answers(tmp_path / "anew")
    assert kept(out).name == kept(tmp_path / "anew").name
