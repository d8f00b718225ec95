"""Which addresses may be fetched: public ones, and the private ones that the operator names.

A page or feed is named by people, so its address could point at this machine or its neighbours
(OWASP: Server-Side Request Forgery). A host is resolved once, every address it has must be allowed, and the
connection goes to the address that was looked at.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.errors import ConfigError, FetchError

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST_URL = 2_000
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What may be fetched besides public addresses: the networks of the operator's choice."""

    networks: tuple[Network, ...] = ()

    def address(self, text: str) -> bool:
        """Whether a connection may go to this address."""
        try:
            address = ipaddress.ip_address(text.partition("%")[0])
        except ValueError:
            return False
        inner = _carried(address)
        return any(inner in network for network in self.networks) or _is_public(inner)


def read_allowed(text: str) -> Allowed:
    """Read networks between commas, such as "10.1.0.0/16, 192.168.3.7". Raises ConfigError."""
    try:
        return Allowed(tuple(map(ipaddress.ip_network, text.replace(",", " ").split())))
    except ValueError as error:
        raise ConfigError(
            f"HANGXUN_SOURCES_PRIVATE is wrong: {error}; use networks such as 10.1.0.0/16"
        ) from None


def checked_url(url: str, allowed: Allowed) -> str:
    """Return an http(s) address without its fragment. Raises FetchError for anything else.

    Names are judged when they are resolved; an address written as numbers is judged here.
    """
    if len(url) > LONGEST_URL or not url.isprintable() or " " in url:
        raise FetchError("its address is no web address")
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise FetchError("its address is no web address") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise FetchError("its address does not begin with http:// or https://")
    if parts.username or parts.password:
        raise FetchError("its address holds a user name or password")
    if _is_number(host) and not allowed.address(host):
        raise not_public(host)
    return parts._replace(fragment="").geturl()


def judged(host: str, addresses: Iterable[str], allowed: Allowed) -> None:
    """Raise FetchError unless every address of a host is allowed."""
    if not all(map(allowed.address, addresses)):
        raise not_public(host)


def not_public(host: str) -> FetchError:
    """Return the refusal of a host."""
    return FetchError(f"{host} is not a public address; HANGXUN_SOURCES_PRIVATE can allow it")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast


def _carried(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 one stands for, else itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None) or address
