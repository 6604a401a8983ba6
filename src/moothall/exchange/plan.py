"""Between the passes: every row gets its story, its parent, its id and its author, or its reason.

Reads the store, changes nothing in it.
"""

from collections.abc import Iterator
from itertools import chain, islice
from typing import TypeVar

from moothall.exchange.assign import assign
from moothall.exchange.links import spellings
from moothall.exchange.reasons import Refusal, Skip
from moothall.kernel.limits import COMMENT_DEPTH
from moothall.store import exchange as store
from moothall.store import staging_plan, staging_reads
from moothall.store.exchange import Connection
from moothall.store.staging import Staging

_PAGE = 5_000
_REASONS = {reason.value: reason.value for reason in (*Refusal, *Skip)}
T = TypeVar("T")


def plan(staging: Staging, conn: Connection, *, source: str) -> None:
    """Fill the scratch file's plan.

    Args:
        source: format and site, such as "disqus:harrowgate"; rows of an earlier import are known by it.
    """
    staging_plan.place_stories(staging, _REASONS)
    staging_plan.place_comments(staging, _REASONS)
    if store.has_imported(conn, source):
        _find_comments(staging, conn, source)
        _find_stubs(staging, conn, source)
    staging_plan.grow_threads(staging, _REASONS, depth_max=COMMENT_DEPTH)
    staging_plan.set_order(staging)
    _find_stories(staging, conn, source)
    _give_comment_ids(staging, conn)
    _find_people(staging, conn, source)


def _find_stories(staging: Staging, conn: Connection, source: str) -> None:
    staging_reads.merge_stories(staging)
    for rows in _pages(staging_reads.good_stories(staging)):
        known = store.mapped(conn, source, "story", [external_id for external_id, _ in rows])
        found = [(target, known[external_id]) for external_id, target in rows if external_id in known]
        staging_reads.keep_stories(staging, found, was_there=True)
    for targets in _pages(staging_reads.targets(staging)):
        by_url = store.stories_by_url(conn, [url for target in targets for url in spellings(target.link)])
        found = [(t.n, by_url[url]) for t in targets for url in spellings(t.link) if url in by_url]
        staging_reads.keep_stories(staging, found, was_there=True)
    fresh = _with_ids(staging_reads.story_times(staging), conn, "story")
    staging_reads.keep_stories(staging, fresh, was_there=False)
    staging_reads.mark_stories(staging)


def _find_comments(staging: Staging, conn: Connection, source: str) -> None:
    for page in staging_reads.comment_pages(staging, _PAGE):
        known = store.mapped(conn, source, "comment", [external_id for _, external_id in page])
        staging_reads.keep_known(
            staging, [(known[external_id], None, None, n) for n, external_id in page if external_id in known]
        )


def _find_stubs(staging: Staging, conn: Connection, source: str) -> None:
    """A missing parent may have come with an earlier file, or been stood in for before."""
    for page in _pages(staging_reads.stubs(staging)):
        stories = store.mapped(conn, source, "story", [stub.story_external_id for stub in page])
        names = [name for stub in page for name in (stub.parent_id, stub.name)]
        known = store.mapped(conn, source, "comment", names)
        places = store.placed(conn, list(known.values()))
        staging_reads.keep_known(
            staging,
            [
                (*_as_parent(place), stub.n)
                for stub in page
                for place in (places.get(known.get(stub.parent_id) or known.get(stub.name, 0)),)
                if place is not None and place.story_id == stories.get(stub.story_external_id)
            ],
        )


def _as_parent(place: store.Placed) -> tuple[int, int, int]:
    """(id, root, depth) of what a reply to this comment attaches to: past the depth limit, its parent."""
    if place.depth < COMMENT_DEPTH:
        return place.id, place.root_id, place.depth
    return place.parent_id, place.root_id, place.depth - 1


def _give_comment_ids(staging: Staging, conn: Connection) -> None:
    staging_reads.keep_comment_ids(staging, _with_ids(staging_reads.comment_times(staging), conn, "comment"))


def _find_people(staging: Staging, conn: Connection, source: str) -> None:
    for page in _pages(staging_reads.people(staging)):
        known = store.accounts_by_subject(conn, source, [person.subject for person in page])
        found = [(person.rowid, known[person.subject]) for person in page if person.subject in known]
        staging_reads.keep_people(staging, found, are_new=False)
    fresh = _with_ids(staging_reads.people_times(staging), conn, "account")
    staging_reads.keep_people(staging, fresh, are_new=True)


def _with_ids(rows: Iterator[tuple[int, int]], conn: Connection, table: str) -> Iterator[tuple[int, int]]:
    """(row, our id) for (row, time) by rising time."""
    first = next(rows, None)
    if first is None:
        return iter(())
    return assign(chain([first], rows), store.taken_ids(conn, table, first[1]))


def _pages(rows: Iterator[T]) -> Iterator[list[T]]:
    while page := list(islice(rows, _PAGE)):
        yield page
