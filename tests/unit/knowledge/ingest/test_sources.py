from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import SourceError
from knowledge.ingest import find_sources, read_source
from knowledge.ingest.formats import SUFFIXES


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n\n一段话。", encoding="utf-8")


def test_folders_are_walked_in_a_fixed_order_and_only_known_formats_are_taken(tmp_path: Path) -> None:
    make(
        tmp_path,
        "b/2.txt",
        "b/1.md",
        "a.TXT",
        "c.jsonl",
        "d.docx",
        "e.exe",
        ".hidden.txt",
        ".git/x.txt",
        "b/c/0.txt",
    )
    found = [Path(name).relative_to(tmp_path).as_posix() for _, name in find_sources([tmp_path])]
    assert found == ["a.TXT", "c.jsonl", "d.docx", "b/1.md", "b/2.txt", "b/c/0.txt"]


def test_a_file_is_given_once_however_often_it_is_named(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    assert len(list(find_sources([tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt"]))) == 1


def test_a_path_that_is_given_is_always_passed_on(tmp_path: Path) -> None:
    make(tmp_path, "a.xyz")
    given = [tmp_path / "a.xyz", tmp_path / "missing.txt"]
    assert [path for path, _ in find_sources(given)] == given


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.txt", "there is no such file"),
        ("a.xyz", f"its format is not known; known are {', '.join(SUFFIXES)}"),
        ("folder.txt", "it is not a regular file"),
        ("pipe.txt", "it is not a regular file"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path: Path, name: str, reason: str) -> None:
    make(tmp_path, "a.xyz")
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(SourceError) as caught:
        read_source(tmp_path / name, name=name)
    assert caught.value.reason == reason


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    source = read_source(tmp_path / "a.txt", name="a.txt")
    assert source.sha256 == hashlib.sha256((tmp_path / "a.txt").read_bytes()).hexdigest()


def test_the_date_that_is_given_goes_before_the_name(tmp_path: Path) -> None:
    make(tmp_path, "a-2020-05.txt")
    path = tmp_path / "a-2020-05.txt"
    assert read_source(path, name="a").issues[0].published == date(2020, 5, 31)
    assert read_source(path, name="a", published=date(2020, 5, 4)).issues[0].published == date(2020, 5, 4)


def test_a_document_without_a_title_is_called_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "水利观察.txt"
    path.write_text("全国大中型水库蓄水总体偏多，" * 6 + "。", encoding="utf-8")
    source = read_source(path, name="x")
    (article,) = source.articles
    assert (article.title, source.issues[0].id) == ("水利观察", "水利观察")
    assert len(article.paragraphs) == 1
