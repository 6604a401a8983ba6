"""What this room asks of storage."""

from typing import Protocol

from moothall.story.model import Photo, PhotoId, Rendition, Section, Story, StoryCard, StoryId, StoryRecord


class StoryPort(Protocol):
    """Reads and writes of stories; every write is one transaction and safe to repeat."""

    async def sections(self) -> tuple[Section, ...]:
        """In the order of the masthead."""
        ...

    async def get(self, story_id: StoryId) -> Story:
        """Whatever its state.  Raises: NotFound."""
        ...

    async def by_code(self, code: str) -> Story:
        """Raises: NotFound."""
        ...

    async def by_url(self, url: str) -> Story:
        """By canonical address.  Raises: NotFound."""
        ...

    async def front(self, now_ms: int, limit: int) -> tuple[StoryCard, ...]:
        """Public stories, newest first."""
        ...

    async def save(self, record: StoryRecord, at_ms: int) -> Story:
        """Insert, or update the one with the same id."""
        ...

    async def keep_photo(self, photo: Photo, renditions: tuple[Rendition, ...], at_ms: int) -> PhotoId:
        """The id of these very bytes, kept once."""
        ...
