"""Addresses that people may be led to."""

import re
from urllib.parse import urlsplit

_BAD_URL = re.compile(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]")


def is_good_url(url: str) -> bool:
    """Whether a link may stand: http, https or mailto, with a host, without hidden characters."""
    if _BAD_URL.search(url) or "\\" in url:
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return "@" in parts.path
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
