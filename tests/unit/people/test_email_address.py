"""One spelling for an e-mail address."""

import pytest

from moothall.kernel.errors import EmailInvalid
from moothall.people.email_address import canonical
from tests.corpora import vectors


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("ada@example.org", "ada@example.org"),
        (" Ada.Byrne+News@Example.ORG ", "ada.byrne+news@example.org"),
        ("ada＠example.org", "ada@example.org"),
        ("ａｄａ@ｅxample.org", "ada@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@EXAMPLE。org", "ada@example.org"),
        ("ada@faß.example", "ada@xn--fa-hia.example"),
        ("o'hara@example.org", "o'hara@example.org"),
    ],
)
def test_spellings_become_one(typed: str, address: str) -> None:
    """Case, width and alphabet of the domain; what is before a plus sign stays apart."""
    assert canonical(typed) == address
    assert canonical(address) == address


@pytest.mark.parametrize(
    "typed",
    ["", "@", "ada", "ada@", "@example.org", "a@b@example.org", "ada@example", "ada@.org", "ada@example..org",
     "ada@-example.org", "ada@192.0.2.1", "ada@[192.0.2.1]", ".ada@example.org", "ada.@example.org",
     "a..a@example.org", "ada byrne@example.org",
     '"ada"@example.org', "ada(c)@example.org", "ada@example.org\r\nBcc: x@example.org",
     "ada@example.org\n", "ada\x00@example.org", "ada@exam\u202eple.org", "ada\u200b@example.org",
     "ädä@example.org", "a" * 65 + "@example.org",
     "ada@" + "a" * 64 + ".org", "ada@" + ".".join(["a" * 60] * 5) + ".org", "x" * 300,
     "ada@example.org,eve@example.org", "Ada <ada@example.org>", "ada@xn--a.org", "ada@ex ample.org"],
)  # fmt: skip
def test_everything_else_is_refused(typed: str) -> None:
    """By its own error, never another."""
    with pytest.raises(EmailInvalid):
        canonical(typed)


def test_the_corpora_of_bad_addresses_are_refused() -> None:
    """All of them; and of the domain tests whatever is taken is plain ASCII and stays as it is."""
    for text in vectors("fuzzdb_email_invalid"):
        with pytest.raises(EmailInvalid):
            canonical(text)
    for text in vectors("naughty_strings_blns"):
        for typed in (text, f"{text}@example.org", f"ada@{text}"):
            try:
                address = canonical(typed)
            except EmailInvalid:
                continue
            assert address.isascii()
            assert address.isprintable()
            assert canonical(address) == address
