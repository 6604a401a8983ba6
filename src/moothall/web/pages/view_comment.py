"""One comment with its ancestors and replies: `/c/ID`."""

from collections.abc import Sequence

import msgspec

from moothall.discussion.model import Comment, Page, Sort
from moothall.kernel.ids import to_text
from moothall.story.model import Story
from moothall.web.pages.strings import core_strings, writer_strings
from moothall.web.pages.view import Frame, Head, in_script, page, story_href
from moothall.web.pages.view_composer import Written, reply_composer
from moothall.web.pages.view_nodes import comment_view, node_views, replies_links
from moothall.web.render import Context


class Thread(msgspec.Struct, frozen=True):
    """A comment where it stands: ancestors from the top level down, the comment, its replies."""

    ancestors: Sequence[Comment]
    comment: Comment
    replies: Page
    sort: Sort = Sort.OLDEST


def comment_page(
    frame: Frame,
    story: Story,
    thread: Thread,
    *,
    reply: bool = False,
    written: Written | None = None,
    jsonld: str = "",
) -> Context:
    """Args:
    reply: show the form beneath the comment.
    jsonld: `DiscussionForumPosting` data, as JSON.
    """
    comment = thread.comment
    return page(
        frame,
        _head(frame, story, comment, jsonld),
        section=story.section.slug,
        talk=None,
        story_name=story.headline,
        story_lang=story.lang,
        story_href=story_href(story),
        story_id=to_text(story.id),
        at=to_text(comment.id),
        viewer="signed-in" if frame.viewer.account else "signed-out",
        me=to_text(frame.viewer.id) if frame.viewer.id else "",
        nodes=_nested(frame, thread),
        composer=reply_composer(frame, story, comment, written or Written()) if reply else None,
        strings=core_strings(frame.words),
        writer_strings=writer_strings(frame.words),
    )


def _nested(frame: Frame, thread: Thread) -> tuple[object, ...]:
    """The ancestors nested into each other, the comment innermost with its replies."""
    innermost = comment_view(frame, thread.comment)
    innermost.here, innermost.plain = True, False
    innermost.replies = node_views(frame, thread.replies.nodes, thread.sort)
    if thread.replies.next_cursor:
        innermost.more = frame.words.t("Show more replies")
        links = replies_links(frame, innermost.id, thread.replies.next_cursor, thread.sort)
        innermost.more_href, innermost.more_to = links
    for ancestor in reversed(thread.ancestors):
        outer = comment_view(frame, ancestor)
        outer.replies = (innermost,)
        innermost = outer
    return (innermost,)


def _head(frame: Frame, story: Story, comment: Comment, jsonld: str) -> Head:
    here = f"{frame.site.url}/c/{to_text(comment.id)}"
    title = frame.words.t("Comment on “{headline}”", headline=story.headline)
    return Head(
        title=f"{title} – {frame.site.name}",
        canonical=here,
        jsonld=in_script(jsonld),
        og=(("og:type", "website"), ("og:title", title), ("og:url", here)),
        styles=("moothall.css",),
        script=True,
    )
