"""What a story is: the words of this room."""

from enum import StrEnum
from typing import NewType

import msgspec

StoryId = NewType("StoryId", int)
PhotoId = NewType("PhotoId", int)
ELSEWHERE = "elsewhere"
"""The section of stories that exist because a host page asked for their discussion: nobody of the newsroom
has seen them, so no list shows them until a CMS or an editor gives them a section of their own."""


class Discussion(StrEnum):
    """Whether readers may comment: `off` shows no discussion at all."""

    OPEN = "open"
    CLOSED = "closed"
    OFF = "off"


class Moderation(StrEnum):
    """`pre`: held until approved; `post`: shown, then reviewed."""

    PRE = "pre"
    POST = "post"


class Section(msgspec.Struct, frozen=True):
    """The desk that a story appears under; `position` orders the navigation."""

    slug: str
    name: str
    position: int = 0


class Keyword(msgspec.Struct, frozen=True):
    """A subject label; `slug` is the address of its topic page."""

    slug: str
    name: str


class LeadPhoto(msgspec.Struct, frozen=True):
    """`width` and `height` are those of the largest rendition; `widths` lists all, rising."""

    id: PhotoId
    width: int
    height: int
    widths: tuple[int, ...]
    caption: str
    credit: str
    alt: str


class Correction(msgspec.Struct, frozen=True):
    """A published note that the story was wrong."""

    text: str
    at_ms: int


class Story(msgspec.Struct, frozen=True):
    """One published news item.

    `body` is Markdown, `body_html` its cleaned HTML.  `url` is the canonical address: our own page,
    or the host page's when the story lives elsewhere (`external`).  `version` rises with every
    event of the story or its discussion.
    """

    id: StoryId
    code: str
    slug: str
    url: str
    external: bool
    lang: str
    section: Section
    headline: str
    standfirst: str
    byline: str
    dateline_place: str
    dateline_agency: str
    body: str
    body_html: str
    photo: LeadPhoto | None
    keywords: tuple[Keyword, ...]
    corrections: tuple[Correction, ...]
    published: bool
    published_at_ms: int
    updated_at_ms: int | None
    embargo_until_ms: int | None
    discussion: Discussion
    closes_at_ms: int | None
    moderation: Moderation
    comment_count: int
    newest_comment: int
    version: int

    def public_at(self, now_ms: int) -> bool:
        """Whether readers may see it."""
        return self.published and (self.embargo_until_ms or 0) <= now_ms

    def open_at(self, now_ms: int) -> bool:
        """Whether comments may be written."""
        in_time = self.closes_at_ms is None or now_ms < self.closes_at_ms
        return self.discussion is Discussion.OPEN and in_time and self.public_at(now_ms)


class StoryCard(msgspec.Struct, frozen=True):
    """A story as a list shows it (front, section, topic, related)."""

    id: StoryId
    code: str
    slug: str
    url: str
    external: bool
    lang: str
    section: Section
    headline: str
    standfirst: str
    byline: str
    photo: LeadPhoto | None
    published_at_ms: int
    updated_at_ms: int | None
    comment_count: int
    discussion: Discussion


class StoryDraft(msgspec.Struct, frozen=True):
    """What an editor or a CMS sends; checked by `publish.check`."""

    headline: str
    body: str
    section: str
    url: str | None = None
    slug: str | None = None
    lang: str | None = None
    standfirst: str = ""
    byline: str = ""
    dateline_place: str = ""
    dateline_agency: str = ""
    keywords: tuple[str, ...] = ()
    photo_id: PhotoId | None = None
    photo_caption: str = ""
    photo_credit: str = ""
    photo_alt: str = ""
    related: tuple[StoryId, ...] = ()
    published: bool = True
    published_at_ms: int | None = None
    updated_at_ms: int | None = None
    embargo_until_ms: int | None = None
    discussion: Discussion = Discussion.OPEN
    closes_at_ms: int | None = None
    moderation: Moderation = Moderation.POST


class Rendition(msgspec.Struct, frozen=True):
    """One width of a photo, re-encoded by us; `data` is JPEG."""

    width: int
    data: bytes


class Photo(msgspec.Struct, frozen=True):
    """A photo as it is kept.  `sha256` is of the file that was sent; sizes are of the largest rendition."""

    id: PhotoId
    sha256: bytes
    width: int
    height: int


class StoryRecord(msgspec.Struct, frozen=True):
    """A checked story, ready to be written; see `publish.to_record`."""

    id: StoryId
    code: str
    url: str
    external: bool
    slug: str
    lang: str
    section: Section
    headline: str
    standfirst: str
    byline: str
    dateline_place: str
    dateline_agency: str
    body: str
    body_html: str
    keywords: tuple[Keyword, ...]
    related: tuple[StoryId, ...]
    photo_id: PhotoId | None
    photo_caption: str
    photo_credit: str
    photo_alt: str
    published: bool
    published_at_ms: int
    updated_at_ms: int | None
    embargo_until_ms: int | None
    discussion: Discussion
    closes_at_ms: int | None
    moderation: Moderation
