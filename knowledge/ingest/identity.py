"""Ids that stay the same however often a source is read."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from knowledge.ingest.titles import title_key

_NOT_SLUG = re.compile(r"[\W_]+")


def make_slug(name: str) -> str:
    """Return a name as one lower-case word with dashes; never empty."""
    slug = _NOT_SLUG.sub("-", unicodedata.normalize("NFKC", name).lower()).strip("-")
    return slug or hashlib.sha256(name.encode()).hexdigest()[:12]


def make_article_id(issue_id: str, title: str, repeat: int = 0) -> str:
    """Return 12 hexadecimal digits for an issue, a title in it and how often that title came before."""
    text = f"{issue_id}\n{title_key(title)}" + (f"\n{repeat}" if repeat else "")
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def make_item_id(feed: str, name: str) -> str:
    """Return 12 hexadecimal digits for an entry that its feed calls by a name or an address."""
    return hashlib.sha256(f"{feed}\n{name}".encode()).hexdigest()[:12]
