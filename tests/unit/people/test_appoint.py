"""Who may be given which role."""

import pytest

from moothall.kernel.errors import InvalidField, OwnRole
from moothall.kernel.limits import SECTIONS_EACH
from moothall.people.appoint import Appointment, appoint
from moothall.people.lookalikes import fold, prefixes
from moothall.people.model import Account, AccountId, Role
from moothall.people.role import IN_SECTIONS, SITE_WIDE, Right

ADA = Account(AccountId(1), "Ada Pell", Role.READER, 5)
MIA = Account(AccountId(2), "Mia Guard", Role.ADMINISTRATOR, 6)


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_gives_any_role(role: Role) -> None:
    """What is written names whom, by whom, which and when."""
    made = appoint(9, ADA, role.value, by=MIA, now_ms=7)
    assert made == Appointment(9, ADA.id, MIA.id, role, 7)


def test_nobody_changes_their_own_role() -> None:
    """Not even to the one that they have."""
    with pytest.raises(OwnRole):
        appoint(9, MIA, "administrator", by=MIA, now_ms=7)


def test_the_command_line_has_no_actor() -> None:
    """It makes the first administrator, when nobody else can."""
    assert appoint(9, ADA, "administrator", by=None, now_ms=7).actor_id is None


@pytest.mark.parametrize("role", ["", "root", "ADMINISTRATOR", "reader "])
def test_a_role_that_does_not_exist_is_refused(role: str) -> None:
    """The five names and nothing else."""
    with pytest.raises(InvalidField):
        appoint(9, ADA, role, by=MIA, now_ms=7)


@pytest.mark.parametrize("name", ["Bernd Vogel", "Ada Pell", "Évvy Łund", "Zoë", "Corn 1871", "محرر"])
def test_every_beginning_of_a_name_finds_it(name: str) -> None:
    """However much was typed, though a pair of letters is one in the name's form."""
    for end in range(1, len(name) + 1):
        typed = name[:end]
        assert any(fold(name).startswith(one) for one in prefixes(typed)), typed


def test_nothing_to_compare_finds_nobody() -> None:
    """Else a blank would begin every name."""
    assert prefixes(" –!") == ()


def test_roles_of_certain_sections() -> None:
    """Sorted and once each; only moderators and editors have them, and not too many."""
    made = appoint(9, ADA, "moderator", by=MIA, now_ms=7, sections=["sport", "city", "sport"])
    assert made.sections == ("city", "sport")
    assert appoint(9, ADA, "administrator", by=MIA, now_ms=7, sections=["city"]).sections == ()
    with pytest.raises(InvalidField):
        appoint(9, ADA, "editor", by=MIA, now_ms=7, sections=[f"s{n}" for n in range(SECTIONS_EACH + 1)])


def test_every_right_says_what_is_left_of_it() -> None:
    """Of a role of certain sections: there, nowhere, or everywhere, as it is the person's own."""
    assert not IN_SECTIONS & SITE_WIDE
    assert set(Right) - IN_SECTIONS - SITE_WIDE == {Right.COMMENT, Right.SKIP_PREMODERATION}
