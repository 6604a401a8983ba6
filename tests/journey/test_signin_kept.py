"""What somebody wrote before signing in is still there afterwards, whichever way they came."""

import pytest
from lxml import html

from moothall.kernel.ids import from_text, to_text
from moothall.kernel.limits import KEPT_LIFE_MS
from tests.newsroom.cast import Cast
from tests.newsroom.site import Browser, Site, code_in
from tests.newsroom.talk import talk_on

pytestmark = pytest.mark.anyio
TEXT = "The bridge <b>creaks</b> & “sings”.\n\nSecond paragraph."


@pytest.fixture
def cast(site: Site) -> Cast:
    """Stories and comments of that site."""
    return Cast(site.parts.db, site.clock)


def typed(browser: Browser) -> list[str]:
    """What stands in the composers of the open page."""
    boxes = html.fromstring(browser.page.text).xpath("//textarea[@name='body']")
    return [box.text.lstrip("\n") for box in boxes if (box.text or "").strip()]


async def write(site: Site, cast: Cast, parent: str = "") -> tuple[Browser, str]:
    """A signed-out reader posts; returns the browser on the sign-in page, and the form's address."""
    action = f"/discussion/{to_text(cast.story())}/comments"
    browser = site.browser()
    await browser.post(action, {"body": TEXT, "parent": parent})
    assert "Sign in" in browser.page.text
    return browser, action


async def test_a_comment_comes_along_through_the_mails_code(site: Site, cast: Cast) -> None:
    """Mail, name, and then the composer with the text; posting is one more click."""
    browser, action = await write(site, cast)
    await browser.submit("/signin/email", email="ada@example.org")
    await browser.follow()
    await browser.submit("/signin/code", code=code_in((await site.mails())[0]))
    await browser.follow()
    await browser.submit("/signin/name", display_name="Ada Byrne")
    await browser.follow()
    assert typed(browser) == [TEXT]
    await browser.submit(action, body=TEXT)
    assert browser.page.headers["location"].startswith("/c/")


async def test_a_reply_comes_along_through_a_link(site: Site, cast: Cast) -> None:
    """The reply's form is beneath the comment that it answers."""
    story = cast.story()
    first = await cast.says(cast.person("Bea"), story, "Who will pay?")
    browser = site.browser()
    await browser.post(f"/discussion/{to_text(story)}/comments", {"body": TEXT, "parent": to_text(first.id)})
    back = browser.fields("/signin/email")["next"]
    await browser.get(await site.link(await site.person("Ada Byrne")))
    await browser.submit("/signin/link", next=back)
    await browser.follow()
    assert typed(browser) == [TEXT]
    assert browser.fields(f"/discussion/{to_text(story)}/comments")["parent"] == to_text(first.id)


async def test_a_session_that_ends_while_writing_loses_nothing(site: Site, cast: Cast) -> None:
    """The form of a page that was opened signed in is taken, and its text kept."""
    browser = await site.signed_in(await site.person("Ada Byrne"))
    action = f"/discussion/{to_text(cast.story())}/comments"
    ada = from_text((await browser.me())["id"])
    csrf = (await site.parts.people.sessions(ada))[0].csrf
    await site.parts.people.end_sessions(ada)
    await browser.post(action, {"body": TEXT, "csrf": csrf, "key": "k1"})
    assert browser.page.status_code == 200
    assert TEXT.splitlines()[0] in html.fromstring(browser.page.text).xpath("string(//textarea[@name='kept'])")


async def test_it_is_kept_for_an_hour_and_shown_to_nobody_signed_out(site: Site, cast: Cast, clock) -> None:
    """The address alone shows nothing, and later nothing is there."""
    browser, _ = await write(site, cast)
    path = browser.fields("/signin/email")["next"]
    assert (await site.browser().get(path)).status_code == 401
    await browser.get(await site.link(await site.person("Ada Byrne")))
    await browser.submit("/signin/link")
    assert (await browser.get(path)).status_code == 200
    clock.move(KEPT_LIFE_MS)
    assert (await browser.get(path)).status_code == 400


async def test_it_is_shown_in_the_browser_that_it_was_written_in(site: Site) -> None:
    """Whoever is passed the address finds the story, and no word of another's draft."""
    talk = await talk_on(site)
    _, bea = await talk.reader("Bea Holt")
    _, ben = await talk.reader("Ben Oake")
    first = (await talk.say(bea, "Who will pay?")).json()["id"]
    for parent in ("", first):
        browser = site.browser()
        await browser.post(f"/discussion/{talk.key}/comments", {"body": TEXT, "parent": parent})
        path = browser.fields("/signin/email")["next"]
        await ben.get(path)
        assert ben.page.status_code == 303
        await ben.follow()
        assert (ben.page.status_code, typed(ben)) == (200, [])
        assert "creaks" not in ben.page.text
