"""What no honest browser sends: it is refused, and is never an error of ours, on either database."""

import json
from urllib.parse import quote_plus

import httpx
import pytest

from moothall.kernel.ids import from_text
from moothall.kernel.limits import REQUEST_BODY_BYTES, URL_CHARS
from moothall.kernel.secret import digest
from moothall.people.model import Role
from moothall.people.newsroom_key import KeyChange
from tests.newsroom.archives import letters
from tests.newsroom.site import URL, Site
from tests.newsroom.talk import JSON, talk_on

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "path",
    [
        "/embed/discussion?url=http://[",
        "/embed/discussion?url=http://%E2%84%80.com/",
        "/embed/discussion?url=%00",
        "/api/v1/stories?url=http://x/%00",
        "/api/v1/counts?url=%00",
        "/topics/%00",
        "/topics/a%00b/feed.xml",
        "/static/%00",
        "/static/%00.css",
        f"/static/{'a' * 5_000}",
        f"/static/site+{'a' * 5_000}.css",
    ],
)
async def test_odd_addresses_are_nothing(site: Site, path: str) -> None:
    """Neither half an address nor a name that no file and no text can have is an error of ours."""
    assert (await site.browser().get(path, origin="http://[")).status_code == 404


@pytest.mark.parametrize("body", [b"[" * 100_000 + b"]" * 100_000, b'{"body":' + b"[" * 200_000])
async def test_a_document_nested_without_end_is_refused(site: Site, body: bytes) -> None:
    """The parser's limit is the sender's mistake."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    for path in (f"/api/v1/stories/{talk.key}/comments", "/api/v1/preview", "/api/v1/handoff"):
        answer = await ada.http.post(path, content=body, headers=JSON | {"content-type": "application/json"})
        assert answer.status_code == 422, path


async def test_forms_drop_what_no_text_can_hold(site: Site) -> None:
    """NUL in a field is as if it were not there."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await ada.get(talk.path)
    await ada.submit(f"/discussion/{talk.key}/comments", body="A\0 thought.", key="a\0b")
    await ada.follow()
    assert "A thought." in ada.page.text


_ODD = {
    "nul": "a\0b",
    "surrogate": "a\ud800b",
    "controls": "".join(map(chr, range(1, 32))),
    # Twice what a request may hold; more would only be kept by this process.
    "huge": "x" * (2 * REQUEST_BODY_BYTES),
}
_STORY = {
    "url": "https://paper.example/odd",
    "headline": "Old bridge to close",
    "section": {"slug": "city", "name": "City"},
    "photo": {"id": "0" * 13, "alt": "A bridge", "caption": "", "credit": ""},
    "body": "The city will close it.",
    "lang": "en",
    "standfirst": "",
    "byline": "",
    "dateline_place": "",
    "dateline_agency": "",
    "keywords": ["Bridges"],
    "related": ["0" * 13],
    "published_at": "2026-11-18T10:00:00+01:00",
    "discussion": "open",
}
_FIELDS = [*_STORY, "section.slug", "section.name", "photo.id", "photo.alt", "photo.caption", "photo.credit"]


def _with(field: str, value: str) -> dict[str, object]:
    """A story with one text of it changed."""
    outer, _, inner = field.partition(".")
    sent: dict[str, object] = _STORY | {"photo": None, "related": []} if outer != "photo" else dict(_STORY)
    known = _STORY[outer]
    changed = {**known, inner or "slug": value} if isinstance(known, dict) else value
    return sent | {outer: [value] if isinstance(known, list) else changed}


async def _send(http: httpx.AsyncClient, method: str, path: str, sent: object, headers: dict[str, str]) -> int:
    """Python's own JSON writes half a surrogate pair as no browser would.  Refusals have a code."""
    headers = headers | {"content-type": "application/json"}
    answer = await http.request(method, path, content=json.dumps(sent), headers=headers)
    if answer.status_code >= 400:
        assert answer.json()["code"] != "error", (path, sent)
    return answer.status_code


@pytest.mark.parametrize("odd", _ODD)
async def test_no_text_of_a_cms_is_an_error_of_ours(site: Site, odd: str) -> None:
    """Each field: what it cannot hold is refused, or cleaned of what nobody sees."""
    await site.parts.stories.put_key(KeyChange(1, "cms", None, 1), digest("k"))
    http = site.browser().http
    for field in _FIELDS:
        site.clock.move(60_000)
        for value in (_ODD[odd], f"{_STORY['url']}/{_ODD[odd]}"):
            status = await _send(http, "PUT", "/api/v1/stories", _with(field, value), {"authorization": "Key k"})
            assert status in ({413, 422} if odd == "huge" else {200, 201, 422}), (field, status)
            if odd == "nul" and field == "url":
                assert status == 422


async def test_an_address_is_as_long_as_an_index_holds(site: Site) -> None:
    """Counted in bytes: letters of three of them are refused where PostgreSQL could not keep them."""
    await site.parts.stories.put_key(KeyChange(1, "cms", None, 1), digest("k"))
    http = site.browser().http
    for count, status in (((URL_CHARS - 40) // 3, 201), (URL_CHARS // 3, 422), (URL_CHARS - 40, 422)):
        sent = _with("url", f"{_STORY['url']}/{letters(count)}")
        assert await _send(http, "PUT", "/api/v1/stories", sent, {"authorization": "Key k"}) == status


@pytest.mark.parametrize("odd", _ODD)
async def test_no_text_of_the_widget_is_an_error_of_ours(site: Site, odd: str) -> None:
    """Bodies, parents, reasons, keys and verifiers."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, ben = await talk.reader("Ben Oake")
    key = (await talk.say(ada, "A thought.")).json()["id"]
    value = _ODD[odd]
    for method, path, sent in (
        ("POST", f"/api/v1/stories/{talk.key}/comments", {"body": value}),
        ("POST", f"/api/v1/stories/{talk.key}/comments", {"body": "Words.", "parent_id": value}),
        ("PATCH", f"/api/v1/comments/{key}", {"body": value}),
        ("POST", "/api/v1/preview", {"body": value}),
        ("PUT", f"/api/v1/comments/{key}/reaction", {"kind": value}),
        ("POST", f"/api/v1/comments/{key}/reports", {"reason": value}),
        ("POST", f"/api/v1/comments/{key}/reports", {"reason": "spam", "text": value}),
        ("POST", "/api/v1/handoff", {"verifier": value}),
        ("POST", "/api/v1/handoff", {"verifier": value + "v" * 43}),
        ("POST", "/api/v1/handoff", value),
    ):
        who = ada if method == "PATCH" else ben
        status = await _send(who.http, method, path, sent, JSON | {"idempotency-key": f"k{len(path)}"})
        assert status < 500, (path, status)
        assert status >= 400 or odd != "huge", (path, status)


@pytest.mark.parametrize("odd", _ODD)
async def test_no_text_of_a_form_is_an_error_of_ours(site: Site, odd: str) -> None:
    """Every field of every form of the site that takes a text."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, admin = await talk.reader("Ann Chief", Role.ADMINISTRATOR)
    mine = (await talk.say(ada, "A thought.")).json()["id"]
    forms = {
        f"/discussion/{talk.key}/comments": ("body", "parent", "key"),
        f"/c/{mine}/edit": ("body",),
        f"/c/{mine}/reaction": ("kind",),
        f"/c/{mine}/report": ("reason", "text"),
        "/signin/name": ("display_name", "next"),
        "/signin/email": ("email", "next"),
        "/signin/code": ("flow", "code"),
        "/signin/mail": ("link",),
        "/signin/link": ("token", "next"),
        "/signin/handoff": ("hash",),
        "/account/name": ("display_name",),
        f"/c/{mine}/decide": ("decision", "rule", "note"),
        f"/stories/{talk.key}/discussion": ("discussion", "moderation", "back"),
        f"/desk/{talk.key}/correction": ("correction",),
        "/desk/keys": ("name",),
        "/desk/keys/revoke": ("name",),
        "/desk/new": (
            "headline",
            "body",
            "section",
            "byline",
            "keywords",
            "published_at",
            "url",
            "code",
            "related",
        ),
    }
    value = quote_plus(_ODD[odd].encode("utf-8", "surrogatepass"))
    for who in (ada, admin):
        csrf = (await site.parts.people.sessions(from_text((await who.me())["id"])))[0].csrf
        for path, fields in forms.items():
            for field in fields:
                site.clock.move(60_000)
                headers = {"content-type": "application/x-www-form-urlencoded", "origin": URL}
                answer = await who.http.post(path, content=f"csrf={csrf}&{field}={value}", headers=headers)
                assert answer.status_code < 500, (path, field, answer.status_code)
