from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.index import index_signature, open_library
from knowledge.index.build import build_index, remove_sources
from knowledge.index.filling import Progress

Write = Callable[..., Path]


def ids(out: Path) -> list[str]:
    library = open_library(out)
    try:
        return [article.id for article in library.all_articles()]
    finally:
        library.close()


def test_a_built_index_holds_every_article_with_its_figures(write_source: Write, out: Path) -> None:
    summary = build_index([write_source()], out)
    assert (summary.added, summary.articles, summary.issues, summary.refused) == (1, 3, 1, ())
    library = open_library(out)
    assert library.counts.articles == 3
    assert library.counts.metrics == summary.metrics > 0
    assert [m.quantity.unit for m in library.metrics("a1")][:1] == ["万个"]
    library.close()


def test_building_again_without_a_change_publishes_nothing(write_source: Write, out: Path) -> None:
    source = write_source()
    build_index([source], out)
    before = index_signature(out)
    summary = build_index([source], out)
    assert (summary.unchanged, summary.added, summary.published) == (1, 0, False)
    assert index_signature(out) == before


def test_a_changed_source_is_read_again_and_the_others_are_taken_over(write_source: Write, out: Path) -> None:
    kept, changed = write_source("b.jsonl", {"b1": "旧文一篇。"}), write_source("c.jsonl", {"c1": "旧文。"})
    build_index([kept, changed], out)
    write_source("c.jsonl", {"c1": "新文讲的是量子计算。", "c2": "又一篇。"})
    summary = build_index([kept, changed], out)
    assert (summary.updated, summary.unchanged, summary.articles) == (1, 1, 3)
    assert ids(out) == ["b1", "c1", "c2"]


def test_a_source_given_before_stays_when_another_is_added(write_source: Write, out: Path) -> None:
    build_index([write_source("b.jsonl", {"b1": "甲文。"})], out)
    build_index([write_source("a.jsonl", {"a1": "乙文。"})], out)
    assert ids(out) == ["a1", "b1"]


def test_what_is_removed_goes_whether_its_file_is_still_there_or_not(write_source: Write, out: Path) -> None:
    kept, there = write_source("a.jsonl", {"a1": "甲文。"}), write_source("b.jsonl", {"b1": "乙文。"})
    gone = write_source("c.jsonl", {"c1": "丙文。"})
    build_index([kept, there, gone], out)
    gone.unlink()
    summary = remove_sources([there, gone], out)
    assert (summary.removed, summary.articles, summary.published) == (2, 1, True)
    assert ids(out) == ["a1"]


def test_a_removed_folder_takes_with_it_what_lies_in_it_and_nothing_else(
    write_source: Write, out: Path, tmp_path: Path
) -> None:
    inside = write_source("2021/a.jsonl", {"a1": "甲文。"})
    beside = write_source("2021-b.jsonl", {"b1": "乙文。"})
    build_index([inside, beside], out)
    assert remove_sources([inside.parent], out).removed == 1
    assert ids(out) == ["b1"]
    assert remove_sources([tmp_path / "nowhere"], out).published is False


def test_the_last_issue_can_be_removed(write_source: Write, out: Path) -> None:
    source = write_source("a.jsonl", {"a1": "甲文。"})
    build_index([source], out)
    remove_sources([source], out)
    assert ids(out) == []


def test_what_came_from_a_file_that_left_its_folder_goes(
    write_source: Write, out: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "digests"
    write_source("one.jsonl", {"x1": "甲文。"}, folder)
    gone = write_source("two.jsonl", {"x2": "乙文。"}, folder)
    build_index([folder], out)
    gone.unlink()
    summary = build_index([folder], out)
    assert summary.removed == 1
    assert ids(out) == ["x1"]


def test_a_bad_source_is_refused_with_its_reason_and_the_rest_is_built(
    write_source: Write, out: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{not json\n", encoding="utf-8")
    summary = build_index([bad, write_source(), tmp_path / "absent.txt"], out)
    assert summary.articles == 3
    assert [Path(name).name for name, _ in summary.refused] == ["absent.txt", "bad.jsonl"]
    assert all(reason for _, reason in summary.refused)


def test_what_was_read_before_stays_when_a_source_turns_bad(write_source: Write, out: Path) -> None:
    source = write_source()
    build_index([source], out)
    source.write_text("{broken\n", encoding="utf-8")
    summary = build_index([source], out)
    assert len(summary.refused) == 1
    assert summary.articles == 3
    assert len(ids(out)) == 3


def test_nothing_readable_publishes_no_index(out: Path, tmp_path: Path) -> None:
    summary = build_index([tmp_path / "absent.txt"], out)
    assert (summary.published, summary.articles) == (False, 0)
    assert index_signature(out) is None


def test_an_article_whose_id_is_taken_is_left_out_with_a_note(write_source: Write, out: Path) -> None:
    build_index([write_source("a.jsonl", {"same": "先来。"})], out)
    summary = build_index([write_source("b.jsonl", {"same": "后到。", "other": "另一篇。"})], out)
    assert summary.articles == 2
    assert any("1 articles left out" in note for note in summary.notes)


def test_the_date_given_dates_the_articles(write_source: Write, out: Path) -> None:
    build_index([write_source()], out, published=date(2024, 5, 6))
    library = open_library(out)
    assert library.issues()[0].published == date(2024, 5, 6)
    library.close()


def test_progress_names_each_source_and_ends_complete(write_source: Write, out: Path) -> None:
    seen: list[Progress] = []
    build_index([write_source("a.jsonl"), write_source("b.jsonl", {"b": "文。"})], out, report=seen.append)
    assert [Path(step.name).name for step in seen] == ["a.jsonl", "b.jsonl", ""]
    assert (seen[-1].done, seen[-1].total) == (2, 2)


def test_the_same_input_gives_the_same_content_in_any_process(write_source: Write, tmp_path: Path) -> None:
    sources = [str(write_source("a.jsonl")), str(write_source("b.jsonl", {"b1": "量子计算机问世。"}))]
    code = (
        "import sys; from pathlib import Path\n"
        "from knowledge.index import open_library; from knowledge.index.build import build_index\n"
        "out = Path(sys.argv[1]); build_index(map(Path, sys.argv[2:]), out); library = open_library(out)\n"
        "print(library.content_hash, [a.id for a in library.all_articles()],"
        " [m.id for m in library.all_metrics()], [h.score for h in library.answer('5G基站').hits])\n"
        "library.close()"
    )
    results = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / f"out{seed}"), *order],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, order in (("1", sources), ("2", sources[::-1]))
    }
    assert len(results) == 1
    assert "a1" in results.pop()


def test_an_index_built_in_steps_has_the_content_of_one_built_at_once(
    write_source: Write, tmp_path: Path
) -> None:
    first, second = write_source("a.jsonl"), write_source("b.jsonl", {"b1": "文。"})
    at_once, in_steps = tmp_path / "at_once", tmp_path / "in_steps"
    build_index([first, second], at_once)
    build_index([second], in_steps)
    build_index([first], in_steps)
    libraries = [open_library(at_once), open_library(in_steps)]
    assert libraries[0].content_hash == libraries[1].content_hash
    for library in libraries:
        library.close()


def test_a_second_build_at_the_same_time_says_so(write_source: Write, out: Path) -> None:
    source = write_source()
    build_index([source], out)
    with (out / ".build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(KnowledgeError, match="another build"):
            build_index([source], out)


def test_a_full_disk_leaves_the_old_index_and_no_rubbish(write_source: Write, out: Path) -> None:
    build_index([write_source()], out)
    before = index_signature(out)
    bigger = write_source("big.jsonl", {f"n{i}": f"第{i}条新闻说的是数据中心。" * 20 for i in range(300)})
    code = (
        "import resource, sys; from pathlib import Path; from knowledge.index.build import build_index\n"
        "from knowledge.errors import KnowledgeError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try:\n    build_index([Path(sys.argv[1])], Path(sys.argv[2]))\n"
        "except KnowledgeError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(bigger), str(out)], capture_output=True, text=True, check=False
    )
    assert "what was there is unchanged" in done.stdout
    assert index_signature(out) == before
    assert not list(out.glob(".building-*"))
    assert len(ids(out)) == 3


def test_an_unwritable_folder_is_one_clear_error(write_source: Write, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(KnowledgeError, match="cannot write the index"):
        build_index([write_source()], blocked / "index")


def test_only_the_current_version_and_the_one_before_are_kept(write_source: Write, out: Path) -> None:
    for round_ in range(4):
        build_index([write_source("a.jsonl", {"a": f"第{round_}版。"})], out)
    assert sorted(path.name for path in out.glob("version-*")) == ["version-000003", "version-000004"]


def test_a_library_opened_before_goes_on_answering_after_two_more_builds(
    write_source: Write, out: Path
) -> None:
    build_index([write_source("a.jsonl", {"a": "量子计算机。"})], out)
    old = open_library(out)
    for text in ("区块链。", "元宇宙。"):
        build_index([write_source("a.jsonl", {"a": text})], out)
    assert [hit.article.id for hit in old.answer("量子计算机").hits] == ["a"]
    assert not old.answer("元宇宙").hits
    old.close()
