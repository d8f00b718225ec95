from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.errors import IndexUnusableError
from knowledge.index import open_library
from knowledge.index.build import build_index
from knowledge.index.layout import Pointer, point_to, read_pointer
from knowledge.index.manifest import MANIFEST_FILE, file_hash

Write = Callable[..., Path]


@pytest.fixture
def index(write_source: Write, out: Path) -> Path:
    build_index([write_source()], out)
    return out


def version(index: Path) -> Path:
    return index / read_pointer(index).version


def files(index: Path) -> list[Path]:
    return [
        index / "current",
        *sorted(p for p in version(index).rglob("*") if p.is_file() and p.stat().st_size),
    ]


def refused(index: Path) -> IndexUnusableError:
    with pytest.raises(IndexUnusableError) as caught:
        open_library(index)
    return caught.value


def test_a_missing_index_names_the_command_that_makes_one(tmp_path: Path) -> None:
    error = refused(tmp_path / "my index")
    assert error.repair == f"hangxun build SOURCE... --out '{tmp_path}/my index'"
    assert "no index" in error.reason


def test_every_file_cut_short_at_any_point_is_refused(index: Path) -> None:
    for path in files(index):
        whole = path.read_bytes()
        for kept in {0, 1, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:kept])
            refused(index)
        path.write_bytes(whole)
    open_library(index).close()


def test_every_file_that_is_deleted_is_missed(index: Path) -> None:
    for path in files(index):
        whole = path.read_bytes()
        path.unlink()
        assert refused(index).repair.startswith("hangxun build")
        path.write_bytes(whole)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_noticed(index: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(files(index)))
    whole = path.read_bytes()
    place, bit = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :])
    try:
        refused(index)
    finally:
        path.write_bytes(whole)


def rewrite_manifest(index: Path, **changes: object) -> None:
    """Change the manifest as another version of the product would: its hash in the pointer agrees."""
    path = version(index) / MANIFEST_FILE
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")
    point_to(index, Pointer(version(index).name, file_hash(path)))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"schema": 99}, "a newer version"),
        ({"schema": 0}, "an older version"),
        ({"schema": "1"}, "damaged"),
        ({"segmenter": "unheard-of"}, "needs the segmenter unheard-of"),
        ({"segmenter_version": "0.0.1"}, "0.0.1"),
        ({"articles": 4_000}, "counts do not agree"),
        ({"files": []}, "does not name"),
        ({"files": [{"path": "../../secret"}]}, "damaged"),
        ({"built_at": "yesterday"}, "damaged"),
        ({"surprise": 1}, "damaged"),
    ],
)
def test_a_manifest_of_another_kind_is_refused_with_its_reason(
    index: Path, changes: dict[str, object], reason: str
) -> None:
    rewrite_manifest(index, **changes)
    assert reason in refused(index).reason


@pytest.mark.parametrize(
    "text", ["", "garbage", "version-000009", "../../etc passwd", "version-000001 0\n", "\x00"]
)
def test_a_garbage_pointer_is_refused(index: Path, text: str) -> None:
    (index / "current").write_text(text, encoding="utf-8")
    assert "pointer is damaged" in refused(index).reason


def test_a_manifest_put_back_from_elsewhere_is_altered(index: Path) -> None:
    path = version(index) / MANIFEST_FILE
    path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert "manifest was altered" in refused(index).reason


def test_a_damaged_index_is_built_anew_and_says_so(index: Path, write_source: Write) -> None:
    (version(index) / "library.sqlite").write_bytes(b"not a database")
    summary = build_index([write_source()], index)
    assert summary.published
    assert "built anew" in summary.notes[0]
    open_library(index).close()


@pytest.fixture
def read_only(index: Path) -> Iterator[Path]:
    folders = [index, *(path for path in index.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield index
    for folder in folders:
        folder.chmod(stat.S_IRWXU)


def test_an_index_that_cannot_be_written_to_answers(read_only: Path) -> None:
    library = open_library(read_only)
    assert [hit.article.id for hit in library.answer("数据中心").hits] == ["a2"]
    library.close()


def test_opening_leaves_the_index_untouched_and_nothing_behind(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = {path: path.stat().st_mtime_ns for path in index.rglob("*")}
    library = open_library(index)
    library.answer("芯片")
    library.close()
    assert {path: path.stat().st_mtime_ns for path in index.rglob("*")} == before
    assert not list(temporary.iterdir())


def test_a_copied_index_opens_where_it_is(index: Path, tmp_path: Path) -> None:
    shutil.copytree(index, tmp_path / "elsewhere")
    shutil.rmtree(index)
    library = open_library(tmp_path / "elsewhere")
    assert library.answer("芯片").total == 1
    library.close()
