"""What people send by mistake: each has its code, and says so in all six languages."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from moothall.kernel import errors
from moothall.kernel.errors import MoothallError
from moothall.kernel.limits import COMMENT_BODY_GRAPHEMES, DAY_MS, RATE_REPORT
from moothall.people.model import Role
from moothall.web.i18n import LANGUAGES, translator
from tests.newsroom.site import Site
from tests.newsroom.talk import CLOSED, JSON, Talk, talk_on

pytestmark = pytest.mark.anyio

Sent = Callable[[str], Awaitable[httpx.Response]]
"""Sends it once more in a language."""


async def _all_say(send: Sent, error: MoothallError) -> None:
    """The code is the same in each language, and the sentence is the language's own."""
    said = set()
    for lang in LANGUAGES:
        answer = await send(lang)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (error.status, error.code)
        assert problem["detail"] == translator(lang).t(error.text, **error.params)
        said.add(problem["detail"])
    assert len(said) == len(LANGUAGES)


def _saying(talk: Talk, who: object, body: str, *, to: str | None = None, key: str | None = None) -> Sent:
    async def send(lang: str) -> httpx.Response:
        talk.site.clock.move(60_000)
        return await talk.say(who, body, to=to, key=key, **{"accept-language": lang})  # type: ignore[arg-type]

    return send


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("", errors.BodyEmpty()),
        (" \n\t", errors.BodyEmpty()),
        ("\u200b\u2060", errors.BodyEmpty()),
        ("x" * (COMMENT_BODY_GRAPHEMES + 37), errors.BodyTooLong(over=37, limit=COMMENT_BODY_GRAPHEMES)),
    ],
)
async def test_a_text_that_cannot_stand(site: Site, body: str, error: MoothallError) -> None:
    """Empty, white or invisible, and too long, by how much."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await _all_say(_saying(talk, ada, body), error)
    assert (await talk.say(ada, "x")).status_code == 201


async def test_a_reply_to_what_is_gone_or_elsewhere(site: Site) -> None:
    """Withdrawn, and of another story."""
    talk, other = await talk_on(site), await talk_on(site, headline="Elsewhere")
    _, ada = await talk.reader("Ada Pell")
    root = (await talk.say(ada, "Root.")).json()["id"]
    await _all_say(_saying(other, ada, "Hm.", to=root), errors.ParentForeign())
    await ada.http.delete(f"/api/v1/comments/{root}", headers=JSON)
    await _all_say(_saying(talk, ada, "Hm.", to=root), errors.ParentGone())


async def test_a_story_that_is_closed_or_not_yet_there(site: Site) -> None:
    """An embargo is told to those who know of the story; to others there is none."""
    closed = await talk_on(site, **CLOSED)
    later = await talk_on(site, headline="Later", embargo_until_ms=site.clock() + DAY_MS)
    _, ada = await closed.reader("Ada Pell")
    _, editor = await closed.reader("Ed Itor", Role.EDITOR)
    await _all_say(_saying(closed, ada, "Late."), errors.DiscussionClosed())
    await _all_say(_saying(later, editor, "Early."), errors.StoryEmbargoed())
    await _all_say(_saying(later, ada, "Early."), errors.NotFound())


async def test_a_session_that_ended_and_a_key_used_twice(site: Site) -> None:
    """The same text with its key is one comment; another text with it is told."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    first, again = [(await talk.say(ada, "Once.", key="k")).json()["id"] for _ in range(2)]
    assert first == again
    await _all_say(_saying(talk, ada, "Twice.", key="k"), errors.KeyReused())
    site.clock.move(91 * DAY_MS)
    await _all_say(_saying(talk, ada, "Late."), errors.SessionExpired())


async def test_a_disk_that_is_full(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the time to come back; reading goes on."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")

    async def full(_command: object) -> None:
        raise errors.StoreFull

    with monkeypatch.context() as patched:
        patched.setattr(site.parts.db, "write", full)
        await _all_say(_saying(talk, ada, "Words."), errors.StoreFull())
        assert int((await talk.say(ada, "Words.")).headers["retry-after"]) > 0
        assert (await ada.get(talk.path)).status_code == 200
    assert (await talk.say(ada, "Words.")).status_code == 201


@pytest.mark.parametrize(
    ("name", "error"),
    [
        (" \t ", errors.NameEmpty(limit=2)),
        ("\u200b\u200b", errors.NameForbidden()),
        ("Ada\u202enryB", errors.NameForbidden()),
        ("x" * 43, errors.NameTooLong(over=3, limit=40)),
        ("Ada  BYRNE", errors.NameTaken()),
        ("Moderator", errors.NameReserved()),
    ],
)
async def test_a_name_that_cannot_be_borne(site: Site, name: str, error: MoothallError) -> None:
    """White, invisible, direction-changing, too long, another's, the newsroom's."""
    await site.person("Ada Byrne")
    browser = await site.signed_in(await site.person("Bea"))
    for lang in LANGUAGES:
        site.clock.move(60_000)
        await browser.get("/account")
        form = browser.fields("/account/name") | {"display_name": name}
        page = await browser.post(f"/account/name?lang={lang}", form)
        assert page.status_code == error.status
        assert translator(lang).t(error.text, **error.params) in page.text, lang


async def test_a_session_that_ends_while_writing_without_script(site: Site) -> None:
    """The form is answered by a page that still has the text; signed in again, it is posted from there."""
    talk = await talk_on(site)
    person, ada = await talk.reader("Ada Pell")
    await ada.get(talk.path)
    action = f"/discussion/{talk.key}/comments"
    form = ada.fields(action) | {"body": "Long and dear to me."}
    site.clock.move(91 * DAY_MS)
    page = await ada.post(action, form)
    assert "Long and dear to me." in page.text
    kept = ada.fields("/signin/email")["next"]
    await ada.get(await site.link(person))
    await ada.submit("/signin/link")
    assert "Long and dear to me." in (await ada.get(kept)).text
    assert "Long and dear" not in (await site.browser().get(talk.path)).text


async def test_an_edit_outlives_its_session(site: Site) -> None:
    """The page that says so shows what was typed."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    edit = f"/c/{(await talk.say(ada, 'First.')).json()['id']}/edit"
    await ada.get(edit)
    form = ada.fields(edit) | {"body": "Long and dear to me."}
    site.clock.move(91 * DAY_MS)
    page = await ada.post(edit, form)
    assert (page.status_code, "session_expired" in page.text) == (401, True)
    assert "Long and dear to me." in page.text


async def test_what_was_typed_outlives_every_refusal(site: Site) -> None:
    """Too often, signed in anew elsewhere, gone meanwhile: the page shows it; what another site sent it hides."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    report = f"/c/{(await talk.say(ada, 'First.')).json()['id']}/report"
    bea = (await talk.reader("Bea Kay"))[1]
    await bea.get(report)
    form = bea.fields(report) | {"reason": "abuse", "text": "Insulting."}
    stale = await bea.post(report, form | {"csrf": "of-another-session"})
    assert (stale.status_code, "Insulting." in stale.text, "of-another" in stale.text) == (403, True, False)
    gone = await bea.post("/c/0000000000001/report", form)
    assert (gone.status_code, "Insulting." in gone.text) == (404, True)
    foreign = await bea.post(report, form, origin="https://elsewhere.example")
    assert (foreign.status_code, "Insulting." in foreign.text) == (403, False)
    stranger = site.browser()
    for _ in range(RATE_REPORT[0] + 1):
        answer = await stranger.post(report, {"reason": "abuse", "text": "Insulting."})
    assert (answer.status_code, "Insulting." in answer.text) == (429, True)
