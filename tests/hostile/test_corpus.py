"""Every broken or hostile file is read or refused as its table says, and costs only itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.index import open_library
from knowledge.index.build import BuildSummary, build_index
from tests.fakes import documents
from tests.hostile.corpus import CASES, Case

LIGHT = tuple(case for case in CASES if not case.heavy)
GOOD = {"a-good.docx": documents.word(), "z-good.html": documents.html_page().encode()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in GOOD.items():
        (folder / name).write_bytes(content)
    for case in LIGHT:
        (folder / case.name).write_bytes(case.make())
    return folder


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="module")
def built(folder: Path, index: Path) -> BuildSummary:
    return build_index([folder], index)


def reasons(summary: BuildSummary) -> Mapping[str, str]:
    return {Path(name).name: reason for name, reason in summary.refused}


def test_there_are_enough_of_them_each_with_a_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", LIGHT, ids=lambda case: case.name)
def test_a_file_is_read_or_refused_as_its_table_says(case: Case, built: BuildSummary) -> None:
    reason = reasons(built).get(case.name, "")
    assert case.is_as_told(reason), reason


def test_the_rest_of_the_folder_is_built(built: BuildSummary, index: Path) -> None:
    read = sum(not case.refused for case in LIGHT) + len(GOOD)
    assert built.added == read
    library = open_library(index)
    try:
        assert library.counts.articles >= read - 10  # feeds and rows share articles
        assert library.answer("5G基站").total
    finally:
        library.close()


def test_what_was_refused_is_tried_again_only_when_it_changes(
    folder: Path, index: Path, built: BuildSummary, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "cut.docx").write_bytes(documents.word())
    again = build_index([folder], index)
    assert again.added == 1
    assert again.unchanged == built.added
    assert set(reasons(again)) == set(reasons(built)) - {"cut.docx"}
