"""A comment's whole life through the API."""

import re

import pytest

from moothall.kernel.limits import EDIT_WINDOW_MS
from moothall.people.model import Role
from tests.newsroom.site import URL, Site
from tests.newsroom.talk import CLOSED, JSON, PRE, talk_on

pytestmark = pytest.mark.anyio


async def test_posting_reading_editing_withdrawing(site: Site) -> None:
    """A reader posts, everybody reads, the author edits and withdraws; each answer is the comment."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    posted = await talk.say(ada, "Eleven months is *optimistic*.")
    assert posted.status_code == 201
    comment = posted.json()
    assert comment["state"] == "live"
    assert comment["author"]["display_name"] == "Ada Pell"
    assert comment["permalink"] == f"{URL}/c/{comment['id']}"
    anyone = site.browser()
    listed = (await anyone.get(f"/api/v1/stories/{talk.key}/comments")).json()
    assert [node["comment"]["id"] for node in listed["comments"]] == [comment["id"]]
    edited = await ada.http.patch(f"/api/v1/comments/{comment['id']}", json={"body": "Nineteen."}, headers=JSON)
    assert (edited.status_code, edited.json()["body_html"]) == (200, "<p>Nineteen.</p>")
    gone = await ada.http.delete(f"/api/v1/comments/{comment['id']}", headers=JSON)
    assert (gone.status_code, gone.json()["state"]) == (200, "withdrawn")
    assert (await anyone.get(f"/api/v1/comments/{comment['id']}")).status_code == 404
    assert (await anyone.get(f"/api/v1/stories/{talk.key}/comments")).json()["comments"] == []


async def test_the_widget_gets_the_node(site: Site) -> None:
    """Asked for HTML, posting answers with the comment's own markup."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    answer = await talk.say(ada, "Hello.", accept="text/html")
    assert answer.status_code == 201
    assert 'class="mh-item' in answer.text
    assert "<p>Hello.</p>" in answer.text


async def test_double_submit_is_one_comment(site: Site) -> None:
    """The same key twice is one comment and the same answer; another text with it is refused."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    first = await talk.say(ada, "Once.", key="k")
    again = await talk.say(ada, "Once.", key="k")
    assert first.json()["id"] == again.json()["id"]
    other = await talk.say(ada, "Twice.", key="k")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    found = (await site.browser().get(f"/api/v1/stories?url={URL}{talk.path}")).json()
    assert found["comment_count"] == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 422, "body_empty"),
        (" \n\t", 422, "body_empty"),
        ("\u200b\u202e", 422, "body_empty"),
        ("x" * 2001, 422, "body_too_long"),
    ],
)
async def test_bodies_are_refused_with_their_code(site: Site, body: str, status: int, code: str) -> None:
    """What cannot be posted says why, at its field, in the reader's language."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    answer = await talk.say(ada, body, **{"accept-language": "de"})
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["field"]) == (status, code, "body")
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert problem["detail"] != (await talk.say(ada, body)).json()["detail"]
    assert (await talk.say(ada, "x")).status_code == 201


async def test_too_long_says_by_how_much(site: Site) -> None:
    """The answer counts what is too much."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    assert "37" in (await talk.say(ada, "x" * 2037)).json()["detail"]


async def test_closed_says_so_and_embargoed_is_not_there(site: Site) -> None:
    """A closed discussion answers 409 with its code, an embargoed story looks like no story."""
    _, ada = await (await talk_on(site)).reader("Ada Pell")
    closed = await talk_on(site, headline="Closed", **CLOSED)
    answer = await closed.say(ada, "Too late?")
    assert (answer.status_code, answer.json()["code"]) == (409, "discussion_closed")
    hidden = await talk_on(site, headline="Later", embargo_until_ms=site.clock() + 60_000)
    assert (await hidden.say(ada, "Early?")).status_code == 404
    assert (await site.browser().get(hidden.path)).status_code == 404
    site.clock.move(60_000)
    assert (await hidden.say(ada, "Now.")).status_code == 201


async def test_replies_to_what_is_gone_or_elsewhere(site: Site) -> None:
    """A reply to a withdrawn or a foreign comment has its own code, and the text is not used up."""
    talk, other = await talk_on(site), await talk_on(site, headline="Elsewhere")
    _, ada = await talk.reader("Ada Pell")
    root = (await talk.say(ada, "Root.")).json()["id"]
    assert (await other.say(ada, "Hm.", to=root)).json()["code"] == "parent_foreign"
    assert (await talk.say(ada, "Good.", to=root)).status_code == 201
    await ada.http.delete(f"/api/v1/comments/{root}", headers=JSON)
    assert (await talk.say(ada, "Hm.", to=root)).json()["code"] == "parent_gone"
    assert (await talk.say(ada, "Hm.", to="0000000000000")).status_code == 404


async def test_reactions_and_reports(site: Site) -> None:
    """Readers respect and disagree once each, not with themselves; a report needs a known reason."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    _, ben = await talk.reader("Ben Oake")
    comment = f"/api/v1/comments/{(await talk.say(ada, 'A thought.')).json()['id']}"
    for _ in range(2):
        liked = await ben.http.put(f"{comment}/reaction", json={"kind": "respect"}, headers=JSON)
    assert liked.json()["reactions"] == {"respect": 1, "disagree": 0}
    assert liked.json()["my_reaction"] == "respect"
    turned = await ben.http.put(f"{comment}/reaction", json={"kind": "disagree"}, headers=JSON)
    assert turned.json()["reactions"] == {"respect": 0, "disagree": 1}
    back = await ben.http.delete(f"{comment}/reaction", headers=JSON)
    assert back.json()["reactions"] == {"respect": 0, "disagree": 0}
    own = await ada.http.put(f"{comment}/reaction", json={"kind": "respect"}, headers=JSON)
    assert (own.status_code, own.json()["code"]) == (403, "own_comment")
    bad = await ben.http.post(f"{comment}/reports", json={"reason": "dull"}, headers=JSON)
    assert (bad.status_code, bad.json()["code"]) == (422, "reason_unknown")
    told = await ben.http.post(f"{comment}/reports", json={"reason": "spam"}, headers=JSON)
    assert told.status_code == 202
    signed_out = await site.browser().http.post(f"{comment}/reports", json={"reason": "spam"}, headers=JSON)
    assert signed_out.status_code == 202


async def test_held_comments_are_their_authors_alone(site: Site) -> None:
    """A held comment answers 202, and nothing that others can read knows of it."""
    talk = await talk_on(site, **PRE)
    _, ada = await talk.reader("Ada Pell")
    _, ben = await talk.reader("Ben Oake")
    pages = [
        talk.path, f"/api/v1/stories/{talk.key}/comments", f"{talk.path}/feed.xml", "/", "/feed.xml",
        f"/fragments/stories/{talk.key}/comments", f"/fragments/stories/{talk.key}/new?since=0",
        f"/api/v1/counts?url={URL}{talk.path}",
    ]  # fmt: skip
    before = [_still((await site.browser().get(page)).text) for page in pages]
    held = await talk.say(ada, "Unmistakable canary words.")
    assert (held.status_code, held.json()["state"]) == (202, "held")
    assert [_still((await site.browser().get(page)).text) for page in pages] == before
    for page in [*pages, f"/c/{held.json()['id']}", f"/api/v1/comments/{held.json()['id']}"]:
        assert "canary" not in (await ben.get(page)).text
    assert "canary" in (await ada.get(talk.path)).text
    assert "canary" in (await ada.get(f"/c/{held.json()['id']}")).text


async def test_the_edit_window_closes(site: Site) -> None:
    """After the window an edit is refused with its code; withdrawing stays possible."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    comment = f"/api/v1/comments/{(await talk.say(ada, 'A thought.')).json()['id']}"
    site.clock.move(EDIT_WINDOW_MS)
    late = await ada.http.patch(comment, json={"body": "Later."}, headers=JSON)
    assert (late.status_code, late.json()["code"]) == (403, "edit_window_closed")
    assert (await ada.http.delete(comment, headers=JSON)).status_code == 200


async def test_fast_writers_are_slowed(site: Site) -> None:
    """Past the rate limit the answer is 429 and says when to come back; then it works."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell", Role.MODERATOR)
    answers = [await talk.say(ada, f"Thought {n}.") for n in range(12)]
    slowed = answers[-1]
    assert (slowed.status_code, slowed.json()["code"]) == (429, "too_many_requests")
    site.clock.move(int(slowed.headers["retry-after"]) * 1000)
    assert (await talk.say(ada, "Patience.")).status_code == 201


async def test_an_expired_session_keeps_the_text_for_later(site: Site) -> None:
    """Writing with a session that ended answers 401 with a code of its own; nothing is written."""
    talk = await talk_on(site)
    person, ada = await talk.reader("Ada Pell")
    await site.parts.people.end_sessions(person)
    answer = await talk.say(ada, "In the middle of a thought.", key="k")
    assert (answer.status_code, answer.json()["code"]) == (401, "session_expired")
    again = await site.signed_in(person)
    assert (await talk.say(again, "In the middle of a thought.", key="k")).status_code == 201


async def test_new_since_meets_what_was_approved_later(site: Site) -> None:
    """What became live after a moment is found by it, also a comment held for a while."""
    talk = await talk_on(site, **PRE)
    _, ada = await talk.reader("Ada Pell")
    _, mod = await talk.reader("Mia Guard", Role.MODERATOR)
    held = (await talk.say(ada, "Held for a while.")).json()["id"]
    live = (await talk.say(mod, "Live at once.")).json()["id"]
    await mod.get(f"/c/{held}/decide")
    await mod.submit(f"/c/{held}/decide", decision="approve")
    new = (await site.browser().get(f"/fragments/stories/{talk.key}/new?since=0")).text
    assert new.index(live) < new.index(held)


@pytest.mark.parametrize("sort", ["newest", "oldest", "replies", "respected"])
async def test_every_order_has_its_page(site: Site, sort: str) -> None:
    """Each order answers on the page, as a fragment and in the API; an unknown one says so."""
    talk = await talk_on(site)
    _, ada = await talk.reader("Ada Pell")
    await talk.say(ada, "One.")
    for page in (talk.path, f"/fragments/stories/{talk.key}/comments", f"/api/v1/stories/{talk.key}/comments"):
        assert (await site.browser().get(f"{page}?sort={sort}")).status_code == 200
        assert (await site.browser().get(f"{page}?sort=loudest")).status_code == 422
        assert (await site.browser().get(f"{page}?sort={sort}&cursor=%27x")).status_code == 422


def _still(text: str) -> str:
    """A page without its form's key, which is another each time."""
    return re.sub(r'name="key" value="[^"]*"', "", text)
