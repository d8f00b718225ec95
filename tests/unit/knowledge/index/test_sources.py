"""What is refused, what is called the same, and what an interrupted build leaves."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.index import index_signature, open_library
from knowledge.index.build import build_index
from knowledge.index.filling import Progress
from knowledge.index.inputs import Inputs, Request
from knowledge.index.product import product_inputs
from knowledge.index.refusals import REFUSALS_FILE, read_refusals
from knowledge.index.unfinished import PREFIX
from knowledge.ingest import Source
from tests.fakes import documents

Write = Callable[..., Path]


def write_text(folder: Path, name: str, title: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{title}\n\n{title}的一段话，说的是近况。\n", encoding="utf-8")
    return path


def issue_ids(out: Path) -> dict[str, str]:
    library = open_library(out)
    try:
        return {article.title: article.issue.id for article in library.all_articles()}
    finally:
        library.close()


def test_files_called_the_same_have_issues_of_their_own(tmp_path: Path, out: Path) -> None:
    for folder, title in (("甲", "海水淡化"), ("乙", "海上风电")):
        write_text(tmp_path / "in" / folder, "2024-01.txt", title)
    (tmp_path / "in" / "甲" / "2024-01.docx").write_bytes(documents.word())
    build_index([tmp_path / "in"], out)
    assert len(set(issue_ids(out).values())) == 3
    assert "2024-01" in issue_ids(out).values()


def test_an_issue_keeps_its_id_when_another_of_its_name_comes_before_it(tmp_path: Path, out: Path) -> None:
    write_text(tmp_path / "in/b", "2024-01.txt", "海水淡化")
    build_index([tmp_path / "in"], out)
    write_text(tmp_path / "in/a", "2024-01.txt", "海上风电")
    build_index([tmp_path / "in"], out)
    assert issue_ids(out) == {"海水淡化": "2024-01", "海上风电": "a-2024-01"}


def test_a_refused_file_is_known_with_its_reason_until_it_changes(tmp_path: Path, out: Path) -> None:
    bad = tmp_path / "in" / "bad.pdf"
    write_text(tmp_path / "in", "good.txt", "海水淡化")
    bad.write_bytes(b"%PDF-1.7 broken")
    first = build_index([tmp_path / "in"], out)
    (refusal,) = read_refusals(out)
    assert (refusal.name, refusal.reason) == (str(bad), "it is no PDF that can be opened")
    seen: list[Progress] = []
    again = build_index([tmp_path / "in"], out, report=seen.append)
    assert again.refused == first.refused
    assert not any(step.name.endswith("bad.pdf") for step in seen)
    bad.write_bytes(documents.html_page().encode())
    assert build_index([tmp_path / "in"], out).added == 1
    assert read_refusals(out) == ()


def test_a_refused_file_that_is_gone_is_forgotten(tmp_path: Path, out: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 broken")
    build_index([bad], out)
    bad.unlink()
    build_index([write_text(tmp_path, "good.txt", "海水淡化")], out)
    assert read_refusals(out) == ()


def test_a_damaged_list_of_refusals_is_as_good_as_none(tmp_path: Path, out: Path) -> None:
    build_index([write_text(tmp_path, "good.txt", "海水淡化")], out)
    (out / REFUSALS_FILE).write_text('[{"odd": 1}]', encoding="utf-8")
    assert read_refusals(out) == ()


def test_what_is_no_file_stops_nothing(tmp_path: Path, out: Path) -> None:
    write_text(tmp_path / "in", "good.txt", "海水淡化")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    os.mkfifo(tmp_path / "given.txt")
    summary = build_index([tmp_path / "in", tmp_path / "given.txt"], out)
    assert summary.added == 1
    assert [reason for _, reason in summary.refused] == ["it is not a regular file"]


def stop_at(name: str) -> Callable[[Progress], None]:
    def report(step: Progress) -> None:
        if step.name.endswith(name):
            raise KeyboardInterrupt

    return report


def noting(read: list[str]) -> Inputs:
    """Return the inputs of the product, which note the files that they read."""
    inputs = product_inputs()

    def read_and_note(request: Request) -> Source:
        read.append(Path(request.path).name)
        return inputs.read(request)

    return replace(inputs, read=read_and_note)


def test_an_interrupted_build_leaves_the_index_and_its_work(tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "in"
    write_text(folder, "a.txt", "海水淡化")
    build_index([folder], out)
    before = index_signature(out)
    for name, title in (("b.txt", "海上风电"), ("c.txt", "氢能"), ("d.txt", "储能")):
        write_text(folder, name, title)
    with pytest.raises(KeyboardInterrupt):
        build_index([folder], out, report=stop_at("d.txt"))
    assert index_signature(out) == before
    assert len(list(out.glob(f"{PREFIX}*"))) == 1
    read: list[str] = []
    summary = build_index([folder], out, inputs=noting(read))
    assert (summary.added, summary.articles, read) == (3, 4, ["d.txt"])
    assert not list(out.glob(f"{PREFIX}*"))
    assert set(issue_ids(out)) == {"海水淡化", "海上风电", "氢能", "储能"}


def test_work_of_other_content_is_not_taken_for_this(tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "in"
    write_text(folder, "a.txt", "海水淡化")
    write_text(folder, "b.txt", "海上风电")
    with pytest.raises(KeyboardInterrupt):
        build_index([folder], out, report=stop_at("b.txt"))
    write_text(folder, "a.txt", "氢能")
    build_index([folder], out)
    assert set(issue_ids(out)) == {"氢能", "海上风电"}
