"""Who may be banned, for how long, and why."""

import pytest

from moothall.kernel.errors import Forbidden, InvalidField, TextTooLong
from moothall.kernel.limits import DAY_MS, NOTE_GRAPHEMES
from moothall.moderation.sanction import BAN_DAYS, ban
from moothall.people.model import Account, AccountId, Role

NOW_MS = 1_000 * DAY_MS
MODERATOR = Account(AccountId(1), "Mo", Role.MODERATOR, 0)
READER = Account(AccountId(2), "Ada Pell", Role.READER, 0)


def test_a_ban_has_an_end_and_a_reason() -> None:
    """In days from now; the reason is cleaned."""
    made = ban(9, READER, MODERATOR, days=7, reason=" Threats. ", now_ms=NOW_MS)
    assert (made.id, made.account_id, made.actor_id) == (9, 2, 1)
    assert (made.until_ms, made.reason) == (NOW_MS + 7 * DAY_MS, "Threats.")


def test_a_ban_can_be_lifted() -> None:
    """Without a reason, and without an old one left behind."""
    made = ban(9, READER, MODERATOR, days=0, reason="as before", now_ms=NOW_MS)
    assert (made.until_ms, made.reason) == (None, "")


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_staff_cannot_be_banned_here(role: Role) -> None:
    """Nor can anybody ban themselves."""
    with pytest.raises(Forbidden):
        ban(9, Account(AccountId(5), "Ida", role, 0), MODERATOR, days=1, reason="x", now_ms=NOW_MS)
    with pytest.raises(Forbidden):
        ban(9, READER, READER, days=1, reason="x", now_ms=NOW_MS)


@pytest.mark.parametrize("days", [-1, 2, 10**9])
def test_only_known_lengths(days: int) -> None:
    """Two moderators mean the same by the same button."""
    assert days not in BAN_DAYS
    with pytest.raises(InvalidField, match="days"):
        ban(9, READER, MODERATOR, days=days, reason="x", now_ms=NOW_MS)


def test_a_ban_says_why() -> None:
    """Its reader is shown the reason: it is there, and it fits."""
    for blank in ("", " \u200b\n"):
        with pytest.raises(InvalidField, match="reason"):
            ban(9, READER, MODERATOR, days=1, reason=blank, now_ms=NOW_MS)
    with pytest.raises(TextTooLong):
        ban(9, READER, MODERATOR, days=1, reason="x" * (NOTE_GRAPHEMES + 1), now_ms=NOW_MS)
