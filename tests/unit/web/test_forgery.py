"""Which writes are believed."""

import itertools

import pytest

from moothall.kernel.errors import ForgedRequest
from moothall.web.forgery import Claim, Proof, origins, weigh

OURS = frozenset({"https://courier.example"})
FORM = "application/x-www-form-urlencoded"


def claim(**said: object) -> Claim:
    return Claim(**({"origin": "https://courier.example", "site": "same-origin", "content_type": FORM} | said))


@pytest.mark.parametrize(
    ("said", "proof"),
    [
        ({"signed_in": True}, Proof.SESSION_TOKEN),
        ({"signed_in": True, "site": None}, Proof.SESSION_TOKEN),
        ({"signed_in": True, "origin": None, "site": None}, Proof.SESSION_TOKEN),
        ({"signed_in": True, "content_type": "multipart/form-data; boundary=x"}, Proof.SESSION_TOKEN),
        ({"signed_in": True, "content_type": ""}, Proof.SESSION_TOKEN),
        ({}, Proof.NOTHING),
        ({"site": None}, Proof.NOTHING),
        ({"origin": None}, Proof.NOTHING),
        ({"origin": None, "site": None}, Proof.FORM_COOKIE),
        ({"signed_in": True, "marked": True, "content_type": "application/json"}, Proof.NOTHING),
        ({"signed_in": True, "marked": True, "origin": None, "site": None}, Proof.NOTHING),
        ({"marked": True, "origin": "https://news.example", "site": "cross-site"}, Proof.NOTHING),
        ({"bearer": True, "origin": "https://news.example", "site": "cross-site"}, Proof.NOTHING),
    ],
)
def test_honest_writes_have_this_left_to_show(said: dict[str, object], proof: Proof) -> None:
    """Pages of ours, the widget, programs, and embedded discussions."""
    assert weigh(claim(**said), OURS) is proof


@pytest.mark.parametrize(
    "origin",
    ["null", "https://evil.example", "http://courier.example", "https://courier.example:444", "https://courier.example.evil.example",
     "https://evil.example/https://courier.example", "HTTPS://COURIER.EXAMPLE", "https://sub.courier.example", ""],
)  # fmt: skip
def test_another_origin_is_refused(origin: str) -> None:
    """With a cookie of ours, and without one, whatever else it says."""
    for signed_in, kind in itertools.product((True, False), (FORM, "application/json", "text/plain")):
        with pytest.raises(ForgedRequest):
            weigh(claim(origin=origin, site=None, content_type=kind, signed_in=signed_in), OURS)
    with pytest.raises(ForgedRequest):
        weigh(claim(origin=origin, site=None, marked=True, signed_in=True), OURS)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "odd"])
def test_another_site_is_refused(site: str) -> None:
    """A sister host of ours is another, too."""
    for signed_in in (True, False):
        with pytest.raises(ForgedRequest):
            weigh(claim(site=site, signed_in=signed_in), OURS)


@pytest.mark.parametrize("kind", ["application/json", "application/xml", "application/problem+json"])
def test_what_no_form_sends_needs_the_mark(kind: str) -> None:
    """JSON that comes with our cookie, or none, and no header of ours."""
    for signed_in in (True, False):
        with pytest.raises(ForgedRequest):
            weigh(claim(content_type=kind, signed_in=signed_in), OURS)


def test_our_own_origins() -> None:
    """The address that was set; on this machine both its names; without one what was asked for."""
    assert origins("https://courier.example", given=True, host="evil.example") == OURS
    local = origins("http://127.0.0.1:8000", given=True, host="evil.example")
    assert local == {"http://127.0.0.1:8000", "http://localhost:8000"}
    assert "http://box:8000" in origins("http://0.0.0.0:8000", given=False, host="box:8000")
