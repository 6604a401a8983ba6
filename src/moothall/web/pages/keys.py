"""Idempotency keys for plain forms."""

import secrets


def new_key() -> str:
    """A form's key: pressing its button twice posts once."""
    return secrets.token_urlsafe(16)
