"""What each role may do: one table, from which checks and docs come."""

from enum import StrEnum

from moothall.people.model import Account, Role


class Right(StrEnum):
    """What can be allowed; addresses name theirs in `web/rights.toml`."""

    COMMENT = "comment"
    SKIP_PREMODERATION = "skip_premoderation"
    SEE_HELD = "see_held"
    DECIDE = "decide"
    BAN = "ban"
    RULE = "rule"
    CLOSE_DISCUSSION = "close_discussion"
    PUBLISH = "publish"
    MANAGE = "manage"


_READER = frozenset({Right.COMMENT})
_TRUSTED = _READER | {Right.SKIP_PREMODERATION}
_MODERATOR = _TRUSTED | {Right.SEE_HELD, Right.DECIDE, Right.BAN, Right.RULE, Right.CLOSE_DISCUSSION}
_EDITOR = _MODERATOR | {Right.PUBLISH}
_ADMINISTRATOR = _EDITOR | {Right.MANAGE}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READER: _READER,
    Role.TRUSTED: _TRUSTED,
    Role.MODERATOR: _MODERATOR,
    Role.EDITOR: _EDITOR,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}

# What a role of certain sections keeps there, and has nowhere else; a person's own rights are not bound to places.
IN_SECTIONS = frozenset({Right.SEE_HELD, Right.DECIDE, Right.CLOSE_DISCUSSION, Right.PUBLISH})
# What it does not have at all: accounts, appeals and the site's terms are the whole site's.
SITE_WIDE = frozenset({Right.BAN, Right.RULE, Right.MANAGE})
# Roles that may be for certain sections.
SECTIONED = frozenset({Role.MODERATOR, Role.EDITOR})

STAFF = frozenset({Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR})


def elsewhere(role: Role) -> Role:
    """What is left of a role on a page elsewhere, which holds a token that its scripts can read."""
    return Role.TRUSTED if role in STAFF else role


def answers_for(account: Account, section: str | None) -> bool:
    """Whether a role reaches a section; None for what is in none."""
    return not account.sections or section in account.sections


def may_somewhere(account: Account, right: Right) -> bool:
    """Whether an account has a right in one section at least."""
    return may(account.role, right) and not (account.sections and right in SITE_WIDE)


def may(role: Role | None, right: Right) -> bool:
    """Whether a role has a right; nobody has none."""
    return role is not None and right in RIGHTS[role]
