"""What a PNG file says of itself, read without the library that wrote it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator


def png_size(data: bytes) -> tuple[int, int]:
    """Return width and height in pixels. Raises AssertionError for what is no whole PNG."""
    parts = dict(_chunks(data))
    width, height, depth, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert (depth, colour) == (8, 6), "not eight bits of red, green, blue and alpha"
    pixels = zlib.decompress(b"".join(part for name, part in _chunks(data) if name == b"IDAT"))
    assert len(pixels) == height * (1 + 4 * width), "pixels are missing"
    return width, height


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    assert data.startswith(b"\x89PNG\r\n\x1a\n"), "no PNG"
    at = 8
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        part = data[at + 8 : at + 8 + size]
        assert struct.unpack_from(">I", data, at + 8 + size) == (zlib.crc32(name + part),), "broken"
        yield name, part
        at += size + 12
    assert name == b"IEND", "the end is missing"
