"""Second pass, stories: pages of this site with their texts, or the addresses of stories that live elsewhere."""

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from moothall.exchange.job import Job, pages
from moothall.kernel.ids import code_of
from moothall.kernel.limits import KEYWORDS
from moothall.store import exchange as store
from moothall.store import staging_reads
from moothall.store.exchange import Connection
from moothall.store.staging import Staging
from moothall.store.staging_reads import Target
from moothall.store.story_reads import OLD_ADDRESS
from moothall.story.address import old_path
from moothall.story.model import Discussion, Section, StoryDraft, StoryId
from moothall.story.publish import Place, to_record
from moothall.story.slug import slug

# With their texts in memory.
_STORIES = 200


def write_stories(staging: Staging, conn: Connection, job: Job) -> None:
    """Write what is planned, and what the file called each of them."""
    made = dict(staging_reads.new_stories(staging))
    with conn.begin():
        sections = {section: Section(section, "") for section in store.section_slugs(conn)}
        if made and slug(job.section) not in sections:
            store.add_section(conn, slug(job.section), job.section)
    fresh = (target for target in staging_reads.targets(staging) if target.n in made)
    for page in pages(fresh, _STORIES):
        with conn.begin():
            codes = _codes(conn, [made[target.n] for target in page])
            rows = []
            for target in page:
                number = made[target.n]
                place = Place(StoryId(number), codes[number], job.lang)
                rows.append(_row(target, staging_reads.body(staging, target.n), place, sections, job))
            _write(conn, page, rows)
    for pairs in pages(staging_reads.story_ids(staging), _STORIES):
        with conn.begin():
            store.add_map(conn, job.source, "story", pairs)


def _write(conn: Connection, page: list[Target], rows: list[store.StoryRow]) -> None:
    pairs = list(zip(page, rows, strict=True))
    store.add_stories(conn, rows)
    store.add_keywords(conn, [keyword for target, row in pairs for keyword in _keywords(target, row)])
    store.add_map(conn, OLD_ADDRESS, "story", [(old_path(t.link), row.id) for t, row in pairs if t.own])


def _row(target: Target, body: str, place: Place, sections: Mapping[str, Section], job: Job) -> store.StoryRow:
    """The story to be written; `sections` are those of the newsroom."""
    section = sections.get(slug(target.section)) if target.section else None
    section = section or sections.get(slug(job.section)) or Section(slug(job.section), job.section)
    return (_own_story if target.own else _story)(target, body, place, section, job)


def _story(target: Target, _body: str, place: Place, section: Section, job: Job) -> store.StoryRow:
    """A story that lives elsewhere, as its comments need it."""
    return store.StoryRow(
        id=place.id,
        code=place.code,
        url=target.link,
        slug=slug(target.headline),
        lang=job.lang,
        section_slug=section.slug,
        headline=target.headline,
        byline=target.byline,
        published_at_ms=target.ms,
        discussion="closed" if target.closed else "open",
    )


def _own_story(target: Target, body: str, place: Place, section: Section, job: Job) -> store.StoryRow:
    """A page of this site, held to the same rules as what a CMS sends."""
    record = to_record(
        StoryDraft(
            headline=target.headline,
            body=body,
            section=section.slug,
            slug=target.slug or None,
            standfirst=target.standfirst,
            byline=target.byline,
            published_at_ms=target.ms,
            updated_at_ms=target.updated_ms if target.updated_ms > target.ms else None,
            discussion=Discussion.CLOSED if target.closed else Discussion.OPEN,
        ),
        section,
        place,
        now_ms=job.now_ms,
        before=None,
    )
    return store.StoryRow(
        id=record.id,
        code=record.code,
        url=record.url,
        slug=record.slug,
        lang=record.lang,
        section_slug=section.slug,
        headline=record.headline,
        byline=record.byline,
        published_at_ms=record.published_at_ms,
        discussion=record.discussion.value,
        external=0,
        standfirst=record.standfirst,
        body=record.body,
        body_html=record.body_html,
        updated_at_ms=record.updated_at_ms,
    )


def _keywords(target: Target, row: store.StoryRow) -> Iterator[tuple[int, str, str, int]]:
    """Not what is its section already, and no more than a story may have."""
    names = filter(None, msgspec.json.decode(target.keywords, type=list[str]))
    named = {slug(name, lang=row.lang, fallback=""): name for name in names}
    kept = [pair for pair in named.items() if pair[0] not in {"", row.section_slug}]
    return ((row.id, key, name, at) for at, (key, name) in enumerate(kept[:KEYWORDS]))


def _codes(conn: Connection, ids: list[int]) -> dict[int, str]:
    """A short code for each new story, made from its id so that an import can be repeated exactly."""
    given: dict[str, int] = {}
    waiting, attempt = ids, 0
    while waiting:
        tried = [(code_of(_scattered(number, attempt)), number) for number in waiting]
        taken = store.taken_codes(conn, [code for code, _ in tried])
        for code, number in tried:
            if code not in taken:
                given.setdefault(code, number)
        placed = set(given.values())
        waiting, attempt = [number for number in waiting if number not in placed], attempt + 1
    return {number: code for code, number in given.items()}


def _scattered(number: int, attempt: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{number}/{attempt}".encode()).digest()[:8], "big")
