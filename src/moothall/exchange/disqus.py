"""Disqus: the XML that its "Export comments" page sends.

Source: the schema at disqus.com/api/schemas/1.0, and public exports of 2011 to 2024.  Newer ones have no
mail addresses; older ones name a post's thread and parent as text instead of an attribute.
"""

import re
from collections.abc import Iterator

from moothall.discussion.model import State
from moothall.exchange.fields import flag, is_future, one_line, time_ms
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

_THREAD, _POST, _CATEGORY = "disqus/thread", "disqus/post", "disqus/category"
_PREFIXES = {"http://disqus.com": ""}
_MENTION = re.compile(r"@(\w{1,60}):disqus\b")


class Disqus:
    """Reads one export."""

    name = "disqus"

    def __init__(self, *, now_ms: int) -> None:
        self.site = ""
        """The forum's short name, known once rows have been read."""
        self._now_ms = now_ms

    def rows(self, source: Source) -> Iterator[Row]:
        """Raises: ImportRefused."""
        reader = XmlRows(root="disqus", row_paths=frozenset({_THREAD, _POST, _CATEGORY}), prefixes=_PREFIXES)
        for row in reader.read(source):
            if row.path == _POST:
                yield self._comment(row)
            elif row.path == _THREAD:
                self.site = self.site or row.text("forum") or host_of(row.text("link"))
                yield self._story(row)
            else:
                self.site = self.site or row.text("forum")

    def _story(self, row: XmlRow) -> Row:
        key = row.text("@id")
        closed, deleted = flag(row.text("isClosed")), flag(row.text("isDeleted"))
        if not key:
            return RefusedRow(row.place, Kind.STORY, "", Refusal.NO_ID)
        if closed is None or deleted is None:
            return RefusedRow(row.place, Kind.STORY, key, Refusal.BAD_VALUE, key=key)
        if deleted:
            return SkippedRow(row.place, Kind.STORY, key, Skip.STORY_DELETED, key=key)
        return StoryRecord(
            place=row.place,
            key=key,
            external_id=key,
            link=row.text("link"),
            headline=one_line(row.text("title")),
            created_at_ms=time_ms(row.text("createdAt")) or 0,
            closed=closed,
        )

    def _comment(self, row: XmlRow) -> Row:
        external_id, at_ms = row.text("@id"), time_ms(row.text("createdAt"))
        deleted, spam = flag(row.text("isDeleted")), flag(row.text("isSpam"))
        reason = self._fault(external_id, at_ms)
        if reason is not None or at_ms is None:
            return RefusedRow(row.place, Kind.COMMENT, external_id, reason or Refusal.BAD_DATE)
        if deleted is None or spam is None:
            return RefusedRow(row.place, Kind.COMMENT, external_id, Refusal.BAD_VALUE)
        return CommentRecord(
            place=row.place,
            external_id=external_id,
            story_key=row.text("thread@id") or row.text("thread"),
            parent_id=row.text("parent@id") or row.text("parent"),
            author=_author(row),
            state=State.REJECTED if spam else State.REMOVED if deleted else State.LIVE,
            body=_MENTION.sub(r"@\1", row.fields.get("message", "")),
            markup=Markup.HTML,
            created_at_ms=at_ms,
        )

    def _fault(self, external_id: str, at_ms: int | None) -> Refusal | None:
        if not external_id:
            return Refusal.NO_ID
        if at_ms is None:
            return Refusal.BAD_DATE
        return Refusal.FUTURE_DATE if is_future(at_ms, self._now_ms) else None


def _author(row: XmlRow) -> AuthorRecord:
    username = row.text("author/username")
    is_guest = flag(row.text("author/isAnonymous")) is True
    return AuthorRecord(
        subject="" if is_guest else username,
        name=row.text("author/name") or username,
        email=row.text("author/email"),
    )
