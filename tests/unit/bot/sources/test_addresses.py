"""Which addresses may be fetched (OWASP SSRF; reliability checklist S10)."""

from __future__ import annotations

import ipaddress
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError, FetchError
from bot.sources.addresses import Allowed, checked_url, judged, read_allowed

NOTHING = Allowed()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- an address to refuse
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "not an address",
        "",
    ],
)
def test_no_inner_address_is_allowed(address: str) -> None:
    assert not NOTHING.address(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "223.5.5.5", "2400:3200::1", "64:ff9b::101:101"])
def test_public_addresses_are_allowed(address: str) -> None:
    assert NOTHING.address(address)


def test_networks_that_the_operator_names_are_allowed_and_no_others() -> None:
    allowed = read_allowed("10.1.0.0/16, 192.168.3.7")
    assert allowed.address("10.1.2.3")
    assert allowed.address("192.168.3.7")
    assert allowed.address("::ffff:10.1.2.3")
    assert not allowed.address("10.2.0.1")


def test_a_wrong_network_names_the_setting() -> None:
    with pytest.raises(ConfigError, match="HANGXUN_SOURCES_PRIVATE"):
        read_allowed("10.1.0.0/99")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "example.com",
        "//example.com/",
        "http://",
        "http://user:word@example.com/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://example.com:99999/",
        "http://exa mple.com/",
        "http://example.com/\r\nHost: x",
        "http://[::1",
        "https://example.com/" + "a" * 3000,
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(FetchError):
        checked_url(url, NOTHING)


def test_a_fragment_is_left_out_and_the_rest_stays() -> None:
    assert checked_url("https://example.com/a?b=1#c", NOTHING) == "https://example.com/a?b=1"


def test_one_inner_address_among_several_refuses_the_host() -> None:
    with pytest.raises(FetchError, match=r"feeds\.example is not a public address"):
        judged("feeds.example", ["1.1.1.1", "127.0.0.1"], NOTHING)


@given(st.text(max_size=200) | st.from_regex(r"https?://\S+", fullmatch=True))
def test_whatever_is_typed_is_an_address_or_refused(text: str) -> None:
    with suppress(FetchError):
        assert checked_url(text, NOTHING).startswith(("http://", "https://"))


@given(st.ip_addresses())
def test_no_address_of_this_machine_or_its_neighbours_ever_passes(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if address.is_private or address.is_loopback or address.is_link_local or address.is_multicast:
        assert not NOTHING.address(str(address)) or address in ipaddress.ip_network("64:ff9b::/96")
