from __future__ import annotations

from pathlib import Path

from knowledge.index import open_library
from knowledge.index.build import build_index


def test_a_table_gets_the_figures_of_a_bare_word_too(tmp_path: Path) -> None:
    provinces = (
        "河北",
        "山西",
        "辽宁",
        "吉林",
        "江苏",
        "浙江",
        "安徽",
        "福建",
        "江西",
        "山东",
        "河南",
        "湖北",
    )
    rows = [
        f'{{"id": "a{n}", "title": "{name}的充电桩", "text": "{name}省建成充电桩{n + 3}万个。"}}'
        for n, name in enumerate(provinces)
    ]
    source = tmp_path / "digest.jsonl"
    source.write_text("\n".join(rows), encoding="utf-8")
    build_index([source], tmp_path / "index", published=None)
    library = open_library(tmp_path / "index")
    found = {hit.metric.subject for hit in library.figures("充电桩", limit=200)}
    others = {hit.metric.subject for hit in library.figures("充电桩 -河北", limit=200)}
    library.close()
    assert len(found) == len(provinces)
    assert others == found - {"河北省"}
