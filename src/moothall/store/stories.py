"""The story store over one database: each method is a query or a command on the right thread."""

from collections.abc import Sequence

from moothall.kernel.clock import Clock
from moothall.kernel.errors import NotFound
from moothall.kernel.page import Cursor
from moothall.people.model import Viewer
from moothall.people.newsroom_key import KeyChange, NewsroomKey
from moothall.people.role import Right, may
from moothall.store import newsroom_keys, story_reads, story_writes
from moothall.store.database import Database
from moothall.store.sections import section_of_comment, section_of_story
from moothall.story.address import own_code, same_page
from moothall.story.model import (
    Discussion,
    Keyword,
    LeadPhoto,
    Moderation,
    Photo,
    PhotoId,
    Rendition,
    Section,
    Story,
    StoryCard,
    StoryId,
    StoryRecord,
)
from moothall.story.related import related


class SqlStories:
    """What the pages, the desk and a CMS read and write."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def sections(self) -> tuple[Section, ...]:
        return await self._db.read(story_reads.sections)

    async def get(self, story_id: StoryId) -> Story:
        return await self._db.read(lambda c: story_reads.get(c, story_id))

    async def public(self, story_id: StoryId, viewer: Viewer) -> Story:
        """A story that this viewer may see.  Raises: NotFound."""
        return self._for(await self.get(story_id), viewer)

    async def discussed(self, story_id: StoryId, viewer: Viewer) -> Story:
        """A story whose discussion this viewer may see: `off` shows it to nobody but staff.  Raises: NotFound."""
        return _discussed(await self.public(story_id, viewer), viewer)

    async def by_code(self, code: str) -> Story:
        return await self._db.read(lambda c: story_reads.by_code(c, code))

    async def public_by_code(self, code: str, viewer: Viewer) -> Story:
        """A story that this viewer may see.  Raises: NotFound."""
        return self._for(await self.by_code(code), viewer)

    async def discussed_by_code(self, code: str, viewer: Viewer) -> Story:
        """As `discussed`.  Raises: NotFound."""
        return _discussed(await self.public_by_code(code, viewer), viewer)

    async def by_url(self, url: str) -> Story:
        return await self._db.read(lambda c: story_reads.by_url(c, url))

    async def at_old_path(self, path: str) -> Story:
        """A public story that stood there before it came here.  Raises: NotFound."""
        story = await self._db.read(lambda c: story_reads.by_old_path(c, path))
        if not story.public_at(self._clock()):
            raise NotFound
        return story

    async def at(self, url: str, site: str) -> Story:
        """The story of a page of our own site or of a host page, whatever its state.  Raises: NotFound."""
        code = own_code(url, site)
        return await (self.by_url(url) if code is None else self.by_code(code))

    async def front(self, limit: int, after: Cursor | None = None) -> tuple[StoryCard, ...]:
        return await self._db.read(lambda c: story_reads.front(c, self._clock(), limit, after=after))

    async def in_section(self, slug: str, limit: int, after: Cursor | None = None) -> tuple[StoryCard, ...]:
        return await self._db.read(lambda c: story_reads.in_section(c, slug, self._clock(), limit, after=after))

    async def on_topic(
        self, slug: str, limit: int, after: Cursor | None = None
    ) -> tuple[Keyword, tuple[StoryCard, ...]]:
        """A topic with a public story at least.  Raises: NotFound."""
        keyword = await self._db.read(lambda c: story_reads.keyword(c, slug))
        cards = await self._db.read(lambda c: story_reads.on_topic(c, slug, self._clock(), limit, after=after))
        if not cards:
            raise NotFound
        return keyword, cards

    async def section_of(self, story_id: int) -> str | None:
        """A story's section by its slug; None when there is no such story."""
        return await self._db.read(lambda c: section_of_story(c, story_id))

    async def section_of_comment(self, comment_id: int) -> str | None:
        """The same of a comment's story."""
        return await self._db.read(lambda c: section_of_comment(c, comment_id))

    async def all_for_desk(
        self, after: Cursor | None, limit: int, sections: tuple[str, ...] = ()
    ) -> tuple[tuple[StoryCard, bool, int | None], ...]:
        return await self._db.read(lambda c: story_reads.all_for_desk(c, after, limit, sections))

    async def lead_photo(self, photo_id: PhotoId) -> LeadPhoto:
        return await self._db.read(lambda c: story_reads.lead_photo(c, photo_id))

    async def related_to(self, story: Story, limit: int) -> tuple[StoryCard, ...]:
        """Pinned ones first, then the likeliest."""
        now_ms = self._clock()
        pinned = await self._db.read(lambda c: story_reads.pinned(c, story.id, now_ms))
        others = await self._db.read(lambda c: story_reads.candidates(c, story, now_ms))
        return related(pinned, others, now_ms=now_ms, limit=limit)

    async def pins(self, story_id: StoryId) -> tuple[StoryId, ...]:
        return await self._db.read(lambda c: story_reads.pins(c, story_id))

    async def counts(self, urls: Sequence[str], site: str) -> dict[str, int]:
        """Comment counts by address as asked; addresses without a public discussion are left out."""
        codes = {url: own_code(url, site) for url in urls}
        names = {url: codes[url] or same_page(url) for url in urls}
        found = await self._db.read(
            lambda c: story_reads.counts(
                c,
                urls=[names[url] for url in urls if codes[url] is None],
                codes=[code for code in codes.values() if code],
                now_ms=self._clock(),
            )
        )
        by_name = {url: count for url, _, count in found} | {code: count for _, code, count in found}
        return {url: by_name[name] for url, name in names.items() if name in by_name}

    async def rendition(self, photo_id: PhotoId, width: int) -> tuple[str, bytes]:
        return await self._db.read(lambda c: story_reads.rendition(c, photo_id, width))

    async def key_name(self, key_hash: bytes) -> str | None:
        return await self._db.read(lambda c: story_reads.key_name(c, key_hash))

    async def save(self, record: StoryRecord, at_ms: int, *, actor_id: int | None = None, key: str = "") -> Story:
        return await self._db.write(lambda tx: story_writes.save(tx, record, at_ms, actor_id=actor_id, key=key))

    async def open_once(self, record: StoryRecord, at_ms: int) -> Story:
        """The story at an address, made now unless somebody was first."""
        return await self._db.write(lambda tx: story_writes.open_once(tx, record, at_ms))

    async def keep_section(self, section: Section) -> None:
        await self._db.write(lambda tx: story_writes.keep_section(tx, section))

    async def set_discussion(
        self,
        story_id: StoryId,
        *,
        discussion: Discussion,
        moderation: Moderation,
        closes_at_ms: int | None,
        at_ms: int,
    ) -> Story:
        return await self._db.write(
            lambda tx: story_writes.set_discussion(
                tx,
                story_id,
                discussion=discussion,
                moderation=moderation,
                closes_at_ms=closes_at_ms,
                at_ms=at_ms,
            )
        )

    async def correct(self, story_id: StoryId, correction_id: int, text: str, at_ms: int) -> Story:
        return await self._db.write(lambda tx: story_writes.correct(tx, story_id, correction_id, text, at_ms))

    async def keep_photo(self, photo: Photo, renditions: tuple[Rendition, ...], at_ms: int) -> PhotoId:
        return await self._db.write(lambda tx: story_writes.keep_photo(tx, photo, renditions, at_ms))

    async def put_key(self, change: KeyChange, key_hash: bytes) -> None:
        """A key made at the command line; the same name replaces the earlier one."""
        await self._db.write(lambda tx: newsroom_keys.put(tx, change, key_hash))

    async def keys(self) -> tuple[NewsroomKey, ...]:
        """Newest first; of each only its name and date are known."""
        return await self._db.read(newsroom_keys.listed)

    async def make_key(self, change: KeyChange, key_hash: bytes) -> None:
        """Raises: KeyNameTaken."""
        await self._db.write(lambda tx: newsroom_keys.make(tx, change, key_hash))

    async def revoke_key(self, change: KeyChange) -> None:
        """Raises: NotFound."""
        await self._db.write(lambda tx: newsroom_keys.revoke(tx, change))

    def _for(self, story: Story, viewer: Viewer) -> Story:
        if not story.public_at(self._clock()) and not may(viewer.role, Right.PUBLISH):
            raise NotFound
        return story


def _discussed(story: Story, viewer: Viewer) -> Story:
    if story.discussion is Discussion.OFF and not may(viewer.role, Right.SEE_HELD):
        raise NotFound
    return story
