"""What each role may do: one table, from which checks and docs come."""

from enum import StrEnum

from moothall.people.model import Role


class Right(StrEnum):
    """What can be allowed; addresses name theirs in `tests/tidy/rights.toml`."""

    COMMENT = "comment"
    SKIP_PREMODERATION = "skip_premoderation"
    SEE_HELD = "see_held"
    DECIDE = "decide"
    BAN = "ban"
    CLOSE_DISCUSSION = "close_discussion"
    PUBLISH = "publish"
    MANAGE = "manage"


_READER = frozenset({Right.COMMENT})
_TRUSTED = _READER | {Right.SKIP_PREMODERATION}
_MODERATOR = _TRUSTED | {Right.SEE_HELD, Right.DECIDE, Right.BAN, Right.CLOSE_DISCUSSION}
_EDITOR = _MODERATOR | {Right.PUBLISH}
_ADMINISTRATOR = _EDITOR | {Right.MANAGE}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READER: _READER,
    Role.TRUSTED: _TRUSTED,
    Role.MODERATOR: _MODERATOR,
    Role.EDITOR: _EDITOR,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}

STAFF = frozenset({Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR})


def elsewhere(role: Role) -> Role:
    """What is left of a role on a page elsewhere, which holds a token that its scripts can read."""
    return Role.TRUSTED if role in STAFF else role


def may(role: Role | None, right: Right) -> bool:
    """Whether a role has a right; nobody has none."""
    return role is not None and right in RIGHTS[role]
