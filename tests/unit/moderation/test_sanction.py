"""Who may be sanctioned, how, for how long, and why."""

import pytest
from msgspec.structs import replace

from moothall.kernel.errors import Forbidden, InvalidField, TextTooLong
from moothall.kernel.limits import DAY_MS, NOTE_GRAPHEMES
from moothall.moderation.sanction import SANCTION_DAYS, Asked, Sanction, SanctionKind, sanction
from moothall.people.model import Account, AccountId, Role

NOW_MS = 1_000 * DAY_MS
MODERATOR = Account(AccountId(1), "Mo", Role.MODERATOR, 0)
READER = Account(AccountId(2), "Ada Pell", Role.READER, 0)
ASKED = Asked(kind="suspend", days="7", rule="1", reason=" Threats. ")


def imposed(who: Account = READER, by: Account = MODERATOR, **fields: str) -> Sanction:
    """What a form with these fields leads to."""
    return sanction(9, who, by, asked=replace(ASKED, **fields), now_ms=NOW_MS)


def test_a_sanction_has_an_end_a_rule_and_a_reason() -> None:
    """In days from now; the reason is cleaned, the rule named by its key."""
    made = imposed()
    assert (made.id, made.account_id, made.actor_id, made.kind) == (9, 2, 1, SanctionKind.SUSPEND)
    assert (made.until_ms, made.reason, made.rule, made.past) == (NOW_MS + 7 * DAY_MS, "Threats.", "civil", False)


def test_warnings_and_bans_have_no_length() -> None:
    """Whatever was chosen beside them: the one has no end, the other lasts a hundred years."""
    assert imposed(kind="warn", days="nonsense").until_ms is None
    assert imposed(kind="ban", days="1").until_ms == NOW_MS + 36_500 * DAY_MS


@pytest.mark.parametrize("kind", ["slow", "pre_moderate", "suspend"])
@pytest.mark.parametrize("days", SANCTION_DAYS)
def test_all_others_end_by_themselves(kind: str, days: int) -> None:
    """After each length that is offered."""
    assert imposed(kind=kind, days=str(days)).until_ms == NOW_MS + days * DAY_MS


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_staff_are_not_sanctioned_here(role: Role) -> None:
    """Nor does anybody sanction themselves."""
    with pytest.raises(Forbidden):
        imposed(Account(AccountId(5), "Ida", role, 0))
    with pytest.raises(Forbidden):
        imposed(READER, READER)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("kind", {"kind": "mute"}),
        ("kind", {"kind": ""}),
        ("days", {"days": "-1"}),
        ("days", {"days": "2"}),
        ("days", {"days": "9999999999"}),
        ("rule", {"rule": "ninetynine"}),
        ("rule", {"rule": "", "past": "1"}),
        ("reason", {"reason": ""}),
        ("reason", {"reason": " \u200b\n"}),
    ],
)
def test_what_is_wrong_is_named(name: str, fields: dict[str, str]) -> None:
    """Two moderators mean the same by the same choice; past comments go by a rule, and the reader is shown why."""
    with pytest.raises(InvalidField, match=name):
        imposed(**fields)


def test_a_reason_fits() -> None:
    """Its reader reads it whole."""
    with pytest.raises(TextTooLong):
        imposed(reason="x" * (NOTE_GRAPHEMES + 1))
