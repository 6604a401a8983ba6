"""By which address a client is counted."""

import pytest

from moothall.web.client_address import UNKNOWN, client_key

PROXY = ("10.0.0.0/8", "2001:db8:1::1")


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "key"),
    [
        ("192.0.2.1", ["198.51.100.9"], (), "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.9"], PROXY, "192.0.2.1"),
        ("10.0.0.1", ["198.51.100.9"], PROXY, "198.51.100.9"),
        ("10.0.0.1", ["203.0.113.7, 198.51.100.9"], PROXY, "198.51.100.9"),
        ("10.0.0.1", ["198.51.100.9, 10.0.0.2"], PROXY, "198.51.100.9"),
        ("10.0.0.1", ["203.0.113.7", "198.51.100.9"], PROXY, "198.51.100.9"),
        ("10.0.0.1", ["198.51.100.9:4711"], PROXY, "198.51.100.9"),
        ("10.0.0.1", ["[2001:db8:2::7]:4711"], PROXY, "2001:db8:2::/64"),
        ("2001:db8:1::1", ["198.51.100.9"], PROXY, "198.51.100.9"),
        ("::ffff:10.0.0.1", ["198.51.100.9"], PROXY, "198.51.100.9"),
        ("10.0.0.1", [], PROXY, "10.0.0.1"),
        ("10.0.0.1", ["unknown"], PROXY, "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.9, garbage"], PROXY, "10.0.0.1"),
        ("10.0.0.1", [""], PROXY, "10.0.0.1"),
        (None, ["198.51.100.9"], (), UNKNOWN),
        ("2001:db8:2::7", [], (), "2001:db8:2::/64"),
        ("2001:db8:2::7%eth0", [], (), "2001:db8:2::/64"),
        ("::ffff:192.0.2.1", [], (), "192.0.2.1"),
    ],
)
def test_the_address_that_counts(
    peer: str | None, forwarded: list[str], trusted: tuple[str, ...], key: str
) -> None:
    """Proxies of ours are believed, one hop at a time from the right; nobody else is."""
    assert client_key(peer, forwarded, trusted) == key


def test_forged_headers_do_not_make_new_clients() -> None:
    """A thousand spellings from one stranger are one client, also behind our proxy."""
    forged = [f"{n % 256}.{n // 256}.2.1" for n in range(1_000)]
    assert {client_key("192.0.2.1", [one], PROXY) for one in forged} == {"192.0.2.1"}
    assert {client_key("10.0.0.1", [f"{one}, 198.51.100.9"], PROXY) for one in forged} == {"198.51.100.9"}


def test_one_household_of_ipv6_is_one_client() -> None:
    """Any of its 2^64 addresses."""
    keys = {client_key(f"2001:db8:2:3:{n:x}::{n:x}", [], ()) for n in range(1, 500)}
    assert keys == {"2001:db8:2:3::/64"}
    assert client_key("2001:db8:2:4::1", [], ()) != keys.pop()


def test_a_network_that_is_none_is_an_error_at_once() -> None:
    """A slip in the settings must not mean that nobody is believed, or everybody."""
    with pytest.raises(ValueError, match="proxy"):
        client_key("10.0.0.1", [], ("proxy",))
