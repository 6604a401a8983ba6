"""Newsroom keys: with one, a CMS publishes.  Only a key's digest is kept."""

import msgspec

from moothall.kernel.errors import InvalidField, TextTooLong
from moothall.kernel.limits import KEY_NAME_GRAPHEMES
from moothall.kernel.text import clean, graphemes, is_visible
from moothall.people.model import AccountId


class NewsroomKey(msgspec.Struct, frozen=True):
    """A key as it is listed: by the name of what uses it."""

    name: str
    made_at_ms: int


class KeyChange(msgspec.Struct, frozen=True):
    """A key made or revoked.  `id` names its row in the log; no actor: the command line."""

    id: int
    name: str
    actor_id: AccountId | None
    at_ms: int


def check_key_name(text: str) -> str:
    """One visible line.  Raises: InvalidField, TextTooLong."""
    name = " ".join(clean(text).split())
    if not is_visible(name):
        raise InvalidField(name="name")
    over = graphemes(name) - KEY_NAME_GRAPHEMES
    if over > 0:
        raise TextTooLong(name="name", over=over, limit=KEY_NAME_GRAPHEMES)
    return name
