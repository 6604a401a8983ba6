"""Giving somebody a role: by whom, and what never happens."""

from collections.abc import Sequence

import msgspec

from moothall.kernel.errors import InvalidField, OwnRole
from moothall.kernel.limits import SECTIONS_EACH
from moothall.people.model import Account, AccountId, Role
from moothall.people.role import SECTIONED


class Appointment(msgspec.Struct, frozen=True):
    """A checked change of role.  `id` names its row in the log; no actor: the command line."""

    id: int
    account_id: AccountId
    actor_id: AccountId | None
    role: Role
    at_ms: int
    sections: tuple[str, ...] = ()


def appoint(
    decision_id: int, who: Account, role: str, *, by: Account | None, now_ms: int, sections: Sequence[str] = ()
) -> Appointment:
    """That somebody is left to administer is checked where it is written.

    Args:
        sections: slugs that the role is for; none: the whole site.  Left out for a role that has no sections.

    Raises: OwnRole, InvalidField for a role that does not exist, or sections past `SECTIONS_EACH`.
    """
    if by is not None and by.id == who.id:
        raise OwnRole
    if role not in {one.value for one in Role}:
        raise InvalidField(name="role")
    wanted = Role(role)
    slugs = tuple(sorted(set(sections))) if wanted in SECTIONED else ()
    if len(slugs) > SECTIONS_EACH:
        raise InvalidField(name="sections")
    return Appointment(decision_id, who.id, by.id if by else None, wanted, now_ms, slugs)
