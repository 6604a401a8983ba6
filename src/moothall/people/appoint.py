"""Giving somebody a role: by whom, and what never happens."""

import msgspec

from moothall.kernel.errors import InvalidField, OwnRole
from moothall.people.model import Account, AccountId, Role


class Appointment(msgspec.Struct, frozen=True):
    """A checked change of role.  `id` names its row in the log; no actor: the command line."""

    id: int
    account_id: AccountId
    actor_id: AccountId | None
    role: Role
    at_ms: int


def appoint(decision_id: int, who: Account, role: str, *, by: Account | None, now_ms: int) -> Appointment:
    """That somebody is left to administer is checked where it is written.

    Raises: OwnRole, InvalidField for a role that does not exist.
    """
    if by is not None and by.id == who.id:
        raise OwnRole
    if role not in {one.value for one in Role}:
        raise InvalidField(name="role")
    return Appointment(decision_id, who.id, by.id if by else None, Role(role), now_ms)
