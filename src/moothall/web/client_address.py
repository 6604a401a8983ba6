"""From which address a request really comes."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_Address = IPv4Address | IPv6Address
_Networks = tuple[IPv4Network | IPv6Network, ...]
# More hops than any honest chain of proxies has.
_HOPS = 10
UNKNOWN = "unknown"


def client_key(peer: str | None, forwarded: Iterable[str], trusted: tuple[str, ...]) -> str:
    """What limits are counted by: an IPv4 address, or the /64 that one IPv6 household shares.

    Args:
        peer: the other end of the connection.
        forwarded: all X-Forwarded-For headers, in order.
        trusted: addresses and networks of our own proxies.
    """
    address = client_address(peer, forwarded, networks(trusted))
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address) if address else UNKNOWN


def client_address(peer: str | None, forwarded: Iterable[str], trusted: _Networks) -> _Address | None:
    """The first address from the right that is not one of our proxies.

    What stands left of it was written by a stranger, and a word that is no address ends the search.
    """
    address = _parse(peer or "")
    if not trusted:
        return address
    hops = ",".join(forwarded).split(",")[-_HOPS:]
    for hop in reversed(hops):
        before = _parse(hop)
        if address is None or before is None or not _within(address, trusted):
            break
        address = before
    return address


@lru_cache(maxsize=8)
def networks(texts: tuple[str, ...]) -> _Networks:
    """Raises: ValueError for a text that is neither an address nor a network."""
    return tuple(ip_network(text, strict=False) for text in texts)


def _within(address: _Address, trusted: _Networks) -> bool:
    return any(address.version == network.version and address in network for network in trusted)


def _parse(text: str) -> _Address | None:
    """An address, with or without port and brackets; an IPv4 in IPv6 clothes counts as IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address
