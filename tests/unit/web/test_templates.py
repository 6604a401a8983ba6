"""Every page is sound HTML that asks nothing of script, style or another host."""

import re
from collections import Counter

import pytest
from lxml import html
from msgspec.structs import replace

from moothall.discussion.model import Author, Page, Sort
from moothall.people.model import AccountId, Role
from moothall.web.i18n import LANGUAGES
from moothall.web.pages.view_discussion import discussion
from moothall.web.pages.view_story import story_page
from moothall.web.render import TEMPLATES, render
from tests.unit.web import samples

DRAWN = [(name, render(name, context)) for name, context in samples.pages()]
PAGES = pytest.mark.parametrize(("name", "text"), DRAWN, ids=[f"{i}-{name}" for i, (name, _) in enumerate(DRAWN)])
# Addresses that are meant to be whole: what the head tells machines, and the short link to copy.
_WHOLE = re.compile(r'(?:<link rel="(?:canonical|shortlink|alternate)"|<meta|<input id="shortlink")[^>]*>')


def test_every_template_of_ours_is_drawn() -> None:
    """A template that no sample draws would be checked by none of these tests."""
    ours = {path.name for path in TEMPLATES.glob("*.html")}
    assert ours - {name for name, _ in DRAWN} <= {"base.html", "confirm.html"}


@PAGES
def test_nothing_is_inline(name: str, text: str) -> None:
    """The strict policy allows no inline script, style or handler; data blocks are no scripts."""
    tree = html.fromstring(text)
    assert not tree.xpath("//style | //@style")
    assert not [at for at in tree.xpath("//@*") if at.attrname.startswith("on")]
    for script in tree.xpath("//script"):
        assert script.get("src") or script.get("type", "").startswith("application/")


@PAGES
def test_nothing_is_asked_of_another_host(name: str, text: str) -> None:
    """All addresses are our own, but for those that only name a page."""
    if name != "embed.html":
        # An authenticator on this device is no host.
        plain = text.replace("otpauth://", "")
        assert "//" not in _WHOLE.sub("", plain).replace("https://courier.example/s/", "")


@PAGES
def test_ids_are_unique_and_labels_lead_somewhere(name: str, text: str) -> None:
    """What names another element by id finds exactly one."""
    tree = html.fromstring(text)
    ids = Counter(tree.xpath("//@id"))
    assert [one for one, n in ids.items() if n > 1] == []
    for at in ("for", "aria-labelledby"):
        assert set(tree.xpath(f"//@{at}")) <= set(ids)


@PAGES
def test_images_keep_their_room(name: str, text: str) -> None:
    """Width and height are known before an image arrives, so nothing jumps."""
    for image in html.fromstring(text).iter("img"):
        assert image.get("width")
        assert image.get("height")
        assert image.get("alt") is not None


@PAGES
def test_forms_that_post_carry_the_token(name: str, text: str) -> None:
    """Signed in, every form names the session's token."""
    if "/account" not in text:
        return
    for form in html.fromstring(text).iter("form"):
        assert form.xpath(".//input[@name='csrf']/@value") == ["csrf-token"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_drawn_in_every_language(lang: str) -> None:
    """A page says its language and direction."""
    for name, context in samples.pages(lang):
        text = render(name, context)
        if name not in {"embed.html", "fragment.html"}:
            assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in text


def test_hostile_text_stays_text() -> None:
    """What readers and editors type appears as typed, in every field of the story page."""
    bad = samples.HOSTILE
    author = Author(AccountId(3), bad, Role.READER)
    comment = samples.comment(author=author, parent_author=bad, parent_id=samples.comment(7).id, body_html="")
    photo = replace(samples.PHOTO, caption=bad, credit=bad, alt=bad)
    story = replace(
        samples.STORY,
        headline=bad,
        standfirst=bad,
        byline=bad,
        dateline_place=bad,
        dateline_agency=bad,
        photo=photo,
    )
    frame = samples.frame(account=replace(samples.UMA, display_name=bad))
    page = Page((samples.thread(1), samples.Node(comment)))
    talk = discussion(frame, story, page, sort=Sort.NEWEST, seq=1)
    text = render("story.html", story_page(frame, story, related=[], talk=talk))
    assert "<img src=x" not in text
    assert html.fromstring(text).xpath("//h1")[0].text == bad


def test_json_cannot_leave_its_script() -> None:
    """A `</script>` inside structured data is written so that it ends nothing."""
    text = next(text for name, text in DRAWN if name == "story.html")
    assert '{"a": "\\u003c/script>"}' in text
