"""WordPress: the WXR file of "Tools, Export", 1.0 to 1.2.

Source: wp-admin/includes/export.php of WordPress 6, and exports of 2010 to 2024.  Comments stand inside
their story; a reply may stand before what it answers; local or GMT times may be missing or all zeros.
"""

from collections.abc import Iterator
from urllib.parse import unquote

from moothall.discussion.model import State
from moothall.exchange.fields import is_future, one_line, time_ms
from moothall.exchange.links import host_of
from moothall.exchange.reasons import Refusal, Skip
from moothall.exchange.record import (
    AuthorRecord,
    CommentRecord,
    Kind,
    Markup,
    RefusedRow,
    Row,
    SkippedRow,
    StoryRecord,
)
from moothall.exchange.source import Source
from moothall.exchange.xml_rows import XmlRow, XmlRows
from moothall.kernel.limits import KEYWORD_GRAPHEMES

_ITEM = "rss/channel/item"
# A paper has hundreds; only a hostile file has more, and they are kept in memory.
_AUTHORS_MAX = 50_000
_COMMENT, _CATEGORY = f"{_ITEM}/wp:comment", f"{_ITEM}/category"
_SITE, _AUTHOR = "rss/channel/link", "rss/channel/wp:author"
_PREFIXES = {
    "http://wordpress.org/export/": "wp:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://wordpress.org/excerpt/": "excerpt:",
}
_STATES = {
    "1": State.LIVE,
    "approve": State.LIVE,
    "approved": State.LIVE,
    "0": State.HELD,
    "hold": State.HELD,
    "spam": State.REJECTED,
    "trash": State.REMOVED,
    "post-trashed": State.REMOVED,
}
_NOTICES = frozenset({"pingback", "trackback"})
_PUBLIC = frozenset({"", "publish", "inherit"})
# Wanted for themselves; pages, pictures and menus only come with what was said beneath them.
_STORIES = frozenset({"", "post"})
# What WordPress calls a story that nobody gave a category.
_NO_CATEGORY = "uncategorized"


class WordPress:
    """Reads one export."""

    name = "wordpress"

    def __init__(self, *, now_ms: int) -> None:
        self.site = ""
        """The host it came from, known once rows have been read."""
        self._now_ms = now_ms
        self._item = 1
        self._terms: dict[str, list[str]] = {}
        self._names: dict[str, str] = {}
        """Of the newsroom's own authors, by what they sign in with."""

    def rows(self, source: Source) -> Iterator[Row]:
        """Raises: ImportRefused."""
        paths = frozenset({_ITEM, _COMMENT, _CATEGORY, _SITE, _AUTHOR})
        for row in XmlRows(root="rss", row_paths=paths, prefixes=_PREFIXES).read(source):
            if row.path == _COMMENT:
                yield self._comment(row)
            elif row.path == _CATEGORY:
                self._keep_term(row)
            elif row.path == _AUTHOR:
                self._keep_name(row)
            elif row.path == _SITE:
                self.site = self.site or host_of(row.text(""))
            else:
                self.site = self.site or host_of(row.text("link"))
                yield self._story(row)
                self._item += 1
                self._terms = {}

    def _keep_term(self, row: XmlRow) -> None:
        if row.text("@nicename") != _NO_CATEGORY:
            self._terms.setdefault(row.text("@domain"), []).append(one_line(row.text(""), KEYWORD_GRAPHEMES))

    def _keep_name(self, row: XmlRow) -> None:
        if len(self._names) < _AUTHORS_MAX:
            self._names[row.text("wp:author_login")] = one_line(row.text("wp:author_display_name"))

    def _key(self) -> str:
        """Comments end before their story does, so they know it by its place."""
        return f"item {self._item}"

    def _story(self, row: XmlRow) -> Row:
        external_id = row.text("wp:post_id") or row.text("link")
        if row.text("wp:status") not in _PUBLIC or row.text("wp:post_password"):
            return SkippedRow(row.place, Kind.STORY, external_id, Skip.STORY_HIDDEN, key=self._key())
        categories, tags = (self._terms.get(domain, []) for domain in ("category", "post_tag"))
        creator = row.text("dc:creator")
        return StoryRecord(
            place=row.place,
            key=self._key(),
            external_id=external_id,
            link=row.text("link"),
            headline=one_line(row.text("title")),
            section=next(iter(categories), ""),
            byline=one_line(self._names.get(creator) or creator),
            keywords=tuple(dict.fromkeys([*tags, *categories])),
            created_at_ms=time_ms(row.text("wp:post_date_gmt")) or time_ms(row.text("wp:post_date")) or 0,
            closed=row.text("wp:comment_status") == "closed",
            slug=unquote(row.text("wp:post_name")),
            standfirst=row.text("excerpt:encoded"),
            body=row.text("content:encoded"),
            stands_alone=row.text("wp:post_type") in _STORIES,
            updated_at_ms=time_ms(row.text("wp:post_modified_gmt")) or 0,
        )

    def _comment(self, row: XmlRow) -> Row:
        external_id, kind = row.text("wp:comment_id"), row.text("wp:comment_type")
        at_ms = time_ms(row.text("wp:comment_date_gmt")) or time_ms(row.text("wp:comment_date"))
        state = _STATES.get(row.text("wp:comment_approved") or "1")
        if kind not in {"", "comment"}:
            skip = Skip.PINGBACK if kind in _NOTICES else Skip.NOT_A_COMMENT
            return SkippedRow(row.place, Kind.COMMENT, external_id, skip)
        reason = self._fault(external_id, at_ms, state)
        if reason is not None or at_ms is None or state is None:
            return RefusedRow(row.place, Kind.COMMENT, external_id, reason or Refusal.BAD_VALUE)
        parent = row.text("wp:comment_parent")
        return CommentRecord(
            place=row.place,
            external_id=external_id,
            story_key=self._key(),
            parent_id="" if parent == "0" else parent,
            author=_author(row),
            state=state,
            body=row.fields.get("wp:comment_content", ""),
            markup=Markup.HTML_LINES,
            created_at_ms=at_ms,
        )

    def _fault(self, external_id: str, at_ms: int | None, state: State | None) -> Refusal | None:
        if not external_id:
            return Refusal.NO_ID
        if at_ms is None:
            return Refusal.BAD_DATE
        if state is None:
            return Refusal.BAD_VALUE
        return Refusal.FUTURE_DATE if is_future(at_ms, self._now_ms) else None


def _author(row: XmlRow) -> AuthorRecord:
    user = row.text("wp:comment_user_id")
    return AuthorRecord(
        subject=f"user:{user}" if user.isdigit() and user != "0" else "",
        name=row.text("wp:comment_author"),
        email=row.text("wp:comment_author_email"),
    )
