"""Decisions of the console: each once, on what was read, by one moderator, and back again."""

from functools import partial

import pytest
from lxml import html

from moothall.kernel.limits import CLAIM_MS, HOUR_MS
from moothall.people.model import Role
from moothall.store import ledger, moderation_queue
from moothall.store.raw import rows, run
from moothall.store.tx import Tx
from moothall.web.api.paths import number_of
from tests.newsroom.shift import Shift, shift_on, text
from tests.newsroom.site import Site
from tests.newsroom.talk import JSON, talk_on

pytestmark = pytest.mark.anyio


@pytest.fixture
async def shift(site: Site) -> Shift:
    return await shift_on(site)


async def test_a_decision_counts_once(shift: Shift) -> None:
    """Sent again after a lost answer it gives the first one; its key serves nothing else."""
    one, other = await shift.said("One."), await shift.said("Other.")
    answers = [await shift.sent(one, key="k1", act="remove", rule="civil") for _ in range(3)]
    assert [(a.status_code, a.json()) for a in answers] == [(200, {"state": "rejected"})] * 3
    again = await shift.sent(other, key="k1")
    assert (again.status_code, again.json()["code"]) == (422, "idempotency_key_reused")
    assert await shift.state(other) == "held"


@pytest.mark.parametrize("rule", ["", "99", "none such"])
async def test_an_unknown_rule_is_refused(shift: Shift, rule: str) -> None:
    """And nothing happens to the comment."""
    said = await shift.said()
    answer = await shift.sent(said, act="remove", rule=rule)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_field")
    assert await shift.state(said) == "held"
    assert (await shift.sent(said, act="remove", rule="2")).status_code == 200


async def test_a_clock_an_hour_back_changes_nothing(shift: Shift) -> None:
    """Decisions before and after it are taken back alike, stand in their order, and the ledger is whole."""
    first, second = await shift.said("One."), await shift.said("Two.")
    assert (await shift.sent(first, key="k1", act="remove", rule="civil")).json() == {"state": "rejected"}
    shift.talk.site.clock.move(-HOUR_MS)
    # A site's limits go by a clock that never jumps; a test's have only the one.
    shift.talk.site.parts.limiter._due.clear()
    assert (await shift.sent(second, key="k2", act="remove", rule="civil")).json() == {"state": "rejected"}
    page = html.fromstring((await shift.mo.get("/console/decided")).text)
    assert page.xpath("//ol//a/@href") == [f"/c/{second}", f"/c/{first}"]
    for key, comment in (("k1", first), ("k2", second)):
        answer = await shift.mo.http.post("/console/undos", json={"key": key}, headers=JSON)
        assert (answer.status_code, answer.json()) == (200, {"state": "held"})
        assert await shift.state(comment) == "held"
    db = shift.talk.site.parts.db
    assert await db.read(ledger.verify) is None
    standing = "SELECT count(*) FROM statement WHERE ended_at_ms IS NULL AND restriction = 'rejected'"
    assert await db.read(lambda c: rows(c, standing)) == [(0,)]


async def test_nobody_decides_on_what_they_have_not_read(shift: Shift, site: Site) -> None:
    """Edited or decided on meanwhile: refused with a code of its own, by the script and by the form."""
    said = await shift.said()
    changed = {"body": "Another text."}
    answer = await shift.ada.http.patch(f"/api/v1/comments/{said}", json=changed, headers=JSON)
    assert answer.status_code in {200, 202}, answer.text
    refused = await shift.sent(said, revision=0)
    assert (refused.status_code, refused.json()["code"]) == (409, "text_changed")
    await shift.queue()
    form = await shift.mo.submit(f"/c/{said}/decide", decision="approve", revision="0")
    assert form.status_code == 409
    assert "Another text." in text(shift.mo)
    assert (await shift.sent(said, revision=1)).json() == {"state": "live"}
    refused = await shift.sent(said, key="k2", revision=1, act="remove", rule="1")
    assert (refused.status_code, refused.json()["code"]) == (409, "already_decided")


async def test_two_moderators_never_hold_the_same_comment(shift: Shift, site: Site) -> None:
    """What one has open the other is not given, and may not decide on, until its time is over."""
    said = [await shift.said("First."), await shift.said("Second.")]
    assert await shift.queue() == said
    _, ida = await shift.talk.reader("Ida Moss", Role.EDITOR)
    page = html.fromstring((await ida.get("/console/held")).text)
    assert not page.xpath("//li[@data-id]")
    assert "Mo Lind: 2 in hand" in text(ida)
    refused = await shift.sent(said[0], by=ida)
    assert (refused.status_code, refused.json()["code"]) == (409, "claimed")
    site.clock.move(CLAIM_MS // 2)
    assert (await shift.renewed(said)).json()["gone"] == []
    site.clock.move(CLAIM_MS // 2)
    assert (await shift.sent(said[0], by=ida)).status_code == 409
    site.clock.move(CLAIM_MS)
    page = html.fromstring((await ida.get("/console/held")).text)
    assert page.xpath("//li/@data-id") == said
    assert (await shift.renewed(said)).json()["gone"] == said
    assert (await shift.sent(said[0], by=ida)).status_code == 200


async def test_every_decision_is_taken_back_exactly(shift: Shift, site: Site) -> None:
    """State, rule, reports, counts: all as before, from the notice, from the list and by the script."""
    said = await shift.said()
    for act, fields in (("approve", {}), ("remove", {"rule": "civil"})):
        before = await shift.whole()
        key = f"undo-{act}"
        assert (await shift.sent(said, key=key, act=act, **fields)).status_code == 200
        assert await shift.whole() != before
        for _ in range(2):
            undone = await shift.mo.http.post("/console/undos", json={"key": key}, headers=JSON)
            assert (undone.status_code, undone.json()) == (200, {"state": "held"})
        assert await shift.whole() == before
    await shift.queue()
    await shift.decide(said, decision="approve")
    await shift.mo.submit("/console/undo")
    assert await shift.state(said) == "held"
    await shift.queue()
    await shift.decide(said, remove="spam")
    assert "Taken down: rule 7" in text(await shift.at("/console/decided"))
    await shift.mo.submit("/console/undo")
    assert await shift.state(said) == "held"
    assert "Taken back" in text(await shift.at("/console/decided"))


async def test_what_was_decided_anew_is_not_taken_back(shift: Shift, site: Site) -> None:
    """The later decision stands; another's decision is not one's own to take back."""
    said = await shift.said()
    await shift.sent(said, key="first")
    _, ida = await shift.talk.reader("Ida Moss", Role.EDITOR)
    other = await ida.http.post("/console/undos", json={"key": "first"}, headers=JSON)
    assert other.status_code == 404
    await shift.sent(said, key="second", by=ida, state="live", act="remove", rule="1")
    late = await shift.mo.http.post("/console/undos", json={"key": "first"}, headers=JSON)
    assert (late.status_code, late.json()["code"]) == (409, "already_decided")


async def test_a_queue_is_narrowed_and_ordered(shift: Shift, site: Site) -> None:
    """By section, story and language; by age and by reports; an order that is none is refused."""
    first, second = await shift.said("First."), await shift.said("Second.")
    code = shift.talk.story.code
    for query in ("", "?section=city", f"?story={code}", "?of=en", "?sort=busiest", "?sort=oldest"):
        assert sorted(await shift.queue(f"held{query}")) == [first, second], query
    for query in ("?section=sport", "?story=zzzzzz", "?of=fr"):
        assert await shift.queue(f"held{query}") == [], query
    assert (await shift.mo.get("/console/held?sort=best")).status_code == 422
    for said in (first, second):
        await shift.sent(said, key=said)
    assert await shift.queue("live?section=city") == [second, first]
    assert await shift.queue("live?section=sport") == []
    assert await shift.queue("new") == []


def _run(tx: Tx, sql: str, args: list[object]) -> int:
    return run(tx.conn, sql, args)


async def test_the_likeliest_come_first(shift: Shift, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the scorer or a judge said of the text as it is now, on each page; what nobody scored comes last."""
    said = [await shift.said(f"Comment number {n}.") for n in range(4)]
    scored = (
        "INSERT INTO finding (comment_id, revision, position, phase, weight, value) VALUES (?, ?, 9, ?, 'hold', ?)"
    )
    for n, revision, phase, value in (
        (0, 0, "classifier", 0.4), (2, 0, "judge", 0.9), (3, 1, "classifier", 0.99), (3, 0, "links", 1.0)
    ):  # fmt: skip
        args = [number_of(said[n]), revision, phase, value]
        await site.parts.db.write(partial(_run, sql=scored, args=args))
    likely = [said[2], said[0], said[3], said[1]]
    assert await shift.queue("held?sort=likely") == likely
    monkeypatch.setattr(moderation_queue, "QUEUE_PAGE", 1)
    pages, path = [], "held?sort=likely"
    for _ in likely:
        pages += await shift.queue(path)
        more = html.fromstring(shift.mo.page.text).xpath("//a[@rel='next']/@href")  # type: ignore[union-attr]
        path = str(more[0]).removeprefix("/console/") if more else ""
    assert pages == likely


async def test_first_comments_and_watched_stories_wait_until_looked_at(shift: Shift, site: Site) -> None:
    """A new author's live comment leaves the queue once somebody kept it."""
    talk = await talk_on(site, headline="Ferry to run until midnight")
    said = (await talk.say(shift.ada, "Good.")).json()["id"]
    assert await shift.queue("new") == [said]
    assert await shift.queue("watched") == []
    assert (await shift.sent(said, state="live")).json() == {"state": "live"}
    assert await shift.queue("new") == []


async def test_one_at_a_time_shows_a_button_for_each_rule(shift: Shift) -> None:
    """And leads past a comment without a decision; without a script the others wait out of sight."""
    first, second = await shift.said("First."), await shift.said("Second.")
    page = html.fromstring((await shift.mo.get("/console/held?view=one")).text)
    assert page.xpath("//li[@data-id and not(@hidden)]/@data-id") == [first]
    assert len(page.xpath(f"//li[@data-id='{first}']//button[@name='remove']")) == 8
    skip = page.xpath("string(//p[contains(@class, 'plainly')]/a/@href)")
    page = html.fromstring((await shift.mo.get(skip)).text)
    assert page.xpath("//li[@data-id and not(@hidden)]/@data-id") == [second]
    part = html.fromstring((await shift.mo.get("/console/held?part=1")).text)
    assert part.xpath("//li/@data-id") == [first, second]
    assert not part.xpath("//nav")


async def test_a_role_taken_away_counts_at_once(shift: Shift, site: Site) -> None:
    """Also between the question and the write."""
    said = await shift.said()
    await shift.queue()
    await shift.demote()
    assert (await shift.sent(said)).status_code == 403
    assert await shift.state(said) == "held"
