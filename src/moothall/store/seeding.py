"""Writes a fictional newsroom into an empty database, all of it in a few large statements."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select

from moothall.discussion.body import render
from moothall.discussion.model import State
from moothall.discussion.ranking import wilson
from moothall.kernel.ids import id_at, made_at_ms
from moothall.kernel.limits import DAY_MS
from moothall.people.model import Role
from moothall.seed.model import SeedComment, SeedPerson
from moothall.store.tables import account, comment, story
from moothall.store.tx import Tx

# Comments from which on one of them is featured.
_MANY = 100


def is_empty(tx: Tx) -> bool:
    """Whether nothing was ever published or written here."""
    return not tx.conn.scalar(select(func.count()).select_from(story)) and not tx.conn.scalar(
        select(func.count()).select_from(account)
    )


def first_of_role(conn: Connection, role: Role) -> int | None:
    """The oldest account of a role."""
    found: int | None = conn.scalar(
        select(account.c.id).where(account.c.role == role.value).order_by(account.c.id).limit(1)
    )
    return found


def add_people(tx: Tx, people: Sequence[tuple[SeedPerson, str]], at_ms: int) -> list[int]:
    """Accounts of people with the look-alike keys of their names; returns their ids, in order."""
    ids = [id_at(at_ms - person.joined_days_ago * DAY_MS, n) for n, (person, _) in enumerate(people)]
    rows = [
        {
            "id": made,
            "display_name": person.name,
            "name_key": key,
            "named": 1,
            "role": person.role.value,
            "made_at_ms": made_at_ms(made),
        }
        for made, (person, key) in zip(ids, people, strict=True)
    ]
    tx.conn.execute(insert(account), rows)
    return ids


def add_discussion(tx: Tx, story_id: int, said: Sequence[SeedComment], people: Sequence[int], at_ms: int) -> int:
    """A story's comments with every counter exact; returns how many are live."""
    if not said:
        return 0
    ids = [0]
    for one in said:
        ids.append(max(ids[-1] + 1, id_at(at_ms - one.seconds_ago * 1000, one.key)))
    shown = _shown(said)
    replies = [0] * (len(said) + 1)
    for one in said:
        replies[one.parent] += shown[one.key]
    depths, roots = [-1], [0]
    best = _best(said)
    rows = []
    for one in said:
        depths.append(depths[one.parent] + 1)
        roots.append(roots[one.parent] or ids[one.key])
        rows.append(
            {
                "id": ids[one.key],
                "story_id": story_id,
                "parent_id": ids[one.parent] if one.parent else 0,
                "root_id": roots[one.key],
                "depth": depths[one.key],
                "author_id": people[one.author],
                "state": one.state.value,
                "shown": int(shown[one.key]),
                "body": one.body,
                "body_html": render(one.body),
                "respect": one.respect,
                "disagree": one.disagree,
                "score": wilson(one.respect, one.disagree),
                "reply_count": replies[one.key],
                "removal_rule": "civil" if one.state is State.REMOVED else None,
                "featured": int(one is best),
            }
        )
    tx.conn.execute(insert(comment), rows)
    live = sum(one.state is State.LIVE for one in said)
    newest = max(ids[one.key] for one in said if one.state is State.LIVE)
    tx.conn.execute(story.update().where(story.c.id == story_id).values(comment_count=live, newest_comment=newest))
    return live


def _best(said: Sequence[SeedComment]) -> SeedComment | None:
    """The most respected of a discussion in which there is much to read; nothing in a small one."""
    live = [one for one in said if one.state is State.LIVE]
    return max(live, key=lambda one: one.respect) if len(live) >= _MANY else None


def _shown(said: Sequence[SeedComment]) -> list[bool]:
    """Live, or a stub above something shown; by key."""
    shown = [False] * (len(said) + 1)
    for one in reversed(said):
        if one.state is State.LIVE:
            shown[one.key] = True
        if shown[one.key]:
            shown[one.parent] = True
    return shown
