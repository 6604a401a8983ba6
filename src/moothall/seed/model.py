"""What the fictional newsroom is made of: plain values, written nowhere yet."""

import msgspec

from moothall.discussion.model import State
from moothall.people.model import Role
from moothall.story.model import Discussion, Moderation, Section


class SeedPhoto(msgspec.Struct, frozen=True):
    """A photograph by the name of the scene that draws it."""

    scene: str
    alt: str
    caption: str = ""
    credit: str = ""


class SeedCorrection(msgspec.Struct, frozen=True):
    """A correction; `minutes_ago` counts back from the seeding."""

    text: str
    minutes_ago: int


class SeedStory(msgspec.Struct, frozen=True, kw_only=True):
    """A story; times are minutes before the seeding, negative ones lie ahead."""

    slug: str
    section: str
    headline: str
    standfirst: str
    body: str
    byline: str
    photo: SeedPhoto
    minutes_ago: int
    lang: str = "en"
    place: str = ""
    agency: str = ""
    keywords: tuple[str, ...] = ()
    updated_minutes_ago: int | None = None
    embargo_minutes_ahead: int | None = None
    corrections: tuple[SeedCorrection, ...] = ()
    related: tuple[str, ...] = ()
    discussion: Discussion = Discussion.OPEN
    moderation: Moderation = Moderation.POST
    comments: int = 0
    voices: str = ""
    """Which supply of remarks the discussion draws from."""


class SeedPerson(msgspec.Struct, frozen=True):
    """Somebody who writes; nobody can sign in as them but by a printed link."""

    name: str
    role: Role
    joined_days_ago: int


class SeedComment(msgspec.Struct, frozen=True):
    """`key` and `parent` are positions in the discussion, from 1; parent 0 is none."""

    key: int
    parent: int
    author: int
    body: str
    seconds_ago: int
    respect: int
    disagree: int
    state: State


class Newsroom(msgspec.Struct, frozen=True):
    """All that the demo shows; sections in the order of the navigation."""

    sections: tuple[Section, ...]
    stories: tuple[SeedStory, ...]
    people: tuple[SeedPerson, ...]
