"""Samples of decided comments and their blind second reviews, as rows."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from moothall.discussion.model import CommentId
from moothall.kernel.errors import AlreadyDecided, NotFound, OtherSection, SamePerson
from moothall.kernel.ids import id_at
from moothall.kernel.limits import SAMPLE_LOOKED
from moothall.moderation.sample import NO_JUDGEMENT, Drawn, First, Judged, Wish, draw
from moothall.moderation.second_review import Opinion, Question, Reviewed, SecondReview
from moothall.people.model import AccountId
from moothall.people.role import Right
from moothall.store.console_acts import need_right
from moothall.store.raw import row, rows, run, run_many
from moothall.store.sections import own_of, sections_of, within
from moothall.store.tx import Tx

_COMMENTS = (
    "SELECT id, revision FROM comment WHERE id >= ? AND id < ? AND state <> 'withdrawn' ORDER BY id DESC LIMIT ?"
)
_FOUND = (
    "SELECT f.comment_id, f.phase, f.rule FROM finding f JOIN comment c ON c.id = f.comment_id"
    " WHERE f.comment_id >= ? AND f.comment_id < ? AND f.revision = c.revision AND f.weight IN ('hold', 'reject')"
    " ORDER BY f.comment_id, f.position"
)
# What was taken back does not count; the last that stands does.
_DECIDED = (
    "SELECT d.comment_id, d.kind, d.rule FROM decision d LEFT JOIN decision_trace t ON t.decision_id = d.id"
    " WHERE d.comment_id >= ? AND d.comment_id < ? AND d.kind IN ('approve', 'remove') AND d.actor_id IS NOT NULL"
    " AND t.undone_by IS NULL ORDER BY d.id"
)
_FROM = "FROM sampled p JOIN comment c ON c.id = p.comment_id AND c.revision = p.revision"
# Whoever decided on it or wrote it is not a second person; what was taken back is nobody's to read.
_MAY = (
    "WHERE p.at_ms IS NULL AND c.state <> 'withdrawn' AND c.author_id <> ?"
    " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.comment_id = p.comment_id AND d.actor_id = ?)"
)
_NEXT = (
    f"SELECT p.sample_id, c.id, c.body_html, up.body_html, s.headline, s.lang {_FROM}"
    f" JOIN story s ON s.id = c.story_id LEFT JOIN comment up ON up.id = c.parent_id {_MAY}"
    " AND {own} ORDER BY p.sample_id, p.position LIMIT 1"
)


def drawn_of(conn: Connection, wanted: Wish) -> tuple[Drawn, ...]:
    """Drawn outside of any transaction: reading a quarter takes a second."""
    return draw(judged(conn, wanted), size=wanted.size, seed=wanted.seed)


def keep_sample(tx: Tx, wanted: Wish, drawn: Sequence[Drawn]) -> None:
    """As it was drawn.  Raises: Forbidden, Banned."""
    need_right(tx, wanted.actor_id, wanted.at_ms, Right.MANAGE)
    run(
        tx.conn,
        "INSERT INTO review_sample (id, actor_id, since_ms, until_ms, seed, at_ms) VALUES (?, ?, ?, ?, ?, ?)",
        [wanted.id, wanted.actor_id, wanted.since_ms, wanted.until_ms, wanted.seed, wanted.at_ms],
    )
    values = [
        (
            wanted.id, one.judged.id, n, one.judged.revision, one.judged.stratum, one.stands_for,
            msgspec.json.encode(one.judged.phases).decode(), one.judged.first.value,
        )
        for n, one in enumerate(drawn)
    ]  # fmt: skip
    run_many(
        tx.conn,
        "INSERT INTO sampled (sample_id, comment_id, position, revision, stratum, stands_for, phases, first)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )


def judged(conn: Connection, wanted: Wish) -> list[Judged]:
    """What was decided on comments of a span of time, the newest `SAMPLE_LOOKED` of them."""
    span = [id_at(wanted.since_ms), id_at(wanted.until_ms)]
    found = rows(conn, _COMMENTS, [*span, SAMPLE_LOOKED])
    phases: dict[int, list[tuple[str, str]]] = {}
    for number, phase, rule in rows(conn, _FOUND, span):
        if phase not in NO_JUDGEMENT:
            phases.setdefault(number, []).append((phase, rule or ""))
    decided = {number: (kind, rule or "") for number, kind, rule in rows(conn, _DECIDED, span)}
    return [_judged(number, revision, phases.get(number, []), decided.get(number)) for number, revision in found]


def following(conn: Connection, reviewer: AccountId) -> Question | None:
    """The next that this moderator may review."""
    own = sections_of(conn, reviewer)
    found = row(conn, _NEXT.format(own=within(own)), [reviewer, reviewer, *own])
    return Question(found[0], CommentId(found[1]), found[2], found[3] or "", found[4], found[5]) if found else None


def waiting(conn: Connection, reviewer: AccountId) -> int:
    """How many this moderator may review."""
    own = sections_of(conn, reviewer)
    found = row(conn, f"SELECT count(*) {_FROM} {_MAY} AND {within(own)}", [reviewer, reviewer, *own])
    return int(found[0]) if found else 0


def keep_review(tx: Tx, made: SecondReview) -> None:
    """Stored beside the sample; the comment stays as it is.

    Raises: Forbidden, Banned; NotFound, AlreadyDecided, SamePerson for whoever decided first or wrote it.
    """
    need_right(tx, made.reviewer_id, made.at_ms)
    key = [made.sample_id, made.comment_id]
    found = row(tx.conn, "SELECT at_ms FROM sampled WHERE sample_id = ? AND comment_id = ?", key)
    if found is None:
        raise NotFound
    if found[0] is not None:
        raise AlreadyDecided
    mine = f"SELECT 1 {_FROM} {_MAY} AND p.sample_id = ? AND p.comment_id = ?"
    if row(tx.conn, mine, [made.reviewer_id, made.reviewer_id, *key]) is None:
        raise SamePerson
    if not own_of(tx.conn, [made.comment_id], made.reviewer_id):
        raise OtherSection
    run(
        tx.conn,
        "UPDATE sampled SET reviewer_id = ?, opinion = ?, rule = ?, at_ms = ?"
        " WHERE sample_id = ? AND comment_id = ?",
        [made.reviewer_id, made.opinion.value, made.rule, made.at_ms, *key],
    )


def reviewed(conn: Connection, since_ms: int, until_ms: int) -> tuple[Reviewed, ...]:
    """Second reviews of comments that were made in a span of time; `until_ms` is not in it."""
    found = rows(
        conn,
        "SELECT sample_id, stratum, stands_for, phases, first, opinion FROM sampled"
        " WHERE comment_id >= ? AND comment_id < ? AND opinion IS NOT NULL",
        [id_at(since_ms), id_at(until_ms)],
    )
    return tuple(
        Reviewed(one[0], one[1], one[2], msgspec.json.decode(one[3], type=tuple[str, ...]), First(one[4]),
                 Opinion(one[5]))
        for one in found
    )  # fmt: skip


def _judged(number: int, revision: int, found: list[tuple[str, str]], decided: tuple[str, str] | None) -> Judged:
    phases = tuple(dict.fromkeys(phase for phase, _ in found))
    if decided is None:
        return Judged(CommentId(number), revision, phases, First.NOBODY, next((r for _, r in found if r), ""))
    kind, rule = decided
    first = First.REMOVED if kind == "remove" else First.KEPT
    return Judged(CommentId(number), revision, phases, first, rule or next((r for _, r in found if r), ""))
