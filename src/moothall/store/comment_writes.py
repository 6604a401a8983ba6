"""Hop 5: one short transaction that rechecks what can race and writes everything together."""

from moothall.discussion import rules
from moothall.discussion.model import NO_PARENT, Author, Comment, CommentId, ReactionKind, Report, State
from moothall.discussion.port import Edit, NewComment
from moothall.discussion.ranking import wilson
from moothall.discussion.verdict import Finding
from moothall.kernel.errors import Conflict, NotFound, ParentGone
from moothall.kernel.event import EventKind
from moothall.kernel.ids import made_at_ms
from moothall.people.model import Account, AccountId, Role
from moothall.store import comment_rows, sanctions
from moothall.store.comment_context import author, story_terms, terms_and_author
from moothall.store.comment_state import count_reply, set_state, tell, tell_live, was_seen
from moothall.store.raw import row, run
from moothall.store.restrictions import automatic
from moothall.store.tx import Tx
from moothall.story.model import StoryId

_INSERT = """
INSERT INTO comment (id, story_id, parent_id, root_id, depth, author_id, state, shown, body, body_html, key)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (author_id, key) WHERE key IS NOT NULL DO NOTHING
"""


def get(tx: Tx, comment_id: CommentId) -> Comment:
    """Raises: NotFound."""
    found = row(
        tx.conn,
        f"SELECT {comment_rows.COLUMNS} {comment_rows.FROM} WHERE c.id = ?",
        [comment_id],
    )
    if found is None:
        raise NotFound
    return comment_rows.comment(found)


def add(tx: Tx, new: NewComment) -> Comment:
    """Insert, count and tell; the first comment when the key was used meanwhile.

    Raises: NotFound, DiscussionClosed, ParentGone, Banned; TooMany for an author who was slowed.
    """
    writer = _recheck(tx, new)
    new = sanctions.applied_to_new(tx, new)
    is_live = new.state is State.LIVE
    draft = new.draft
    values = [
        new.id, draft.story_id, new.parent_id, new.root_id, new.depth, draft.author_id, new.state.value,
        int(is_live), draft.body, new.body_html, draft.key,
    ]  # fmt: skip
    if run(tx.conn, _INSERT, values) == 0:
        return _first(tx, new)
    keep_findings(tx, new.id, 0, new.findings)
    if is_live:
        if new.parent_id != NO_PARENT:
            count_reply(tx, new.parent_id, 1)
        tell_live(tx, draft.story_id, new.id, new.parent_id, new.at_ms)
    made = _fresh(new, writer)
    automatic(tx, made, new.findings, before=None, at_ms=new.at_ms)
    return made


def edit(tx: Tx, change: Edit) -> Comment:
    """Keep the old text as a revision, write the new one.

    Raises: NotFound, Conflict, DiscussionClosed, Banned.
    """
    before = get(tx, change.comment_id)
    _may_still_write(tx, before.story_id, change.author_id, change.at_ms)
    change = sanctions.applied_to_edit(tx, change)
    if before.state not in {State.LIVE, State.HELD}:
        raise NotFound
    # A moderator who took it down while the new text was judged is not overruled by it.
    if before.revision != change.was_revision or (before.state is State.HELD and change.state is State.LIVE):
        raise Conflict
    after = change.state
    if after is State.REJECTED and was_seen(tx, before):
        after = State.REMOVED  # refused is only what nobody saw; this keeps its place above its replies
    run(
        tx.conn,
        "INSERT INTO comment_revision (comment_id, revision, body, body_html, at_ms) VALUES (?, ?, ?, ?, ?)",
        [
            before.id,
            before.revision,
            before.body,
            before.body_html,
            before.edited_at_ms or before.created_at_ms,
        ],
    )
    run(
        tx.conn,
        "UPDATE comment SET body = ?, body_html = ?, edited_at_ms = ?, revision = revision + 1, featured = 0"
        " WHERE id = ?",
        [change.body, change.body_html, change.at_ms, before.id],
    )
    keep_findings(tx, before.id, before.revision + 1, change.findings)
    if after is before.state is State.LIVE:
        tell(tx, EventKind.EDITED, story_id=before.story_id, comment_id=before.id, at_ms=change.at_ms)
    else:
        set_state(tx, before.id, after, at_ms=change.at_ms)
    made = get(tx, before.id)
    automatic(tx, made, change.findings, before=before.state, at_ms=change.at_ms)
    return made


def withdraw(tx: Tx, comment_id: CommentId, author_id: AccountId, at_ms: int) -> Comment:
    """Raises: NotFound when it is not this author's, or a moderator took it down meanwhile; Banned."""
    before = get(tx, comment_id)
    rules.check_author(author(tx.conn, author_id), at_ms)
    if before.author.id != author_id or before.state in {State.REJECTED, State.REMOVED}:
        raise NotFound
    set_state(tx, comment_id, State.WITHDRAWN, at_ms=at_ms)
    return get(tx, comment_id)


def react(tx: Tx, comment_id: CommentId, account_id: AccountId, kind: ReactionKind | None, at_ms: int) -> Comment:
    """Set, change or take back; counts, score and the event follow only a real change.

    Raises: NotFound, OwnComment, Banned.
    """
    before = get(tx, comment_id)
    reader = author(tx.conn, account_id)
    rules.check_react(before, reader, at_ms)
    rules.check_discussed(story_terms(tx.conn, before.story_id), reader.role, at_ms)
    had = row(
        tx.conn, "SELECT kind FROM reaction WHERE comment_id = ? AND account_id = ?", [comment_id, account_id]
    )
    old = ReactionKind(had[0]) if had else None
    if old is kind:
        return before
    _keep_reaction(tx, comment_id, account_id, kind, at_ms)
    step = {k: (kind is k) - (old is k) for k in ReactionKind}
    respect = before.respect + step[ReactionKind.RESPECT]
    disagree = before.disagree + step[ReactionKind.DISAGREE]
    run(
        tx.conn,
        "UPDATE comment SET respect = ?, disagree = ?, score = ? WHERE id = ?",
        [respect, disagree, wilson(respect, disagree), comment_id],
    )
    tell(
        tx,
        EventKind.REACTIONS,
        story_id=before.story_id,
        comment_id=comment_id,
        at_ms=at_ms,
        a=respect,
        b=disagree,
    )
    return get(tx, comment_id)


def report(tx: Tx, made: Report, reporter: str) -> None:
    """One report a reporter and comment; the newest words stand.  Raises: NotFound."""
    told = get(tx, made.comment_id)
    if told.state is not State.LIVE:
        raise NotFound
    role = author(tx.conn, made.reporter_id).role if made.reporter_id else Role.READER
    rules.check_discussed(story_terms(tx.conn, told.story_id), role, made.at_ms)
    changed = run(
        tx.conn,
        "UPDATE report SET reason = ?, text = ?, at_ms = ? WHERE comment_id = ? AND reporter = ?",
        [made.reason.value, made.text, made.at_ms, made.comment_id, reporter],
    )
    if changed:
        return
    run(
        tx.conn,
        "INSERT INTO report (comment_id, reporter, account_id, reason, text, at_ms) VALUES (?, ?, ?, ?, ?, ?)",
        [made.comment_id, reporter, made.reporter_id, made.reason.value, made.text, made.at_ms],
    )
    run(tx.conn, "UPDATE comment SET report_count = report_count + 1 WHERE id = ?", [made.comment_id])


def visit(tx: Tx, account_id: AccountId, story_id: StoryId, seen: CommentId, at_ms: int) -> None:
    """Remember the newest comment seen; an older one does not turn the mark back."""
    changed = run(
        tx.conn,
        "UPDATE visit SET seen_comment = CASE WHEN seen_comment < ? THEN ? ELSE seen_comment END, at_ms = ?"
        " WHERE account_id = ? AND story_id = ?",
        [seen, seen, at_ms, account_id, story_id],
    )
    if not changed:
        run(
            tx.conn,
            "INSERT INTO visit (account_id, story_id, seen_comment, at_ms) VALUES (?, ?, ?, ?)",
            [account_id, story_id, seen, at_ms],
        )


def keep_findings(tx: Tx, comment_id: int, revision: int, findings: tuple[Finding, ...]) -> None:
    """What the phases noticed in one text of a comment, in their order."""
    for position, found in enumerate(findings):
        run(
            tx.conn,
            "INSERT INTO finding (comment_id, revision, position, phase, rule, weight, detail, starts, ends,"
            " cue, value, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [comment_id, revision, position, found.phase, found.rule, found.weight.value, found.detail,
             found.start, found.end, found.cue, found.value, found.version],
        )  # fmt: skip


def _fresh(new: NewComment, writer: Account) -> Comment:
    """A comment as its row was just written."""
    return Comment(
        id=new.id,
        story_id=new.draft.story_id,
        parent_id=new.parent_id,
        root_id=new.root_id,
        depth=new.depth,
        author=Author(writer.id, writer.display_name, writer.role),
        state=new.state,
        body=new.draft.body,
        body_html=new.body_html,
        created_at_ms=made_at_ms(new.id),
        edited_at_ms=None,
        revision=0,
        respect=0,
        disagree=0,
        score=0,
        reply_count=0,
    )


def _recheck(tx: Tx, new: NewComment) -> Account:
    writer = _may_still_write(tx, new.draft.story_id, new.draft.author_id, new.at_ms)
    if new.draft.parent_id != NO_PARENT:
        parent = row(tx.conn, "SELECT state FROM comment WHERE id = ?", [new.draft.parent_id])
        if parent is None or parent[0] != State.LIVE:
            raise ParentGone
    return writer


def _may_still_write(tx: Tx, story_id: StoryId, author_id: AccountId, at_ms: int) -> Account:
    terms, writer = terms_and_author(tx.conn, story_id, author_id)
    rules.check_author(writer, at_ms)
    rules.check_story(terms, writer, at_ms)
    return writer


def _first(tx: Tx, new: NewComment) -> Comment:
    found = row(
        tx.conn,
        f"SELECT {comment_rows.COLUMNS} {comment_rows.FROM} WHERE c.author_id = ? AND c.key = ?",
        [new.draft.author_id, new.draft.key],
    )
    return comment_rows.comment(found)


def _keep_reaction(tx: Tx, comment_id: int, account_id: int, kind: ReactionKind | None, at_ms: int) -> None:
    run(tx.conn, "DELETE FROM reaction WHERE comment_id = ? AND account_id = ?", [comment_id, account_id])
    if kind is not None:
        run(
            tx.conn,
            "INSERT INTO reaction (comment_id, account_id, kind, at_ms) VALUES (?, ?, ?, ?)",
            [comment_id, account_id, kind.value, at_ms],
        )
