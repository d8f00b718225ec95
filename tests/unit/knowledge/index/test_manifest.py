"""Large files are verified part by part, so that threads can share one."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from knowledge.index.manifest import (
    MANIFEST_FILE,
    PART_BYTES,
    SCHEMA_VERSION,
    SMALL,
    WHOLE,
    Manifest,
    ManifestError,
    file_hash,
    read_manifest,
    record_files,
    verify_files,
    write_manifest,
)

SIZE = 2 * PART_BYTES + 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "small").write_bytes(b"small")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(SIZE)
    return tmp_path


def manifest_of(folder: Path) -> Manifest:
    built_at, files = "2024-05-06T07:08:09+00:00", record_files(folder)
    write_manifest(
        folder, Manifest(SCHEMA_VERSION, built_at, "content", "rules", "jieba", "1", 1, 1, 1, files)
    )
    return read_manifest(folder)


@pytest.mark.parametrize("size", [0, 1, SMALL, SMALL + 1])
@pytest.mark.parametrize("part", [WHOLE, slice(0, 10), slice(SMALL, SMALL + 10)])
def test_a_file_has_the_same_hash_read_or_mapped(tmp_path: Path, size: int, part: slice) -> None:
    content = bytes(n % 251 for n in range(size))
    (tmp_path / "file").write_bytes(content)
    assert file_hash(tmp_path / "file", part) == sha256(content[part]).hexdigest()


def test_a_large_file_is_recorded_in_parts_and_a_small_one_whole(folder: Path) -> None:
    manifest = manifest_of(folder)
    assert {record.path: len(record.parts) for record in manifest.files} == {"large": 3, "small": 0}
    verify_files(folder, manifest)


@pytest.mark.parametrize("place", [0, PART_BYTES, SIZE - 1])
def test_a_change_in_any_part_is_noticed(folder: Path, place: int) -> None:
    manifest = manifest_of(folder)
    with (folder / "large").open("r+b") as file:
        file.seek(place)
        file.write(b"x")
    with pytest.raises(ManifestError, match="large was altered"):
        verify_files(folder, manifest)


def test_a_part_that_has_no_hash_is_damage(folder: Path) -> None:
    manifest = manifest_of(folder)
    files = tuple(replace(record, parts=record.parts[:-1]) for record in manifest.files)
    with pytest.raises(ManifestError, match="damaged"):
        verify_files(folder, replace(manifest, files=files))


def test_a_manifest_without_parts_is_verified_whole(folder: Path) -> None:
    manifest_of(folder)
    values = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    for record in values["files"]:
        del record["parts"]
    (folder / MANIFEST_FILE).write_text(json.dumps(values), encoding="utf-8")
    verify_files(folder, read_manifest(folder))
    (folder / "large").write_bytes(b"y" * SIZE)
    with pytest.raises(ManifestError, match="large was altered"):
        verify_files(folder, read_manifest(folder))
