from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.plot import log_log, series_of
from benchmarks.publish import latest, publish
from benchmarks.publish import main as publish_main
from benchmarks.report import Row, append_json, machine, markdown, read_json
from benchmarks.timing import Contestant, beside, interleaved, percentile

ROWS = [
    Row("search", "ours", {"p50 ms": 1.5, "p99 ms": 9.0, "queries": 1000}, 40),
    Row("search", "ours", {"p50 ms": 2.5, "p99 ms": 12.0, "queries": 1000}, 10_000),
    Row("search", "peer", {"p50 ms": 0.123456, "p99 ms": 0.5}, 40),
    Row("search", "peer", {"p50 ms": 0.2, "p99 ms": 0.7}, 10_000),
]


def test_rows_become_a_markdown_table_with_gaps_where_a_figure_is_missing() -> None:
    assert markdown(ROWS[1:3]).splitlines() == [
        "| documents |  | p50 ms | p99 ms | queries |",
        "| ---: | --- | ---: | ---: | ---: |",
        "| 10,000 | ours | 2.5 | 12 | 1,000 |",
        "| 40 | peer | 0.123 | 0.5 |  |",
    ]


def test_rows_without_documents_have_no_column_for_them() -> None:
    assert markdown([Row("startup", "ours", {"median ms": 1234.5})]).endswith("| ours | 1,234 |")


def test_a_table_says_what_its_sizes_count() -> None:
    assert markdown([Row("t", "a", {"s": 1}, 1_000, "chats due")]).startswith("| chats due |")


def test_rows_come_back_from_json_as_they_were(tmp_path: Path) -> None:
    append_json(tmp_path / "rows.jsonl", ROWS[:1])
    append_json(tmp_path / "rows.jsonl", ROWS[1:])
    assert read_json(tmp_path / "rows.jsonl") == ROWS


def test_the_machine_line_names_python_and_the_load() -> None:
    assert "Python 3." in machine()
    assert "load" in machine()


def test_a_page_gets_its_tables_and_plots(tmp_path: Path) -> None:
    append_json(tmp_path / "rows.jsonl", ROWS)
    page = tmp_path / "page.md"
    page.write_text("# Speed\n<!-- table: search, 40 -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    publish_main(str(tmp_path / "rows.jsonl"), str(page))
    assert page.read_text(encoding="utf-8").splitlines() == [
        "# Speed",
        "<!-- table: search, 40 -->",
        *markdown([ROWS[0], ROWS[2]]).splitlines(),
        "<!-- end -->",
        "after",
    ]
    root = ET.parse(tmp_path / "page" / "search-p50.svg").getroot()  # noqa: S314 -- written above
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"ours", "peer", "documents", "10,000", "0.1"} <= texts
    assert len(list(root.iter("{http://www.w3.org/2000/svg}polyline"))) == 2


def test_a_table_without_rows_stays_as_it_is() -> None:
    page = "<!-- table: build -->\nold\n<!-- end -->\n"
    assert publish(page, ROWS) == page


def test_a_line_rises_where_its_values_do() -> None:
    root = ET.fromstring(log_log("t", ("x", "y"), {"a": [(10, 1), (1000, 100)]}))  # noqa: S314 -- ours
    (line,) = root.iter("{http://www.w3.org/2000/svg}polyline")
    (x1, y1), (x2, y2) = (map(float, point.split(",")) for point in line.attrib["points"].split())
    assert x2 > x1
    assert y2 < y1


def test_of_rows_of_the_same_name_and_size_the_last_one_counts() -> None:
    rows = latest([*ROWS, Row("search", "ours", {"p50 ms": 7.0}, 40)])
    assert sorted(series_of(rows, "search", "p50 ms")["ours"]) == [(40, 7.0), (10_000, 2.5)]


def test_every_contestant_answers_in_turn_and_every_query() -> None:
    asked: list[tuple[str, int]] = []
    both = [Contestant(name, lambda query, name=name: asked.append((name, query))) for name in ("a", "b")]
    times = interleaved(both, 10)
    assert {name: len(each) for name, each in times.items()} == {"a": 10, "b": 10}
    timed = asked[-60:]
    assert all({name for name, _ in timed[n : n + 2]} == {"a", "b"} for n in range(0, 60, 2))


def test_one_without_budget_gets_five_queries_only() -> None:
    times = interleaved([Contestant("slow", lambda _: sum(range(1000)))], 50, budget=0.0)
    assert len(times["slow"]) == 5


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (99, 99)])
def test_a_percentile_is_one_of_the_times(percent: float, value: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], percent) == value
    assert percentile([3.0], percent) == 3.0


def test_a_contestant_stands_beside_the_peer_by_the_queries_that_both_were_asked() -> None:
    peer = {0: 2.0, 1: 100.0, 2: 4.0}
    assert beside({0: 6.0, 2: 12.0}, peer) == 3.0
    assert beside(peer, peer) == 1.0
