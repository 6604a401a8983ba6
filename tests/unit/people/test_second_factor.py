"""Codes of an authenticator, and how long wrong ones make wait."""

import pytest
from msgspec.structs import replace

from moothall.kernel.limits import DAY_MS, MINUTE_MS, SECOND_FACTOR_TRIES
from moothall.people.model import AccountId
from moothall.people.signin.second_factor import (
    Authenticator,
    Proof,
    code_at,
    is_needed,
    plain_code,
    recovery_code,
    setup_key,
    setup_uri,
    step_of,
    wait_ms,
)

SECRET = b"12345678901234567890"
NOW_MS = 1_795_000_000_000
KNOWN = Authenticator(AccountId(1), SECRET, confirmed=True, last_step=0, tries=0, tried_at_ms=NOW_MS)


@pytest.mark.parametrize(
    ("at_s", "code"),
    [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(at_s: int, code: str) -> None:
    """Source: RFC 6238, appendix B, the last six of its eight digits."""
    assert code_at(SECRET, at_s // 30) == code
    assert step_of(KNOWN, f" {code[:3]} {code[3:]}", at_s * 1000) == at_s // 30


def test_a_code_counts_for_its_minute_and_once() -> None:
    """A step early or late is taken, two are not; and nothing at or before what was used."""
    step = NOW_MS // 30_000
    for around, taken in ((-2, None), (-1, step - 1), (0, step), (1, step + 1), (2, None)):
        assert step_of(KNOWN, code_at(SECRET, step + around), NOW_MS) == taken, around
    used = replace(KNOWN, last_step=step)
    assert step_of(used, code_at(SECRET, step), NOW_MS) is None
    assert step_of(used, code_at(SECRET, step - 1), NOW_MS) is None
    assert step_of(used, code_at(SECRET, step + 1), NOW_MS) == step + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "٢٨٧٠٨٢", "\ud800", "0" * 10_000])
def test_nonsense_is_wrong(typed: str) -> None:
    """Whatever it is made of."""
    assert step_of(KNOWN, typed, 59_000) is None


def test_wrong_codes_make_wait_longer_and_longer() -> None:
    """Not at first; then a minute, two, four, a day at most; the wait ends by itself."""
    waits = [wait_ms(replace(KNOWN, tries=SECOND_FACTOR_TRIES - 1 + n), NOW_MS) for n in (0, 1, 2, 3, 40)]
    assert waits == [0, MINUTE_MS, 2 * MINUTE_MS, 4 * MINUTE_MS, DAY_MS]
    assert wait_ms(replace(KNOWN, tries=SECOND_FACTOR_TRIES), NOW_MS + MINUTE_MS) == 0


def test_keys_are_for_people_and_for_programs() -> None:
    """Groups of four to be typed; an address with everything escaped."""
    assert setup_key(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    uri = setup_uri(SECRET, site="The Courier & Co", name="Ada: Pell")
    assert uri.startswith("otpauth://totp/The%20Courier%20%26%20Co%3AAda%3A%20Pell?secret=GEZDGNBVGY3TQOJQ")
    assert uri.endswith("&issuer=The%20Courier%20%26%20Co")


def test_recovery_codes_may_be_typed_carelessly() -> None:
    """Case, spaces and hyphens do not matter."""
    code = recovery_code(bytes(range(10)))
    assert len(code) == 19
    assert plain_code(code.upper().replace("-", " ")) == code


def test_who_has_one_is_always_asked() -> None:
    """And who has none, where the site asks everybody."""
    assert not is_needed(Proof(enrolled=False, proved=False), required=False)
    assert is_needed(Proof(enrolled=False, proved=False), required=True)
    assert is_needed(Proof(enrolled=True, proved=False), required=False)
    assert not is_needed(Proof(enrolled=True, proved=True), required=True)
