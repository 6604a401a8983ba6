"""Lines of our own archive to rows of the store; HTML and counts are made again."""

from collections.abc import Iterator

from moothall.discussion.body import render
from moothall.discussion.model import ReactionKind, State
from moothall.discussion.ranking import wilson
from moothall.exchange.native_check import number
from moothall.exchange.native_check_records import ledger_entry, record
from moothall.exchange.native_lines import Numbered
from moothall.exchange.native_records import (
    AccountLine,
    CommentLine,
    KeywordLine,
    OriginLine,
    PhotoLine,
    RecordLine,
    RelatedLine,
    SectionLine,
    StoryLine,
)
from moothall.moderation.ledger import day_of
from moothall.store import exchange
from moothall.store import native_writes as store
from moothall.store.exchange import CommentRow, Connection
from moothall.store.native_staging import Grown
from moothall.store.native_tables import CARRIED, add, end_ledger
from moothall.store.native_writes import KeptComment
from moothall.story.body import render as render_story

Row = tuple[object, ...]


class Places:
    """The places of comments, met in the order of the file."""

    def __init__(self, grown: Iterator[Grown]) -> None:
        self._grown = grown

    def of(self, comment_id: int) -> Grown:
        """Raises: LookupError when the file was changed since it was checked."""
        found = next(self._grown, None)
        if found is None or found.id != comment_id:
            raise LookupError(comment_id)
        return found


def write_page(conn: Connection, page: list[Numbered], known: set[str], places: Places) -> None:
    """Write the lines of one kind that are not there yet."""
    lines = [n.line for n in page]
    if isinstance(lines[0], CommentLine):
        _write_comments(conn, [line for line in lines if isinstance(line, CommentLine)], known, places)
        return
    if isinstance(lines[0], RecordLine):
        _write_records(conn, [line for line in lines if isinstance(line, RecordLine)], known)
        return
    fresh = [line for line in lines if line.which not in known]
    store.add_sections(conn, [(s.slug, s.name, s.position) for s in fresh if isinstance(s, SectionLine)])
    store.add_keywords(conn, [(k.slug, k.name) for k in fresh if isinstance(k, KeywordLine)])
    _write_photos(conn, [line for line in fresh if isinstance(line, PhotoLine)])
    _write_accounts(conn, [line for line in fresh if isinstance(line, AccountLine)])
    _write_stories(conn, [line for line in fresh if isinstance(line, StoryLine)])
    store.add_related(conn, [_related(line) for line in fresh if isinstance(line, RelatedLine)])
    store.add_origins(conn, [_origin(line) for line in fresh if isinstance(line, OriginLine)])


def _write_records(conn: Connection, lines: list[RecordLine], known: set[str]) -> None:
    """Of one table."""
    fresh = [line for line in lines if line.which not in known]
    table = CARRIED[lines[0].of]
    add(conn, table, [record(line) for line in fresh])
    entries = [entry for entry in map(ledger_entry, fresh) if entry is not None]
    if entries:
        ends = {day_of(entry.at_ms): (entry.seq, entry.hash) for entry in entries}
        end_ledger(conn, [(day, *end) for day, end in ends.items()])


def _write_photos(conn: Connection, lines: list[PhotoLine]) -> None:
    store.add_photos(
        conn,
        [
            (number(p.id), p.sha256, p.width, p.height, " ".join(str(r.width) for r in p.renditions), p.made_at_ms)
            for p in lines
        ],
        [(number(p.id), r.width, "image/jpeg", r.data) for p in lines for r in p.renditions],
    )


def _write_accounts(conn: Connection, lines: list[AccountLine]) -> None:
    store.add_accounts(
        conn,
        [
            (number(a.id), a.display_name, a.name_key, int(a.named), a.role.value, a.email, a.email_sha256,
             a.banned_until_ms, a.ban_reason, a.made_at_ms, a.lang, int(a.single_keys), a.sections)
            for a in lines
        ],
        [
            (number(a.id), i.issuer, i.subject, i.claimed_name, i.claimed_email, i.made_at_ms)
            for a in lines for i in a.identities
        ],
    )  # fmt: skip


def _write_stories(conn: Connection, lines: list[StoryLine]) -> None:
    store.add_stories(
        conn,
        [_story(line) for line in lines],
        keywords=[(number(s.id), slug, at) for s in lines for at, slug in enumerate(s.keywords)],
        corrections=[(number(s.id), number(c.id), c.text, c.at_ms) for s in lines for c in s.corrections],
    )


def _story(s: StoryLine) -> Row:
    return (
        number(s.id), s.code, s.url, int(s.external), s.slug, s.lang, s.section, s.headline, s.standfirst, s.byline,
        s.dateline_place, s.dateline_agency, s.body, render_story(s.body) if s.body else "",
        number(s.photo) if s.photo is not None else None, s.photo_caption, s.photo_credit, s.photo_alt,
        int(s.published), s.published_at_ms, s.updated_at_ms, s.embargo_until_ms, s.discussion.value,
        s.closes_at_ms, s.moderation.value, s.made_at_ms, s.changed_at_ms,
    )  # fmt: skip


def _related(line: RelatedLine) -> Row:
    return number(line.story), number(line.related), line.position


def _origin(line: OriginLine) -> Row:
    return line.source, line.of, line.external_id, number(line.id)


def _write_comments(conn: Connection, lines: list[CommentLine], known: set[str], places: Places) -> None:
    placed = [(line, places.of(number(line.id))) for line in lines]
    fresh = [(line, place) for line, place in placed if line.id not in known]
    store.add_comments(conn, [_comment(line, place) for line, place in fresh])
    live: dict[int, list[int]] = {}
    for line, place in fresh:
        if line.state is State.LIVE:
            live.setdefault(number(line.story), []).append(place.id)
    for story_id, ids in live.items():
        exchange.count_story(conn, story_id, live=len(ids), newest=max(ids))


def _comment(line: CommentLine, place: Grown) -> KeptComment:
    kinds = [reaction.kind for reaction in line.reactions]
    respect = line.respect + kinds.count(ReactionKind.RESPECT)
    disagree = line.disagree + kinds.count(ReactionKind.DISAGREE)
    row = CommentRow(
        id=place.id,
        story_id=number(line.story),
        parent_id=place.parent,
        root_id=place.root,
        depth=place.depth,
        author_id=number(line.author),
        state=line.state.value,
        shown=place.shown,
        body=line.body,
        body_html=render(line.body) if line.body else "",
        reply_count=place.replies,
        external_id="",
    )
    return KeptComment(
        row=row,
        lang=line.lang,
        edited_at_ms=line.edited_at_ms,
        revision=line.revision,
        respect=respect,
        disagree=disagree,
        score=wilson(respect, disagree),
        removal_rule=line.removal_rule,
        featured=int(line.featured),
        revisions=[(r.revision, r.body, render(r.body) if r.body else "", r.at_ms) for r in line.revisions],
        reactions=[(number(r.account), r.kind.value, r.at_ms) for r in line.reactions],
    )
