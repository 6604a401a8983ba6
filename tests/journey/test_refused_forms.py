"""A refused form says why in the reader’s language, at the field that it is about, and keeps what was typed."""

import pytest
from lxml import html

from moothall.people.model import Role
from tests.newsroom.shift import Shift, shift_on
from tests.newsroom.site import Browser, Site

pytestmark = pytest.mark.anyio


@pytest.fixture
async def shift(site: Site) -> Shift:
    return await shift_on(site)


@pytest.fixture
async def chief(shift: Shift) -> Browser:
    """An administrator."""
    return (await shift.talk.reader("Cara Holm", Role.ADMINISTRATOR))[1]


def told(browser: Browser) -> str:
    """What the page says is wrong."""
    assert browser.page is not None
    return str(html.fromstring(browser.page.text).xpath("string(//*[@role='alert'])")).strip()


def held(browser: Browser, name: str) -> str:
    """What a field of the page holds."""
    assert browser.page is not None
    (found,) = html.fromstring(browser.page.text).xpath("//*[@name=$name and not(@type='hidden')]", name=name)
    return str(found.value)


async def test_an_address_is_refused_beside_its_field(chief: Browser) -> None:
    """Not beside the name, which is fine."""
    await chief.get("/account")
    answer = await chief.submit("/account/identities/email", email="cara at courier")
    assert (answer.status_code, held(chief, "email")) == (422, "cara at courier")
    page = html.fromstring(answer.text)
    assert page.xpath("//*[@aria-invalid]/@id") == ["email"]
    assert page.xpath("//section[@aria-labelledby='a-ways']//*[@role='alert']")
    await chief.submit("/account/name", display_name="\u202eCara")
    assert html.fromstring(chief.page.text).xpath("//*[@aria-invalid]/@id") == ["display_name"]


@pytest.mark.parametrize(
    ("path", "action", "name", "typed", "label"),
    [
        ("/console/mine", "/console/mine", "text", "n" * 501, "A new note"),
        ("/console/reviews", "/console/reviews/samples", "size", "-5", "How many comments"),
        ("/console/reviews", "/console/reviews/samples", "days", "twelve", "Of the last days"),
        ("/desk/keys", "/desk/keys", "name", "k" * 61, "Name of the key"),
        ("/console/standards", "/console/standards", "note", "w" * 501, "Why, for readers of the versions"),
    ],
)
async def test_the_label_is_named_and_the_text_kept(
    chief: Browser, path: str, action: str, name: str, typed: str, label: str
) -> None:
    """Never the name of the form's field, which no reader has seen."""
    page = html.fromstring((await chief.get(path)).text)
    (form,) = page.xpath(
        "//form[@action=$action][.//*[@name=$name and not(@type='hidden')]]", action=action, name=name
    )
    answer = await chief.post(action, dict(form.form_values()) | {name: typed})
    assert (answer.status_code, held(chief, name)) == (422, typed)
    assert told(chief).startswith(f"“{label}” is")


async def test_a_label_is_in_the_readers_language(chief: Browser) -> None:
    """Also where the error's sentence comes from a rule that knows no labels."""
    await chief.get("/desk/keys?lang=de")
    assert (await chief.submit("/desk/keys?lang=de", name=" ")).status_code == 422
    assert told(chief) == "„Name des Schlüssels“ fehlt oder ist ungültig."


async def test_a_ruling_that_is_refused_is_kept(shift: Shift, chief: Browser) -> None:
    """Decision, rule and note stand as they were chosen."""
    said = await shift.said("The mayor’s hat is stolen.")
    await shift.sent(said)
    stranger = shift.talk.site.browser()
    await stranger.get(f"/c/{said}/notice")
    sent = {"breach": "VIOLENCE", "explanation": "It is a lie.", "name": "Ann", "email": "ann@mail.example"}
    await stranger.submit(f"/c/{said}/notice", **sent, good_faith="1")
    await chief.get("/console/notices")
    (link,) = html.fromstring(chief.page.text).xpath("//ul[@class='rows']//a/@href")
    await chief.get(link)
    answer = await chief.submit(link, outcome="acted", rule="", note="A lie, they say.")
    assert (answer.status_code, held(chief, "note").strip()) == (422, "A lie, they say.")
    assert html.fromstring(answer.text).xpath("//input[@checked]/@value") == ["acted"]
    assert told(chief) == "“Rule that it breaks” is missing or not valid."
    assert (await chief.submit(link, outcome="kept", note="No lie.")).status_code == 303


async def test_an_error_page_knows_who_was_refused(shift: Shift) -> None:
    """Whoever is signed in is not asked to do so, and reads it in the language that they prefer."""
    await shift.ada.get("/account")
    await shift.ada.submit("/account/preferences", language="de")
    page = html.fromstring((await shift.ada.get("/console/held", accept="text/html")).text)
    assert (page.get("lang"), page.xpath("//a[@href='/account']/bdi/text()")) == ("de", ["Ada Pell"])
    assert not page.xpath("//nav//a[starts-with(@href, '/signin')]")
    stranger = html.fromstring((await shift.talk.site.browser().get("/console/held", accept="text/html")).text)
    assert stranger.xpath("//main//a[starts-with(@href, '/signin')]")
