"""Post a comment: read, judge, write, return."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from moothall.discussion import rules
from moothall.discussion.body import render
from moothall.discussion.model import NO_PARENT, Comment, CommentId, Draft
from moothall.discussion.nudge import NudgeStore, ask_first, hash_of
from moothall.discussion.port import CommentStore, NewComment, PostContext
from moothall.discussion.verdict import Context, Judge
from moothall.kernel.clock import Clock
from moothall.kernel.errors import InvalidField, KeyReused
from moothall.kernel.limits import IDEMPOTENCY_KEY_CHARS


def _nothing(_: Comment) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the use cases of this room need from outside."""

    store: CommentStore
    clock: Clock
    new_id: Callable[[], int]
    judge: Judge
    wrote: Callable[[Comment], None] = _nothing
    """Told of each comment that was written: what is judged next may be compared with it."""
    nudges: NudgeStore | None = None


async def post_comment(parts: Parts, draft: Draft) -> Comment:
    """The comment as stored, live or held; the first one again when the key was already used.

    Raises: any error of `rules`, KeyReused, NudgeFirst, Unavailable.
    """
    draft = msgspec.structs.replace(draft, body=rules.check_body(draft.body), key=_checked_key(draft.key))
    seen = await parts.store.post_context(draft)
    if seen.earlier is not None:
        return _same(seen.earlier, draft)
    now_ms = parts.clock()
    _check(seen, draft, now_ms)
    comment_id = CommentId(parts.new_id())
    verdict = await parts.judge(
        msgspec.structs.replace(
            to_judge(seen, draft.body, now_ms), comment_id=comment_id, parent_id=draft.parent_id
        )
    )
    if parts.nudges and verdict.nudge:
        await ask_first(parts.nudges, draft, verdict.nudge, parts.new_id)
    parent_id, root_id, depth = rules.place(seen.parent)
    new = NewComment(
        id=comment_id,
        draft=draft,
        parent_id=parent_id,
        root_id=root_id or comment_id,
        depth=depth,
        body_html=render(draft.body),
        state=verdict.state,
        findings=verdict.findings,
        at_ms=now_ms,
    )
    written = _same(await parts.store.add(new), draft)
    parts.wrote(written)
    if parts.nudges and draft.nudge is not None:
        await parts.nudges.choose(draft.nudge, hash_of(draft.body), now_ms)
    return written


def to_judge(seen: PostContext, body: str, now_ms: int, *, is_edit: bool = False) -> Context:
    """What the judge may look at."""
    return Context(
        story=seen.story,
        author=seen.author,
        body=body,
        now_ms=now_ms,
        recent_bodies=seen.recent_bodies,
        recent_times_ms=seen.recent_times_ms,
        live_count=seen.live_count,
        rejected_count=seen.rejected_count,
        is_edit=is_edit,
    )


def _check(seen: PostContext, draft: Draft, now_ms: int) -> None:
    rules.check_author(seen.author, now_ms)
    rules.check_story(seen.story, seen.author, now_ms)
    if draft.parent_id != NO_PARENT:
        rules.check_parent(seen.parent, seen.story)


def _checked_key(key: str) -> str:
    if not 1 <= len(key) <= IDEMPOTENCY_KEY_CHARS or not key.isascii() or not key.isprintable():
        raise InvalidField(name="Idempotency-Key")
    return key


def _same(stored: Comment, draft: Draft) -> Comment:
    """A key stands for one text in one place: the same key with another is a client's mistake."""
    if stored.story_id != draft.story_id:
        raise KeyReused
    if not hmac.compare_digest(stored.body.encode(), draft.body.encode()) and stored.revision == 0:
        raise KeyReused
    return stored
