"""What no honest browser sends: it is refused, and is never an error of ours, on either database."""

import pytest

from tests.newsroom.site import Site
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
