"""Secrets: 256 random bits; only a digest of one is ever stored."""

import hashlib
import hmac
import secrets

_DIGITS = 6


def new_secret() -> str:
    """256 random bits, 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six random digits, for typing."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def digest(secret: str) -> bytes:
    """SHA-256: enough for 256 random bits, which cannot be guessed however fast the hash is."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def same(one: str, other: str) -> bool:
    """Equality in a time that does not tell where two texts differ; nothing equals an empty one."""
    return bool(one) and hmac.compare_digest(digest(one), digest(other))


def keyed(key: bytes, text: str) -> str:
    """A digest that cannot be undone by trying all inputs, as a plain hash of an address could."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()[:32]
