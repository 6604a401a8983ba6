"""Edit a comment within its window: judged again, the earlier text kept."""

from msgspec.structs import replace

from moothall.discussion import rules
from moothall.discussion.body import render
from moothall.discussion.model import Comment, CommentId, State
from moothall.discussion.port import Edit
from moothall.discussion.post_comment import Parts, to_judge
from moothall.people.model import AccountId


async def edit_comment(parts: Parts, comment_id: CommentId, author_id: AccountId, text: str) -> Comment:
    """The comment with its new text; unchanged when the text is the same.

    Raises: BodyEmpty, BodyTooLong, NotYours, Banned, EditWindowClosed, DiscussionClosed, Conflict.
    """
    body = rules.check_body(text)
    comment, seen = await parts.store.edit_context(comment_id, author_id)
    now_ms = parts.clock()
    rules.check_edit(comment, seen.author, now_ms)
    rules.check_story(seen.story, seen.author, now_ms)
    if comment.body == body:
        return comment
    context = to_judge(seen, body, now_ms, is_edit=True)
    verdict = await parts.judge(replace(context, comment_id=comment.id, parent_id=comment.parent_id))
    # An edit never frees a comment that waits for a moderator.
    state = State.HELD if comment.state is State.HELD and verdict.state is State.LIVE else verdict.state
    return await parts.store.edit(
        Edit(
            comment_id=comment_id,
            author_id=author_id,
            was_revision=comment.revision,
            body=body,
            body_html=render(body),
            state=state,
            findings=verdict.findings,
            at_ms=now_ms,
        )
    )
