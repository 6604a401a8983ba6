"""`moothall export native`: everything, in the one spelling, so that out and in again is the same bytes."""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from moothall.discussion.model import ReactionKind, State
from moothall.exchange.native_lines import Sealer
from moothall.exchange.native_records import (
    AccountLine,
    CommentLine,
    CorrectionPart,
    IdentityPart,
    KeywordLine,
    Line,
    OriginLine,
    PhotoLine,
    ReactionPart,
    RecordLine,
    RelatedLine,
    RenditionPart,
    RevisionPart,
    SectionLine,
    StoryLine,
)
from moothall.kernel.ids import to_text
from moothall.people.model import Role
from moothall.store import native_reads as store
from moothall.store.exchange import Connection
from moothall.store.native_reads import Whole
from moothall.store.native_tables import CARRIED, Carried, Record, read
from moothall.story.model import Discussion, Moderation


def export(url: str, to: Path) -> int:
    """Write the archive of a database; packed when the name ends in ".gz".

    Returns: lines written.  The file gets its name only once it is whole and on disk.
    """
    sealer = Sealer()
    count = 0
    with store.snapshot(url) as conn, _whole_or_nothing(to) as file:
        file.write(sealer.header())
        for kind, line in lines(conn):
            file.write(sealer.line(kind, line))
            count += 1
        file.write(sealer.footer())
    return count


def lines(conn: Connection) -> Iterator[tuple[str, Line]]:
    """All lines with their kinds, in order."""
    yield from (("section", SectionLine(*row)) for row in store.sections(conn))
    yield from (("keyword", KeywordLine(*row)) for row in store.keywords(conn))
    yield from (("photo", _photo(whole)) for whole in store.photos(conn))
    yield from (("account", _account(whole)) for whole in store.accounts(conn))
    yield from (("story", _story(whole)) for whole in store.stories(conn))
    yield from (("related", RelatedLine(to_text(s), p, to_text(r))) for s, p, r in store.related(conn))
    yield from (("comment", _comment(whole)) for whole in store.comments(conn))
    yield from (("origin", OriginLine(s, k, e, to_text(i))) for s, k, e, i in store.origins(conn))
    yield from (("record", _record(table, row)) for table in CARRIED.values() for row in read(conn, table))


def _record(table: Carried, row: Record) -> RecordLine:
    for cell in table.cells:
        value = row[cell.name]
        if cell.kind == "id" and isinstance(value, int):
            row[cell.name] = to_text(value)
    return RecordLine(table.name, row)


def _photo(whole: Whole) -> PhotoLine:
    number, digest, width, height, made_at_ms = whole.row
    sizes = tuple(RenditionPart(part[0], bytes(part[1])) for part in whole.parts)
    return PhotoLine(to_text(number), bytes(digest), width, height, made_at_ms, sizes)


def _account(whole: Whole) -> AccountLine:
    number, name, name_key, named, role, email, digest, until, reason, made_at_ms, lang, keys, sections = whole.row
    return AccountLine(
        id=to_text(number),
        display_name=name,
        name_key=name_key,
        named=bool(named),
        role=Role(role),
        email=email,
        email_sha256=bytes(digest) if digest is not None else None,
        banned_until_ms=until,
        ban_reason=reason,
        made_at_ms=made_at_ms,
        identities=tuple(IdentityPart(*part) for part in whole.parts),
        lang=lang,
        single_keys=bool(keys),
        sections=sections,
    )


def _story(whole: Whole) -> StoryLine:
    row = whole.row
    return StoryLine(
        id=to_text(row[0]),
        code=row[1],
        url=row[2],
        external=bool(row[3]),
        slug=row[4],
        lang=row[5],
        section=row[6],
        headline=row[7],
        standfirst=row[8],
        byline=row[9],
        dateline_place=row[10],
        dateline_agency=row[11],
        body=row[12],
        photo=to_text(row[13]) if row[13] is not None else None,
        photo_caption=row[14],
        photo_credit=row[15],
        photo_alt=row[16],
        keywords=tuple(part[0] for part in whole.parts),
        corrections=tuple(CorrectionPart(to_text(part[0]), part[1], part[2]) for part in whole.more),
        published=bool(row[17]),
        published_at_ms=row[18],
        updated_at_ms=row[19],
        embargo_until_ms=row[20],
        discussion=Discussion(row[21]),
        closes_at_ms=row[22],
        moderation=Moderation(row[23]),
        made_at_ms=row[24],
        changed_at_ms=row[25],
    )


def _comment(whole: Whole) -> CommentLine:
    number, story, parent, author, state, lang, body, revision, edited_at_ms, rule, *more = whole.row
    respect, disagree, featured = more
    kinds = [kind for _, kind, _ in whole.more]
    return CommentLine(
        id=to_text(number),
        story=to_text(story),
        parent=to_text(parent) if parent else None,
        author=to_text(author),
        state=State(state),
        lang=lang,
        body=body,
        revision=revision,
        edited_at_ms=edited_at_ms,
        removal_rule=rule,
        revisions=tuple(RevisionPart(*part) for part in whole.parts),
        reactions=tuple(ReactionPart(to_text(a), ReactionKind(k), at) for a, k, at in whole.more),
        respect=max(0, respect - kinds.count(ReactionKind.RESPECT)),
        disagree=max(0, disagree - kinds.count(ReactionKind.DISAGREE)),
        featured=bool(featured),
    )


@contextmanager
def _whole_or_nothing(to: Path) -> Iterator[BinaryIO]:
    part = to.with_name(f"{to.name}.part")
    try:
        with part.open("wb") as raw:
            if to.name.endswith(".gz"):
                # Without a time or a name inside, so that the same newsroom packs to the same bytes.
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
