from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Rows = Mapping[str, str]
ROWS = {
    "a1": "甲省建成5G基站3.5万个，同比增长12%。",
    "a2": "乙市的数据中心改用液冷，能耗下降三成。",
    "a3": "丙公司发布新款芯片，产能明年翻番。",
}


@pytest.fixture
def write_source(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as a .jsonl source."""

    def write(name: str = "news.jsonl", rows: Rows = ROWS, folder: Path | None = None) -> Path:
        path = (folder or tmp_path) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (
            json.dumps(
                {"id": key, "title": f"第{key}篇", "text": text, "issue": "2021-12"}, ensure_ascii=False
            )
            for key, text in rows.items()
        )
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "index"
