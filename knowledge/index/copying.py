"""Taking sources over from another catalog: SQLite itself moves their rows, many sources in one step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

# CROSS JOIN keeps the order of the loops, and so of the numbers: by source, then as they were.
_ARTICLES = """
INSERT OR IGNORE INTO main.article
SELECT NULL, taken.new, id, title, section, page, issue, issue_title, issue_published, published, url
FROM taken CROSS JOIN earlier.article AS old ON old.source = taken.old ORDER BY taken.new, old.number"""
_TAKEN = """
SELECT old.number FROM main.article AS new CROSS JOIN earlier.article AS old ON old.id = new.id
WHERE new.number > ? ORDER BY new.number"""
_METRICS = """
INSERT INTO main.metric
SELECT NULL, new.source, new.number, metric.id, subject, indicator, value, unit, base_value, base_unit,
    period, start, end, kind, approx, forecast, sentence, said_by, pattern
FROM main.article AS new CROSS JOIN earlier.article AS old ON old.id = new.id
    CROSS JOIN earlier.metric AS metric ON metric.article = old.number
WHERE new.number > ? ORDER BY new.number, metric.number"""


def copy_rows(connection: sqlite3.Connection, catalog: Path, sources: Iterable[tuple[int, int]]) -> list[int]:
    """Copy the articles and metrics of sources, each given by its old and its new number, which rise.

    Returns the old numbers of the articles that were taken: one whose id is there already is left out.
    """
    connection.commit()
    connection.execute("ATTACH ? AS earlier", (catalog_uri(catalog),))
    try:
        return _copy(connection, sources)
    finally:
        connection.commit()
        connection.execute("DETACH earlier")


def catalog_uri(catalog: Path) -> str:
    """Return the address under which SQLite opens a catalog that never changes."""
    return f"file:{quote(str(catalog.resolve()))}?mode=ro&immutable=1"


def _copy(connection: sqlite3.Connection, sources: Iterable[tuple[int, int]]) -> list[int]:
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS taken (new INTEGER PRIMARY KEY, old INTEGER NOT NULL)"
    )
    connection.execute("DELETE FROM taken")
    connection.executemany("INSERT INTO taken (old, new) VALUES (?, ?)", sources)
    ((last,),) = connection.execute("SELECT coalesce(max(number), 0) FROM main.article")
    connection.execute(_ARTICLES)
    taken = [number for (number,) in connection.execute(_TAKEN, (last,))]
    connection.execute(_METRICS, (last,))
    return taken
