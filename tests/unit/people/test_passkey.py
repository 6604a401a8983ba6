"""Passkeys by themselves: where they count, what is kept, when a count tells of a copy."""

import pytest
from msgspec import json, to_builtins
from msgspec.structs import replace

from moothall.kernel.limits import PASSKEY_NAME_CHARS
from moothall.people.model import Account, AccountId, Role
from moothall.people.signin.passkey import Fresh, Passkey, kept, known_transports, place, was_copied
from moothall.people.signin.passkey_ask import making, showing

FRESH = Fresh(credential=b"c" * 16, key=b"k", count=0, transports=("usb",), backed_up=False)
KEPT = kept(FRESH, AccountId(7), name="Red key", at_ms=1_000)
WHO = Account(AccountId(7), "Mo Lind", Role.MODERATOR, 0)


@pytest.mark.parametrize(
    ("url", "origin", "domain", "taken"),
    [
        ("https://talk.courier.example", "https://talk.courier.example", "talk.courier.example", True),
        ("http://localhost:8080", "http://localhost:8080", "localhost", True),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1", False),
        ("https://[2001:db8::1]", "https://[2001:db8::1]", "2001:db8::1", False),
        ("", "://", "", False),
    ],
)
def test_a_passkey_is_of_a_domain(url: str, origin: str, domain: str, taken: bool) -> None:
    """The site's own; browsers make none for an address of numbers."""
    found = place(url)
    assert (found.origin, found.domain, found.takes_passkeys) == (origin, domain, taken)


def test_a_name_fits_a_line() -> None:
    """Of any length and with any white space in it."""
    made = kept(FRESH, AccountId(7), name=" My\n\tphone " + "x" * 500, at_ms=1_000)
    assert made.name.startswith("My phone xxx")
    assert len(made.name) == PASSKEY_NAME_CHARS
    assert made == replace(KEPT, name=made.name)


@pytest.mark.parametrize(
    ("before", "after", "copied"),
    [(0, 0, False), (0, 1, False), (4, 5, False), (4, 900, False), (4, 4, True), (4, 3, True), (4, 0, True)],
)
def test_a_count_tells_of_a_copy(before: int, after: int, copied: bool) -> None:
    """It must rise, where a device counts at all."""
    assert was_copied(replace(KEPT, count=before), after) is copied


def test_transports_are_known_words() -> None:
    """Each once, in one order; a browser's other words are left out."""
    assert known_transports(["usb", "by pigeon", "ble", "usb"]) == ("ble", "usb")


def test_a_browser_is_asked_to_make_one() -> None:
    """In the standard's own words; for a verified owner, and on no device that has one."""
    asked = json.decode(json.encode(making("Y2g", place("https://a.example"), site="A", who=WHO, known=[KEPT])))
    assert asked["rp"] == {"id": "a.example", "name": "A"}
    assert asked["user"] == {"id": "Nw", "name": "Mo Lind", "displayName": "Mo Lind"}
    assert asked["excludeCredentials"] == _named(KEPT)
    assert asked["authenticatorSelection"] == {"residentKey": "preferred", "userVerification": "required"}
    assert (asked["challenge"], asked["attestation"], asked["timeout"]) == ("Y2g", "none", 300_000)
    assert [one["alg"] for one in asked["pubKeyCredParams"]] == [-7, -8, -257]


def test_a_browser_is_asked_to_show_one() -> None:
    """One of those that are known, and with its owner verified."""
    asked = to_builtins(showing("Y2g", place("https://a.example"), known=[KEPT]))
    assert (asked["rpId"], asked["userVerification"]) == ("a.example", "required")
    assert list(map(dict, asked["allowCredentials"])) == [
        {**one, "transports": tuple(one["transports"])} for one in _named(KEPT)
    ]


def _named(one: Passkey) -> list[dict[str, object]]:
    assert one.credential == b"c" * 16
    return [{"id": "Y2NjY2NjY2NjY2NjY2NjYw", "transports": ["usb"], "type": "public-key"}]
