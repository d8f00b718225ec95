"""Which addresses a platform may make a link of."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_web_address(href: str) -> bool:
    """Tell whether a link may be made of it: http or https, with a host, and nothing invisible."""
    if not href.isprintable() or " " in href:
        return False
    try:
        address = urlsplit(href)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and bool(address.hostname)
