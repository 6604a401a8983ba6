"""An administrator makes and revokes a CMS's keys while the site runs."""

import httpx
import pytest
from lxml import html
from sqlalchemy import select

from moothall.people.model import Role
from moothall.store.tables import decision
from tests.newsroom.site import Browser, Site

pytestmark = pytest.mark.anyio
STORY = {"url": "https://paper.example/one", "headline": "One", "section": {"slug": "city", "name": "City"}}


async def admin_of(site: Site) -> Browser:
    return await site.signed_in(await site.person("Mia Guard", Role.ADMINISTRATOR))


async def publish(site: Site, key: str) -> httpx.Response:
    return await site.browser().http.put("/api/v1/stories", json=STORY, headers={"authorization": f"Key {key}"})


def shown(browser: Browser) -> str:
    assert browser.page is not None
    return "".join(html.fromstring(browser.page.text).xpath("//textarea[@id='key']/text()")).strip()


async def test_a_key_is_shown_once_and_works_until_it_is_revoked(site: Site) -> None:
    """Its name and date stay in the list, the key itself nowhere; the log says who made and revoked it."""
    admin = await admin_of(site)
    await admin.get("/desk/keys")
    made = await admin.submit("/desk/keys", name="  City   desk ")
    key = shown(admin)
    assert (made.status_code, len(key), made.headers["cache-control"]) == (200, 43, "private, no-store")
    assert (await publish(site, key)).status_code == 201
    again = await admin.get("/desk/keys")
    assert (key in again.text, "City desk" in again.text) == (False, True)
    await admin.submit("/desk/keys/revoke")
    assert admin.page.status_code == 303
    assert (await publish(site, key)).status_code == 401
    assert "City desk" not in (await admin.get("/desk/keys")).text
    logged = await site.parts.db.read(
        lambda c: c.execute(select(decision).order_by(decision.c.id)).mappings().all()
    )
    assert [(r["kind"], r["note"], r["before"], r["after"]) for r in logged] == [
        ("newsroom_key", "City desk", "", "made"),
        ("newsroom_key", "City desk", "made", "revoked"),
    ]


async def test_names_that_cannot_be_used(site: Site) -> None:
    """Empty, unseen, too long or taken: the reason stands at the field, and no key that is there changes."""
    admin = await admin_of(site)
    await admin.get("/desk/keys")
    await admin.submit("/desk/keys", name="cms")
    key = shown(admin)
    for name, status in (("", 422), ("\u2800", 422), ("x" * 61, 422), ("cms", 409)):
        await admin.get("/desk/keys")
        answer = await admin.submit("/desk/keys", name=name)
        field = html.fromstring(answer.text).xpath("//input[@id='name']")[0]
        assert (answer.status_code, field.get("aria-invalid"), shown(admin)) == (status, "true", "")
    assert (await publish(site, key)).status_code == 201


async def test_a_key_that_is_gone_cannot_be_revoked(site: Site) -> None:
    """Nor one that never was."""
    admin = await admin_of(site)
    await admin.get("/desk/keys")
    csrf = {"csrf": admin.fields("/desk/keys")["csrf"]}
    assert (await admin.post("/desk/keys/revoke", csrf | {"name": "cms"})).status_code == 404


async def test_only_administrators_have_keys(site: Site) -> None:
    """An editor publishes, but hands out no keys."""
    editor = await site.signed_in(await site.person("Ed Desk", Role.EDITOR))
    assert (await editor.get("/desk/keys")).status_code == 403
    await editor.get("/desk/new")
    csrf = {"csrf": editor.fields("/desk/new")["csrf"]}
    assert (await editor.post("/desk/keys", csrf | {"name": "mine"})).status_code == 403
    assert await site.parts.stories.keys() == ()
