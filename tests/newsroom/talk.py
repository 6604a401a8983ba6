"""A site with one story and people who talk beneath it."""

from dataclasses import dataclass

import httpx
from msgspec.structs import replace

from moothall.kernel.ids import to_text
from moothall.people.model import AccountId, Role
from moothall.story.model import Discussion, Moderation, Story, StoryDraft, StoryId
from moothall.story.publish import Place, check_section, to_record
from tests.newsroom.site import URL, Browser, Site

JSON = {"x-moothall": "1", "origin": URL}


@dataclass
class Talk:
    """Does over HTTP what the widget does."""

    site: Site
    story: Story

    @property
    def key(self) -> str:
        """The story's id as text."""
        return to_text(self.story.id)

    @property
    def path(self) -> str:
        return f"/{self.story.section.slug}/{self.story.slug}-{self.story.code}"

    async def reader(self, name: str, role: Role = Role.READER) -> tuple[AccountId, Browser]:
        """Somebody signed in."""
        person = await self.site.person(name, role)
        return person, await self.site.signed_in(person)

    async def say(
        self, browser: Browser, body: str, *, to: str | None = None, key: str | None = None, **headers: str
    ) -> httpx.Response:
        """Post a comment through the API."""
        key = key or f"key-{self.site.parts.new_id()}"
        sent = {"body": body} | ({"parent_id": to} if to else {})
        return await browser.http.post(
            f"/api/v1/stories/{self.key}/comments", json=sent, headers=JSON | {"idempotency-key": key} | headers
        )


async def publish(site: Site, headline: str = "Old bridge to close", **fields: object) -> Story:
    """A story of our own site, through the same door as an editor's."""
    number = StoryId(site.parts.new_id())
    code = "".join("23456789bcdfghjkmnpqrstvwxz"[number // 27**n % 27] for n in range(6))
    section = check_section("city", "City", await site.parts.stories.sections())
    draft = StoryDraft(headline=headline, body="The council said so.", section="city")
    record = to_record(
        replace(draft, **fields), section, Place(number, code, "en"), now_ms=site.clock(), before=None
    )
    return await site.parts.stories.save(record, site.clock())


async def talk_on(site: Site, **fields: object) -> Talk:
    """A story to talk about."""
    return Talk(site, await publish(site, **fields))


CLOSED = {"discussion": Discussion.CLOSED}
PRE = {"moderation": Moderation.PRE}
