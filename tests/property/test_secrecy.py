"""What is shown is what may be seen, whatever happens; what nobody may see has left no trace."""

import asyncio
import dataclasses
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from moothall.discussion.access import may_see
from moothall.discussion.edit_comment import edit_comment
from moothall.discussion.model import Comment, CommentId, Node, Sort, State
from moothall.discussion.withdraw_comment import withdraw_comment
from moothall.kernel.ids import to_text
from moothall.kernel.limits import DAY_MS
from moothall.moderation.decide import Act
from moothall.people.model import NOBODY, Role
from moothall.store.database import Database, open_database
from moothall.story.model import Story
from tests.newsroom.clock import FakeClock
from tests.newsroom.site import URL, Site
from tests.newsroom.talk import publish
from tests.property.talking import HELD, READERS, TALK, Said, Talking, told

_EVERY = settings(deadline=None, derandomize=True, max_examples=12, phases=(Phase.generate,))
_TWINS = settings(deadline=None, derandomize=True, max_examples=8, phases=(Phase.generate,))
# Drawn by lot for every page.
_FORM_KEY = re.compile(rb'(?<=name="key" value=")[^"]*')
_SECRET = "Zanzibar"
# Each example begins a day after the last, so that no id and no name is there already.
_DAYS = itertools.count(1)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Database]]:
    """Twins, and a third for itself; each example takes a story of its own."""
    folder: Path = tmp_path_factory.mktemp("twins")
    found = [open_database(f"sqlite:///{folder / name}.db") for name in ("one", "other", "third")]
    yield found
    for db in found:
        db.close()


async def _talking(site: Site, story: Story) -> Talking:
    people = site.parts.people
    readers = []
    for n in range(READERS + 1):
        role = Role.MODERATOR if n == READERS else Role.READER
        site.clock.move(1_000)
        readers.append(await site.person(f"Reader {n} of {story.id}", role))
    parts = told(site.parts.discussion, site.clock)
    return Talking(
        parts, site.parts.moderation, site.clock, story.id, readers[:-1], readers[-1], accounts=people.account
    )


def _rows(db: Database, story: Story) -> dict[CommentId, tuple[int, str, int, int]]:
    """Shown, state, parent and reply count of each comment."""
    query = "SELECT id, shown, state, parent_id, reply_count FROM comment WHERE story_id = ?"
    found = db.read_now(lambda c: c.exec_driver_sql(query, (story.id,)).all())
    return {CommentId(one[0]): (one[1], one[2], one[3], one[4]) for one in found}


async def _drawn(site: Site, story: Story) -> dict[CommentId, Comment]:
    """Everything that a reader without a session comes upon, page by page and fold by fold."""
    store, found = site.parts.comments, {}

    async def take(node: Node) -> None:
        found[node.comment.id] = node.comment
        for reply in node.replies:
            await take(reply)
        if node.more:
            for reply in (await store.replies(node.comment, sort=Sort.OLDEST)).nodes:
                await take(reply)

    for node in (await store.page(story.id, sort=Sort.OLDEST, limit=100)).nodes:
        await take(node)
    return found


@_EVERY
@given(talk=TALK)
def test_what_is_shown_is_what_may_be_seen(places: list[Database], talk: list[Said]) -> None:
    """The column, the pages, the feed and all counts agree with the one predicate."""
    asyncio.run(_agree(places[2], talk, next(_DAYS)))


async def _agree(db: Database, talk: list[Said], day: int) -> None:
    clock = FakeClock()
    clock.move(day * DAY_MS)
    site = Site.over(db, clock)
    story = await publish(site)
    talking = await _talking(site, story)
    for said in talk:
        await talking.act(said)
    rows = _rows(db, story)
    comments = {key: await site.parts.comments.get(key) for key in rows}
    seen = {key for key, one in comments.items() if may_see(one, NOBODY)}
    live = {key for key, one in comments.items() if one.state is State.LIVE}
    assert {key for key, one in rows.items() if one[0]} == seen
    assert (await _drawn(site, story)).keys() == seen
    for key, (_, _, _, replies) in rows.items():
        assert replies == len([one for one in seen if rows[one][2] == key])
    assert (await site.parts.stories.get(story.id)).comment_count == len(live)
    assert {one.id for one in await site.parts.comments.latest_live(story.id, 100)} == live
    await site.close()


@_TWINS
@given(
    talk=TALK,
    at=st.integers(0, 30),
    fate=st.sampled_from(["held", "rejected", "edited", "withdrawn"]),
)
def test_what_was_never_shown_might_as_well_not_exist(
    places: list[Database], talk: list[Said], at: int, fate: str
) -> None:
    """Pages, JSON, counts, feeds and their tags are those of a twin site without the comment, byte for byte."""
    day = next(_DAYS)
    ours = asyncio.run(_public(places[0], talk, day, (at, fate)))
    twin = asyncio.run(_public(places[1], talk, day, None))
    for path, (body, headers) in twin.items():
        assert ours[path] == (body, headers), path
    assert not [path for path, (body, _) in ours.items() if _SECRET.encode() in body]


async def _public(
    db: Database, talk: list[Said], day: int, hidden: tuple[int, str] | None
) -> dict[str, tuple[bytes, dict[str, str]]]:
    clock = FakeClock()
    clock.move(day * DAY_MS)
    site = Site.over(db, clock)
    parts = told(site.parts.discussion, clock)
    site.serve(dataclasses.replace(site.parts, new_id=parts.new_id))
    story = await publish(site)
    talking = await _talking(site, story)
    for step, said in enumerate([*talk, None]):
        if step == min(hidden[0] if hidden else -1, len(talk)):
            await _hide(talking, hidden[1] if hidden else "")
        if said is not None:
            await talking.act(said)
    answers = {path: await _read(site, path) for path in _paths(story)}
    await site.close()
    return answers


async def _hide(talking: Talking, fate: str) -> None:
    """Between two ticks of the twin's clock."""
    author = talking.readers[0]
    talking.clock.move(1)
    secret = await talking.say(author, f"{HELD} {_SECRET}")
    match fate:
        case "rejected":
            await talking.decide(Act.REMOVE, secret)
        case "edited":
            talking.clock.move(1)
            await edit_comment(talking.parts, secret, author, f"{_SECRET} again.")
            talking.clock.move(-1)
        case "withdrawn":
            await withdraw_comment(talking.parts, secret, await talking.accounts(author))
    talking.clock.move(-1)


def _paths(story: Story) -> tuple[str, ...]:
    page, key = f"/{story.section.slug}/{story.slug}-{story.code}", to_text(story.id)
    sorts = [f"/api/v1/stories/{key}/comments?sort={one.value}" for one in Sort]
    return (
        page,
        f"{page}/feed.xml",
        f"/api/v1/stories?url={URL}{page}",
        f"/api/v1/counts?url={URL}{page}",
        f"/embed/discussion?url={URL}{page}",
        f"/fragments/stories/{key}/comments",
        f"/fragments/stories/{key}/new?since=0",
        f"/oembed?url={URL}{page}",
        *sorts,
    )


async def _read(site: Site, path: str) -> tuple[bytes, dict[str, str]]:
    answer: Any = await site.browser().get(path)
    assert answer.status_code == 200, path
    return _FORM_KEY.sub(b"", answer.content), dict(answer.headers)
