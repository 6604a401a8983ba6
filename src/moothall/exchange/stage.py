"""First pass: every row of the file, checked by itself, its text made ours, laid out in the scratch file."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

import msgspec

from moothall.discussion.model import State
from moothall.exchange.fields import display_name, email, one_line
from moothall.exchange.html_to_markdown import plain_text, story_markdown, to_markdown
from moothall.exchange.links import same_story_key, story_link
from moothall.exchange.reasons import Refusal, Skip
from moothall.exchange.record import (
    AuthorRecord,
    CommentRecord,
    Kind,
    RefusedRow,
    Row,
    SkippedRow,
    StoryRecord,
)
from moothall.exchange.source import Source
from moothall.kernel.limits import (
    BYLINE_GRAPHEMES,
    HEADLINE_GRAPHEMES,
    IMPORT_ID_CHARS,
    STANDFIRST_GRAPHEMES,
    STORY_BODY_CHARS,
)
from moothall.kernel.text import cut, is_visible
from moothall.store.staging import StagedAuthor, StagedComment, StagedStory, Staging

# Four times what a reader may write: old systems allowed more, and nobody's words are cut.
BODY_BYTES_MAX = 64_000
_RAW_CHARS_MAX = 4 * BODY_BYTES_MAX
# What cleaning takes off, old editors had put on.
_RAW_STORY_CHARS_MAX = 4 * STORY_BODY_CHARS
_NEEDS_WORDS = frozenset({State.LIVE, State.HELD})
_REPORT_EVERY = 500

Progress = Callable[[str, int, int], None]
"""Told (phase, done, total)."""


class Reader(Protocol):
    """One file of a foreign format, read once."""

    name: str
    site: str

    def rows(self, source: Source) -> Iterator[Row]:
        """Raises: ImportRefused, at the first byte that shows the file to be no such export."""
        ...


class Choices(NamedTuple):
    """What the person who imports decides."""

    hosts: Mapping[str, str] = {}
    """Old host to new host, for stories that have moved."""
    without_spam: bool = False
    section: str = "Archive"
    lang: str = "en"
    stories_here: bool = False
    """Whether stories that have a text become pages of this site."""


class RowCounts(NamedTuple):
    """How many rows the file has."""

    stories: int
    comments: int


def stage(reader: Reader, source: Source, staging: Staging, choices: Choices, progress: Progress) -> RowCounts:
    """Read the whole file.  Raises: ImportRefused."""
    stories = comments = 0
    for row in map(_with_short_ids, reader.rows(source)):
        if _is_story(row):
            stories += 1
            staging.add_story(_story(row, choices))
        else:
            comments += 1
            staging.add_comment(*_comment(row, choices))
        if (stories + comments) % _REPORT_EVERY == 0:
            progress("read", source.packed_bytes, source.size_bytes)
    staging.flush()
    progress("read", source.size_bytes, source.size_bytes)
    return RowCounts(stories, comments)


def subject_of(author: AuthorRecord) -> str:
    """The subject of an author's identity: their id there, or for a guest a digest of name and mail."""
    if author.subject:
        return author.subject[:200]
    words = f"{display_name(author.name).casefold()}\0{email(author.email)}"
    return f"guest:{hashlib.sha256(words.encode()).hexdigest()[:32]}"


def email_digest(address: str) -> bytes | None:
    """What is kept of a mail address, so that its owner can claim the account: SHA-256 of it in lower case."""
    clean = email(address)
    return hashlib.sha256(clean.encode()).digest() if clean else None


def _with_short_ids(row: Row) -> Row:
    """The row, or its refusal: ids become keys of our tables, and names in our own archives."""
    given = [row.external_id]
    given += [row.story_key, row.parent_id] if isinstance(row, CommentRecord) else [row.key]
    if all(len(one) <= IMPORT_ID_CHARS for one in given):
        return row
    kind = Kind.STORY if _is_story(row) else Kind.COMMENT
    shown = row.external_id[:IMPORT_ID_CHARS]
    return RefusedRow(row.place, kind, shown, Refusal.LONG_ID, key=shown if kind is Kind.STORY else "")


def _is_story(row: Row) -> bool:
    return isinstance(row, StoryRecord) or (not isinstance(row, CommentRecord) and row.kind is Kind.STORY)


def _story(row: Row, choices: Choices) -> StagedStory:
    if not isinstance(row, StoryRecord):
        bucket, detail, key = _why(row)
        return StagedStory(*row.place, bucket, _reason(row), detail, row.external_id, key)
    link = story_link(row.link, choices.hosts)
    reason = "" if link else Refusal.BAD_LINK if row.link else Refusal.NO_LINK
    body, too_long = _text(row) if choices.stories_here else ("", False)
    if too_long:
        reason = reason or Refusal.LONG_STORY
    return StagedStory(
        *row.place,
        bucket="refused" if reason else "",
        reason=reason,
        detail="" if link else row.link[:200],
        external_id=row.external_id,
        key=row.key,
        link=link or "",
        link_key=same_story_key(link) if link else "",
        headline=cut(row.headline, HEADLINE_GRAPHEMES) or (link or "").partition("://")[2],
        section=row.section,
        byline=cut(row.byline, BYLINE_GRAPHEMES),
        keywords=msgspec.json.encode(row.keywords).decode(),
        ms=row.created_at_ms,
        closed=int(row.closed),
        own=int(too_long or (bool(body) and row.stands_alone)),
        slug=row.slug,
        standfirst=cut(one_line(plain_text(row.standfirst), _RAW_CHARS_MAX), STANDFIRST_GRAPHEMES) if body else "",
        updated_ms=row.updated_at_ms,
        body=body,
    )


def _text(row: StoryRecord) -> tuple[str, bool]:
    """A story's text as our Markdown, "" for none, and whether it is longer than a story may be."""
    if len(row.body) > _RAW_STORY_CHARS_MAX:
        return "", True
    body = story_markdown(row.body)
    return ("", True) if len(body) > STORY_BODY_CHARS else (body if is_visible(body) else "", False)


def _comment(row: Row, choices: Choices) -> tuple[StagedComment, StagedAuthor | None]:
    if not isinstance(row, CommentRecord):
        bucket, detail, _ = _why(row)
        return StagedComment(*row.place, bucket, _reason(row), detail, row.external_id), None
    body, reason = _body(row)
    bucket = "refused" if reason else ""
    if choices.without_spam and row.state is State.REJECTED:
        bucket, reason = "skipped", Skip.SPAM
    subject = subject_of(row.author)
    staged = StagedComment(
        *row.place,
        bucket=bucket,
        reason=reason,
        detail="",
        external_id=row.external_id,
        story_key=row.story_key,
        parent_id=row.parent_id,
        subject=subject,
        state=row.state.value,
        body=body,
        ms=row.created_at_ms,
    )
    return staged, StagedAuthor(subject, display_name(row.author.name), email_digest(row.author.email))


def _body(row: CommentRecord) -> tuple[str, str]:
    """Our Markdown, and why it cannot be taken, if so."""
    if len(row.body) > _RAW_CHARS_MAX:
        return "", Refusal.LONG_BODY
    body = to_markdown(row.body, row.markup)
    if len(body.encode()) > BODY_BYTES_MAX:
        return "", Refusal.LONG_BODY
    if row.state in _NEEDS_WORDS and not is_visible(body):
        return "", Refusal.EMPTY_BODY
    return body, ""


def _why(row: Row) -> tuple[str, str, str]:
    if isinstance(row, RefusedRow):
        return "refused", row.detail, row.key
    return ("skipped", "", row.key) if isinstance(row, SkippedRow) else ("", "", "")


def _reason(row: Row) -> str:
    return row.reason.value if isinstance(row, RefusedRow | SkippedRow) else ""
