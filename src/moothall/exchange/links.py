"""Addresses of stories: made whole, and compared as readers would compare them."""

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from moothall.kernel.limits import URL_CHARS

_WEB = frozenset({"http", "https"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|ref_src", re.IGNORECASE)
_HOST = re.compile(r"[\w.-]+|\[[0-9a-fA-F:.]+\]")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
# Disqus sent links through a counter: the real address, a colon and a signature.
_DISQUS_COUNTER = re.compile(r"https?://disq\.us/(?:url|\?)\S*", re.IGNORECASE)
_SIGNATURE = re.compile(r":[\w-]{20,40}\Z", re.ASCII)


def story_link(text: str, hosts: Mapping[str, str]) -> str | None:
    """The address of a story, its host replaced by `hosts`; None when it is not http or https."""
    parts = _split(text.strip())
    if parts is None:
        return None
    host = (parts.hostname or "").rstrip(".")
    host = hosts.get(host, host)
    scheme = parts.scheme.lower()
    port = "" if parts.port in {None, _DEFAULT_PORTS[scheme]} else f":{parts.port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    link = urlunsplit((scheme, f"{host}{port}", parts.path or "/", _query(parts.query), fragment))
    # In bytes, and as it is kept: an index of PostgreSQL holds no more than 2,704.
    return link if len(link.encode()) <= URL_CHARS else None


def same_story_key(link: str) -> str:
    """Equal for addresses that differ only in http or https, "www.", and a slash at the end."""
    parts = urlsplit(link)
    host = parts.netloc.removeprefix("www.").removesuffix(":443").removesuffix(":80")
    path = parts.path.rstrip("/").removesuffix("/index.html").removesuffix("/index.php")
    return urlunsplit(("", host, path, parts.query, parts.fragment))


def host_of(link: str) -> str:
    """The host of an address, or "" when it has none."""
    parts = _split(link.strip())
    return (parts.hostname or "") if parts else ""


def without_counter(href: str) -> str:
    """The address behind a Disqus link counter, or the address itself."""
    if not _DISQUS_COUNTER.fullmatch(href):
        return href
    target = parse_qs(urlsplit(href).query).get("url", [""])[0]
    target = _SIGNATURE.sub("", target)
    return target if target.startswith(("http://", "https://")) else href


def _split(text: str) -> SplitResult | None:
    if len(text) > URL_CHARS or _FORBIDDEN.search(text):
        return None
    try:
        parts = urlsplit(text)
        port_is_sane = parts.port is None or parts.port > 0
    except ValueError:
        return None
    good = parts.scheme.lower() in _WEB and port_is_sane and "@" not in parts.netloc
    return parts if good and _HOST.fullmatch(parts.hostname or "") else None


def _query(query: str) -> str:
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    return query if len(kept) == len(pairs) else urlencode(kept)


def spellings(link: str) -> tuple[str, ...]:
    """The addresses under which the same story may be known, this one first."""
    parts = urlsplit(link)
    hosts = {parts.netloc: None, parts.netloc.removeprefix("www."): None}
    hosts[f"www.{parts.netloc.removeprefix('www.')}"] = None
    bare = parts.path.rstrip("/")
    paths = {parts.path: None, bare or "/": None, f"{bare}/": None}
    schemes = {parts.scheme: None, "https": None, "http": None}
    return tuple(
        urlunsplit((scheme, host, path, parts.query, parts.fragment))
        for path in paths
        for host in hosts
        for scheme in schemes
    )
