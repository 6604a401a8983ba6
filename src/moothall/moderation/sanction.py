"""What may be done to an account: for now a ban, with a reason and an end that comes by itself."""

import msgspec

from moothall.kernel.errors import Forbidden, InvalidField, TextTooLong
from moothall.kernel.limits import DAY_MS, NOTE_GRAPHEMES
from moothall.kernel.text import clean, graphemes, is_visible
from moothall.people.model import Account, AccountId
from moothall.people.role import STAFF

# Days that a ban may last; 0 lifts one.  A hundred years stand for good.
BAN_DAYS = (0, 1, 7, 30, 36_500)


class Ban(msgspec.Struct, frozen=True):
    """A checked ban; `until_ms` None lifts one."""

    id: int
    account_id: AccountId
    actor_id: AccountId
    until_ms: int | None
    reason: str
    at_ms: int


def ban(decision_id: int, who: Account, by: Account, *, days: int, reason: str, now_ms: int) -> Ban:
    """Raises: Forbidden for staff and oneself, InvalidField, TextTooLong."""
    if who.role in STAFF or who.id == by.id:
        raise Forbidden
    if days not in BAN_DAYS:
        raise InvalidField(name="days")
    reason = clean(reason)
    if days and not is_visible(reason):
        raise InvalidField(name="reason")
    over = graphemes(reason) - NOTE_GRAPHEMES
    if over > 0:
        raise TextTooLong(name="reason", over=over, limit=NOTE_GRAPHEMES)
    until_ms = now_ms + days * DAY_MS if days else None
    return Ban(decision_id, who.id, by.id, until_ms, reason if days else "", now_ms)
