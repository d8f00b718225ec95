from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, main


def test_startup_runs_and_prints_ours_beside_the_peer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["startup", "--quick", "--work", str(tmp_path / "work"), "--json", str(tmp_path / "rows.jsonl")])
    printed = capsys.readouterr().out
    assert printed.index("Python 3.") < printed.index("| hangxun ask |")
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    assert {"hangxun ask", "python: import jieba; jieba.initialize()"} <= {row["who"] for row in rows}


def test_every_benchmark_of_the_table_can_be_run() -> None:
    assert all(callable(import_module(module).run) for module in BENCHMARKS.values())


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["speed"])
    assert "no benchmark is called speed" in capsys.readouterr().err
