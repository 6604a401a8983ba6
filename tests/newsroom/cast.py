"""The one fictional cast: a paper in a river town, its stories and its readers."""

from dataclasses import dataclass

from sqlalchemy import insert

from moothall.discussion.model import NO_PARENT, Comment, CommentId, Draft
from moothall.discussion.post_comment import Parts, post_comment
from moothall.kernel.ids import IdMaker
from moothall.moderation.pipeline import Pipeline
from moothall.people.model import AccountId, Role
from moothall.people.naming import check_name
from moothall.store.comments import SqlComments
from moothall.store.database import Database
from moothall.store.tables import account, section, story
from moothall.store.tx import Tx
from moothall.story.model import StoryId
from tests.newsroom.clock import FakeClock


@dataclass
class Cast:
    """Makes people, stories and comments by their names."""

    db: Database
    clock: FakeClock

    def __post_init__(self) -> None:
        self.new_id = IdMaker(self.clock)
        self.comments = SqlComments(self.db)
        self.parts = Parts(store=self.comments, clock=self.clock, new_id=self.new_id, judge=Pipeline())
        self._keys = 0

    def person(self, name: str, role: Role = Role.READER) -> AccountId:
        """An account with a display name."""
        made = AccountId(self.new_id())
        row = {"id": made, "display_name": name, "name_key": check_name(name).key, "named": 1, "role": role.value,
               "made_at_ms": self.clock()}  # fmt: skip
        self._write(lambda tx: tx.conn.execute(insert(account), row))
        return made

    def story(self, headline: str = "Old bridge to close", **fields: object) -> StoryId:
        """A published story with an open discussion, unless `fields` say otherwise."""
        made = StoryId(self.new_id())
        code = f"b{made % 10**9:09d}"
        row = {"id": made, "code": code, "url": f"/city/old-bridge-{code}", "slug": "old-bridge", "lang": "en",
               "section_slug": "city", "headline": headline, "published": 1, "published_at_ms": self.clock(),
               "discussion": "open", "moderation": "post", "made_at_ms": self.clock(),
               "changed_at_ms": self.clock()} | fields  # fmt: skip

        def write(tx: Tx) -> None:
            if not tx.conn.execute(section.select().where(section.c.slug == "city")).first():
                tx.conn.execute(insert(section), {"slug": "city", "name": "City"})
            tx.conn.execute(insert(story), row)

        self._write(write)
        return made

    async def says(
        self, author: AccountId, story_id: StoryId, body: str, *, to: CommentId = NO_PARENT, key: str = ""
    ) -> Comment:
        """Posts as a reader would, through the whole use case."""
        self._keys += 1
        draft = Draft(story_id, author, body, to, key or f"key-{self._keys}")
        return await post_comment(self.parts, draft)

    def _write(self, command: object) -> None:
        self.db.write_now(command)  # type: ignore[arg-type]
