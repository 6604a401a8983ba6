"""A story's discussion: on the story page, in an embed, and piece by piece as fragments."""

from collections.abc import Iterable

import msgspec

from moothall.discussion.model import Comment, CommentId, Page, Sort
from moothall.kernel.ids import to_text
from moothall.people.role import Right
from moothall.story.model import Discussion, Moderation, Story
from moothall.web.i18n import Translator, number
from moothall.web.pages.strings import core_strings, writer_strings
from moothall.web.pages.view import Frame, story_href
from moothall.web.pages.view_composer import ComposerView, Written, story_composer
from moothall.web.pages.view_nodes import NodeView, comment_view, node_views, replies_links
from moothall.web.render import Context


class OrderView(msgspec.Struct, frozen=True):
    """One entry of the order's navigation."""

    name: str
    href: str
    to: str
    current: bool


class TermsView(msgspec.Struct, frozen=True):
    """What a moderator may change right here; each form says both, so that neither is guessed.

    `now` is what the discussion is (closed also when its time is over), `other` what it would become.
    """

    action: str
    back: str
    now: str
    other: str
    moderation: str
    other_moderation: str


class DiscussionView(msgspec.Struct, frozen=True, kw_only=True):
    """Everything inside `<moot-hall>`."""

    story: str
    sort: str
    seq: int
    newest: str
    seen: str
    viewer: str
    me: str
    keys: bool
    count: str
    notices: tuple[str, ...]
    terms: TermsView | None
    composer: ComposerView | None
    orders: tuple[OrderView, ...]
    nodes: tuple[NodeView, ...]
    next_href: str
    next_to: str
    strings: str
    writer_strings: str


def discussion(
    frame: Frame, story: Story, page: Page, *, sort: Sort, seq: int, written: Written | None = None, seen: int = 0
) -> DiscussionView | None:
    """None when the story has no discussion.

    Args:
        seq: the last event that this page already shows.
        written: what was typed and could not be posted yet.
        seen: the newest comment of the reader's last visit; 0 for a first one.
    """
    if story.discussion is Discussion.OFF:
        return None
    words = frame.words
    return DiscussionView(
        story=to_text(story.id),
        sort=sort.value,
        seq=seq,
        newest=to_text(story.newest_comment) if story.newest_comment else "",
        seen=to_text(seen) if seen else "",
        viewer="signed-in" if frame.viewer.account else "signed-out",
        me=to_text(frame.viewer.id) if frame.viewer.id else "",
        keys=frame.viewer.account is not None and frame.viewer.account.single_keys,
        count=number(words.lang, story.comment_count),
        notices=_notices(frame, story),
        terms=_terms(frame, story),
        composer=story_composer(frame, story, written or Written()),
        orders=_orders(frame, story, sort),
        nodes=node_views(frame, page.nodes, sort),
        next_href=_page_href(frame, story, sort, page.next_cursor),
        next_to=_page_to(frame, story, sort, page.next_cursor),
        strings=core_strings(words),
        writer_strings=writer_strings(words),
    )


def embedded(frame: Frame, talk: DiscussionView) -> Context:
    """The discussion alone, for a host page; `frame.base` must be our own address."""
    return {**_bare(frame), "talk": talk}


def page_fragment(frame: Frame, story: Story, page: Page, *, sort: Sort) -> Context:
    """One page of a listing and the link to the next."""
    return {
        **_bare(frame),
        "nodes": node_views(frame, page.nodes, sort),
        "next_href": _page_href(frame, story, sort, page.next_cursor),
        "next_to": _page_to(frame, story, sort, page.next_cursor),
        "fold_href": "",
        "fold_to": "",
    }


def replies_fragment(frame: Frame, parent: CommentId, page: Page, *, sort: Sort = Sort.OLDEST) -> Context:
    """Further replies of a comment and the link to more."""
    links = ("", "")
    if page.next_cursor:
        links = replies_links(frame, to_text(parent), page.next_cursor, sort)
    return {
        **_bare(frame),
        "nodes": node_views(frame, page.nodes, sort),
        "next_href": "",
        "next_to": "",
        "fold_href": links[0],
        "fold_to": links[1],
    }


def comments_fragment(frame: Frame, comments: Iterable[Comment]) -> Context:
    """Comments without replies: one node, or those live since a moment."""
    nodes = tuple(comment_view(frame, comment) for comment in comments)
    return {
        **_bare(frame),
        "nodes": nodes,
        "next_href": "",
        "next_to": "",
        "fold_href": "",
        "fold_to": "",
    }


def _bare(frame: Frame) -> dict[str, object]:
    """What a piece without the base layout needs."""
    return {
        "lang": frame.words.lang,
        "asked": frame.asked,
        "dir": frame.words.dir,
        "csrf": frame.csrf,
        "base": frame.base,
        "signed_in": frame.viewer.account is not None,
        "staff": frame.staff,
    }


def _notices(frame: Frame, story: Story) -> tuple[str, ...]:
    """What a writer must know before writing."""
    t = frame.words.t
    if not story.open_at(frame.now_ms):
        return (t("This discussion is closed. Comments can still be read."),)
    notices: list[str] = []
    if story.closes_at_ms is not None:
        notices.append(t("Open until {time}.", time=frame.times.long(story.closes_at_ms)))
    if story.moderation is Moderation.PRE:
        notices.append(t("Comments appear after a moderator has read them."))
    return tuple(notices)


def _terms(frame: Frame, story: Story) -> TermsView | None:
    """For staff on our own pages: on a host page their rights do not count."""
    if frame.base or not frame.may(Right.CLOSE_DISCUSSION):
        return None
    in_time = story.closes_at_ms is None or frame.now_ms < story.closes_at_ms
    is_open = story.discussion is Discussion.OPEN and in_time
    is_pre = story.moderation is Moderation.PRE
    both, ways = (Discussion.OPEN, Discussion.CLOSED), (Moderation.PRE, Moderation.POST)
    # The bare short link of a story that lives elsewhere leads there.
    query = "?sort=newest" if story.external else ""
    return TermsView(
        action=f"/stories/{to_text(story.id)}/discussion",
        back=f"{_here(frame, story)}{query}#discussion",
        now=both[not is_open].value,
        other=both[is_open].value,
        moderation=ways[not is_pre].value,
        other_moderation=ways[is_pre].value,
    )


def _here(frame: Frame, story: Story) -> str:
    """Where our own server shows this discussion."""
    return f"{frame.base}/s/{story.code}" if story.external else f"{frame.base}{story_href(story)}"


def _page_href(frame: Frame, story: Story, sort: Sort, cursor: str | None) -> str:
    return f"{_here(frame, story)}?sort={sort.value}&cursor={cursor}#discussion" if cursor else ""


def _page_to(frame: Frame, story: Story, sort: Sort, cursor: str | None) -> str:
    return f"{_list_to(frame, story, sort)}&cursor={cursor}" if cursor else ""


def _list_to(frame: Frame, story: Story, sort: Sort) -> str:
    return f"{frame.base}/fragments/stories/{to_text(story.id)}/comments?sort={sort.value}"


def _orders(frame: Frame, story: Story, current: Sort) -> tuple[OrderView, ...]:
    here = _here(frame, story)
    return tuple(
        OrderView(
            name=name,
            href=f"{here}?sort={sort.value}#discussion",
            to=_list_to(frame, story, sort),
            current=sort is current,
        )
        for sort, name in order_names(frame.words)
    )


def order_names(words: Translator) -> tuple[tuple[Sort, str], ...]:
    """The four orders as readers know them."""
    return (
        (Sort.NEWEST, words.t("Newest")),
        (Sort.OLDEST, words.t("Oldest")),
        (Sort.REPLIES, words.t("Most replies")),
        (Sort.RESPECTED, words.t("Most respected")),
    )
