"""Random talk beneath one story: readers post, answer, react, edit and withdraw; a moderator decides."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from hypothesis import strategies as st

from moothall.discussion.edit_comment import edit_comment
from moothall.discussion.model import NO_PARENT, CommentId, Draft, ReactionKind, State
from moothall.discussion.post_comment import Parts, post_comment
from moothall.discussion.react import react
from moothall.discussion.verdict import Context, Verdict
from moothall.discussion.withdraw_comment import withdraw_comment
from moothall.kernel.errors import Refused
from moothall.kernel.ids import id_at
from moothall.moderation.decide import Act, Decision
from moothall.people.model import AccountId
from moothall.store.moderation import SqlModeration
from moothall.story.model import StoryId
from tests.newsroom.clock import FakeClock

READERS = 3
HELD, REFUSED = "held:", "refused:"


class Said(NamedTuple):
    """One act: who does what to which comment; the numbers wrap around."""

    what: str
    who: int
    which: int


_ACTS = ("post", "post held", "reply", "reply", "reply held", "withdraw", "edit", "edit refused", "respect",
         *(act.value for act in Act))  # fmt: skip
TALK = st.lists(
    st.builds(Said, st.sampled_from(_ACTS), st.integers(0, READERS - 1), st.integers(0, 30)), max_size=30
)


async def judge(context: Context) -> Verdict:
    """Goes by the first word."""
    if context.body.startswith(HELD):
        return Verdict(State.HELD)
    return Verdict(State.REJECTED if context.body.startswith(REFUSED) else State.LIVE)


@dataclass
class Ids:
    """Ids by the clock alone, so that two sites on which the same happens have the same."""

    clock: FakeClock
    at_ms: int = 0
    count: int = 0

    def __call__(self) -> int:
        now_ms = self.clock()
        self.count = self.count + 1 if now_ms == self.at_ms else 0
        self.at_ms = now_ms
        return id_at(now_ms, self.count)


@dataclass
class Talking:
    """Does what was drawn; what is refused changes nothing."""

    parts: Parts
    moderation: SqlModeration
    clock: FakeClock
    story: StoryId
    readers: list[AccountId]
    moderator: AccountId
    accounts: Callable[[AccountId], Coroutine[Any, Any, Any]]
    made: list[CommentId] = field(default_factory=list)

    async def act(self, said: Said) -> None:
        self.clock.move(1_000)
        who = self.readers[said.who]
        target = self.made[said.which % len(self.made)] if self.made else NO_PARENT
        try:
            await self._act(said.what, who, target)
        except Refused:
            return

    async def say(self, who: AccountId, text: str, parent: CommentId = NO_PARENT) -> CommentId:
        draft = Draft(self.story, who, text, parent, f"key-{self.clock()}")
        return (await post_comment(self.parts, draft)).id

    async def decide(self, act: Act, target: CommentId) -> None:
        rule = "1" if act is Act.REMOVE else None
        number = self.parts.new_id()
        await self.moderation.decide(Decision(number, target, self.moderator, act, rule, "", self.clock()))

    async def _act(self, what: str, who: AccountId, target: CommentId) -> None:
        text = f"{HELD if what.endswith('held') else ''} Words of {self.clock()}."
        match what.split()[0]:
            case "post":
                self.made.append(await self.say(who, text))
            case "reply":
                self.made.append(await self.say(who, text, target))
            case "edit":
                words = f"{REFUSED if what.endswith('refused') else ''} Other words of {self.clock()}."
                await edit_comment(self.parts, target, who, words)
            case "withdraw":
                await withdraw_comment(self.parts, target, await self.accounts(who))
            case "respect":
                await react(self.parts, target, await self.accounts(who), ReactionKind.RESPECT)
            case act:
                await self.decide(Act(act), target)


def told(parts: Parts, clock: FakeClock) -> Parts:
    """The same use cases with this judge, and ids that go by the clock."""
    return replace(parts, judge=judge, new_id=Ids(clock))
