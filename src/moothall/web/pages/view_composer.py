"""Forms to write in: a comment, a reply, a change of one's own comment."""

from urllib.parse import quote

import msgspec

from moothall.discussion.model import Comment
from moothall.kernel.ids import to_text
from moothall.kernel.limits import COMMENT_BODY_GRAPHEMES
from moothall.story.model import Story
from moothall.web.i18n import number
from moothall.web.pages.view import Frame, story_href


class Written(msgspec.Struct, frozen=True):
    """What somebody already typed: kept through an error or a sign-in.

    `key` is the idempotency key that the form carries; `error` is shown at the field; `nudge` was shown there.
    """

    body: str = ""
    error: str = ""
    key: str = ""
    nudge: str = ""


class ComposerView(msgspec.Struct, frozen=True, kw_only=True):
    """A form to write in.  `id` names the form, so that links can lead to it."""

    id: str
    action: str
    label: str
    submit: str
    help: str
    kind: str = "comment"
    body: str = ""
    parent: str = ""
    key: str = ""
    nudge: str = ""
    error: str = ""
    cancel: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    """Ways to sign in, as (name, address), for who is signed out."""
    portrait: str = ""
    """The writer's own avatar, there before it is drawn with the new comment: that costs no second drawing then."""


def story_composer(frame: Frame, story: Story, written: Written) -> ComposerView | None:
    """The form above the list; None when this reader may not write here now."""
    if not may_write(frame, story):
        return None
    words = frame.words
    return ComposerView(
        id="compose",
        action=f"{frame.base}/discussion/{to_text(story.id)}/comments",
        label=words.t("Join the discussion"),
        submit=_submit(frame, words.t("Post comment")),
        help=_help(frame),
        body=written.body,
        key=written.key,
        nudge=written.nudge,
        error=written.error,
        ways=signin_ways(frame, f"{story_href(story)}#discussion"),
        portrait=f"{frame.base}/avatars/{to_text(frame.viewer.id)}.png" if frame.viewer.id else "",
    )


def reply_composer(frame: Frame, story: Story, parent: Comment, written: Written) -> ComposerView | None:
    """The form beneath the comment that is answered."""
    if not may_write(frame, story):
        return None
    words, at, name = frame.words, to_text(parent.id), parent.author.display_name
    return ComposerView(
        id="reply",
        action=f"{frame.base}/discussion/{to_text(story.id)}/comments",
        # A comment that is gone has no name to be told; the text that was kept for it is still shown.
        label=words.t("Your reply to {name}", name=name) if name else words.t("Your comment"),
        submit=_submit(frame, words.t("Post reply")),
        help=_help(frame),
        body=written.body,
        parent=at,
        key=written.key,
        nudge=written.nudge,
        error=written.error,
        cancel=f"{frame.base}/c/{at}",
        ways=signin_ways(frame, f"/c/{at}?reply=1#reply"),
    )


def edit_composer(frame: Frame, comment: Comment, written: Written) -> ComposerView:
    """The form to change one's own comment."""
    words, at = frame.words, to_text(comment.id)
    return ComposerView(
        id="edit",
        kind="edit",
        action=f"{frame.base}/c/{at}/edit",
        label=words.t("Your comment"),
        submit=words.t("Save"),
        help=_help(frame),
        body=written.body or comment.body,
        key=written.key,
        error=written.error,
        cancel=f"{frame.base}/c/{at}",
    )


def may_write(frame: Frame, story: Story) -> bool:
    """Signed-out readers see the form too: it keeps what they type and leads to sign-in."""
    account = frame.viewer.account
    return story.open_at(frame.now_ms) and not (account and account.banned_at(frame.now_ms))


def signin_ways(frame: Frame, back: str) -> tuple[tuple[str, str], ...]:
    """The newsroom's providers, then e-mail; each leads back to where one was."""
    if frame.viewer.account:
        return ()
    query = f"?next={quote(back, safe='/')}"
    ways = [(provider.name, f"{frame.base}{provider.href}{query}") for provider in frame.site.providers]
    return (*ways, (frame.words.t("E-mail"), f"{frame.base}/signin{query}"))


def _submit(frame: Frame, text: str) -> str:
    return text if frame.viewer.account else frame.words.t("Sign in to post")


def _help(frame: Frame) -> str:
    said = frame.words.t(
        "Up to {limit} characters. **bold**, *italic*, > quote, - list and links work.",
        limit=number(frame.words.lang, COMMENT_BODY_GRAPHEMES),
    )
    # A mark stays on the line of what it marks.
    return said.replace("> ", ">\u00a0").replace("- ", "-\u00a0")
