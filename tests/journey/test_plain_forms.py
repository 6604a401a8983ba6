"""The whole reader's way without script: plain links and forms."""

import pytest
from lxml import html

from moothall.kernel.ids import to_text
from moothall.kernel.limits import EDIT_WINDOW_MS
from moothall.people.model import Role
from tests.newsroom.site import URL, Site
from tests.newsroom.talk import PRE, talk_on

pytestmark = pytest.mark.anyio


async def test_comment_reply_react_report_edit_withdraw(site: Site) -> None:
    """Everything that a reader does works by the forms that are on the pages."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, ben = await talk.reader("Ben Oake")
    await ada.get(talk.path)
    form = f"/discussion/{talk.key}/comments"
    await ada.submit(form, body="A thought.")
    await ada.follow()
    assert "A thought." in ada.page.text
    comment = ada.page.url.path
    await ben.get(f"{comment}?reply=1")
    await ben.submit(form, body="An answer.")
    await ben.follow()
    assert "An answer." in ben.page.text
    await ben.get(comment)
    await ben.submit(f"{comment}/reaction", kind="respect")
    await ben.follow()
    pressed = html.fromstring(ben.page.text).xpath("//button[@value='respect']/@aria-pressed")
    assert pressed[0] == "true"
    await ben.submit(f"{comment}/reaction", kind="respect")
    await ben.follow()
    assert html.fromstring(ben.page.text).xpath("//button[@value='respect']/@aria-pressed")[0] == "false"
    await ben.get(f"{comment}/report")
    await ben.submit(f"{comment}/report", reason="spam", text="Hm.")
    assert ben.page.status_code == 200
    await ada.get(f"{comment}/edit")
    await ada.submit(f"{comment}/edit", body="A better thought.")
    await ada.follow()
    assert "A better thought." in ada.page.text
    await ada.get(f"{comment}/withdraw")
    await ada.submit(f"{comment}/withdraw")
    assert "A better thought." not in (await ben.get(comment)).text


async def test_a_bad_text_comes_back_with_its_reason(site: Site) -> None:
    """What was typed stands in the form again, the error at its field, the status not a success."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await ada.get(talk.path)
    long = "long " * 500 + "end"
    await ada.submit(f"/discussion/{talk.key}/comments", body=long)
    assert ada.page.status_code == 422
    page = html.fromstring(ada.page.text)
    area = page.xpath("//textarea[@name='body']")[0]
    assert area.text.strip() == long.strip()
    assert area.get("aria-invalid") == "true"
    assert "503" in page.xpath("//*[@id='mh-error']")[0].text_content()


async def test_a_closed_discussion_returns_the_text(site: Site) -> None:
    """A text sent to a discussion that closed meanwhile is shown, not lost."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    await ada.get(talk.path)
    await mod.get(talk.path)
    csrf = mod.fields(f"/discussion/{talk.key}/comments")["csrf"]
    await mod.post(f"/stories/{talk.key}/discussion", {"csrf": csrf, "discussion": "closed"})
    await ada.submit(f"/discussion/{talk.key}/comments", body="Words worth keeping.")
    assert ada.page.status_code == 409
    assert "Words worth keeping." in ada.page.text


async def test_double_click_posts_once(site: Site) -> None:
    """The same form sent twice makes one comment."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await ada.get(talk.path)
    form = f"/discussion/{talk.key}/comments"
    sent = ada.fields(form) | {"body": "Only once."}
    first = (await ada.post(form, sent)).headers["location"]
    assert (await ada.post(form, sent)).headers["location"] == first
    assert (await site.parts.stories.get(talk.story.id)).comment_count == 1


async def test_paging_by_links(site: Site) -> None:
    """The next page is a link, and the pages together show every comment once."""
    talk = await talk_on(site)
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    for n in range(60):
        site.clock.move(10_000)
        assert (await talk.say(mod, f"Thought {n}.")).status_code == 201
    reader, met, to = site.browser(), [], talk.path
    while to:
        page = html.fromstring((await reader.get(to)).text)
        met += page.xpath("//li/@data-mh-comment")
        to = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert len(met) == len(set(met)) == 60


async def test_writing_signed_out_leads_to_sign_in(site: Site) -> None:
    """A text written signed out goes along to sign-in and is not published."""
    talk = await talk_on(site)
    someone = site.browser()
    await someone.get(talk.path)
    await someone.submit(f"/discussion/{talk.key}/comments", body="Before signing in.")
    assert "Before signing in." in someone.page.text
    assert (await site.parts.stories.get(talk.story.id)).comment_count == 0


async def test_forged_forms_change_nothing(site: Site) -> None:
    """A form from elsewhere, or without its token, is refused; the honest one passes."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await ada.get(talk.path)
    form = f"/discussion/{talk.key}/comments"
    honest = ada.fields(form) | {"body": "Honest."}
    for origin, fields in (
        ("https://evil.example", honest),
        ("null", honest),
        (URL, honest | {"csrf": "guess"}),
        (URL, {k: v for k, v in honest.items() if k != "csrf"}),
    ):
        assert (await ada.post(form, fields, origin=origin)).status_code == 403
    assert (await site.parts.stories.get(talk.story.id)).comment_count == 0
    assert (await ada.post(form, honest)).status_code == 303


async def test_moderators_decide_by_forms(site: Site) -> None:
    """Hold, approve and remove with a rule; a removal without a rule is refused with the reason."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    at = (await talk.say(ada, "Borderline words.")).json()["id"]
    anyone = site.browser()
    for decision, status in (("hold", 404), ("approve", 200), ("remove", 404)):
        await mod.get(f"/c/{at}/decide")
        if decision == "remove":
            refused = await mod.submit(f"/c/{at}/decide", decision=decision)
            assert refused.status_code == 422
        answer = await mod.submit(f"/c/{at}/decide", decision=decision, rule="1")
        assert answer.status_code == 303, answer.text[-500:]
        assert (await anyone.get(f"/c/{at}")).status_code == status
    assert (await ada.get(f"/c/{at}/decide")).status_code == 403


async def test_a_ban_takes_effect_at_once(site: Site) -> None:
    """A banned reader is told the reason and posts nothing; staff cannot be banned."""
    talk = await talk_on(site, **PRE)
    person, ada = await talk.reader("Ada Pell")
    guard, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    ban = f"/people/{to_text(person)}/sanctions"
    await mod.get(ban)
    await mod.submit(ban, kind="suspend", days="7", reason="Rule 1, again and again")
    answer = await talk.say(ada, "Me again.")
    assert (answer.status_code, answer.json()["code"]) == (403, "banned")
    assert "Rule 1, again" in answer.json()["detail"]
    site.clock.move(7 * 86_400_000)
    assert (await talk.say(ada, "A week later.")).status_code == 202
    mod = await site.signed_in(guard)
    await mod.get(ban)
    form = mod.fields(ban) | {"kind": "suspend", "days": "7", "reason": "x"}
    assert (await mod.post(f"/people/{to_text(guard)}/sanctions", form)).status_code == 403
    assert (await mod.post(ban, form)).status_code == 303


async def test_the_edit_window_without_script(site: Site) -> None:
    """Too late to edit is a page that says what still can be done."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    at = (await talk.say(ada, "A thought.")).json()["id"]
    await ada.get(f"/c/{at}/edit")
    site.clock.move(EDIT_WINDOW_MS)
    late = await ada.submit(f"/c/{at}/edit", body="Later.")
    assert late.status_code == 403
    assert "Later." in late.text


async def test_a_form_without_a_key_posts_a_text_once_and_anew_when_it_was_withdrawn(site: Site) -> None:
    """Sent twice it is one comment; taken back and sent again it is another, and that one again only once."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    made: list[str] = []
    for _ in range(3):
        for _ in range(2):
            await ada.get(talk.path)
            await ada.submit(f"/discussion/{talk.key}/comments", body="On second thoughts.", key="")
            assert ada.page.status_code == 303
            made.append(ada.page.headers["location"])
        await ada.get(f"{made[-1]}/withdraw")
        await ada.submit(f"{made[-1]}/withdraw")
        assert ada.page.status_code == 200
        site.clock.move(60_000)
    assert made[::2] == made[1::2]
    assert len(set(made)) == 3
