"""Put results into the documentation: python -m benchmarks.publish RESULTS.jsonl docs/benchmarks.md.

A table stands between `<!-- table: NAME -->`, or `<!-- table: NAME, DOCUMENTS -->`, and `<!-- end -->`; the
plots go into the folder of the page's name. Of rows with the same name and size the last one counts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.plot import draw_plots
from benchmarks.report import Row, markdown, read_json

_TABLE = re.compile(
    r"(?P<head><!-- table: (?P<name>[^,>]+)(?:, (?P<documents>[0-9]+))? -->\n).*?(?=<!-- end -->)", re.DOTALL
)


def publish(page: str, rows: Sequence[Row]) -> str:
    """Return the page with its tables renewed; a table without rows stays as it is."""

    def renewed(match: re.Match[str]) -> str:
        wanted = [row for row in rows if row.table == match["name"]]
        if match["documents"]:
            wanted = [row for row in wanted if row.documents == int(match["documents"])]
        return f"{match['head']}{markdown(wanted)}\n" if wanted else match[0]

    return _TABLE.sub(renewed, page)


def latest(rows: Iterable[Row]) -> list[Row]:
    """Return the rows by size, of those with the same table, name and size the last one."""
    found = {(row.table, row.who, row.documents): row for row in rows}
    return sorted(found.values(), key=lambda row: row.documents)


def main(results: str, page: str) -> None:
    """Renew a page and its plots."""
    path = Path(page)
    rows = latest(read_json(Path(results)))
    path.write_text(publish(path.read_text(encoding="utf-8"), rows), encoding="utf-8")
    draw_plots(rows, path.with_suffix(""))


if __name__ == "__main__":
    main(*sys.argv[1:])
