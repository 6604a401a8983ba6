"""Writes the demo's cases by the same writes that readers and moderators cause, in the order of time."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

import msgspec

from moothall.discussion.body import render
from moothall.discussion.model import NO_PARENT, CommentId, Draft, Report, State
from moothall.discussion.port import NewComment, PostContext
from moothall.discussion.post_comment import to_judge
from moothall.discussion.verdict import Context, Verdict
from moothall.kernel.ids import id_at
from moothall.kernel.limits import DAY_MS, MINUTE_MS
from moothall.moderation.decide import Decision
from moothall.moderation.sanction import Ban
from moothall.people.model import AccountId
from moothall.seed.cases import Cases, SeedBan, SeedCase, SeedDecision, SeedReport
from moothall.store import comment_writes, moderation_writes
from moothall.store.comment_context import edit_context, post_context
from moothall.store.raw import rows
from moothall.store.restrictions import automatic
from moothall.store.tx import Tx
from moothall.story.model import StoryId

# Above the low parts of the ids that discussions are seeded with, which count comments.
_FIRST = 100_000
# Of the same minute, each event comes so much after the one before it in the file.
_STEP_MS = 50
_STEPS = 1_000


class Cast(msgspec.Struct, frozen=True):
    """Whom and what cases name: people by display name, stories by slug; `at_ms` is the seeding."""

    people: Mapping[str, int]
    stories: Mapping[str, StoryId]
    judge: Callable[[Context], Verdict]
    at_ms: int


class _When(NamedTuple):
    """A moment of its own; `place` counts events and makes ids differ."""

    at_ms: int
    place: int

    @property
    def id(self) -> int:
        return id_at(self.at_ms, self.place)


def add_cases(tx: Tx, cases: Cases, cast: Cast) -> None:
    """Comments, reports, decisions and bans; comments that were seeded as held get their findings."""
    day = _Day(tx, cast)
    for case in cases.comment:
        day.plan(case)
    for ban in cases.ban:
        day.at(ban.minutes_ago, partial(day.ban, ban))
    day.live()


class _Day:
    """All that happens, put in order before any of it does."""

    def __init__(self, tx: Tx, cast: Cast) -> None:
        self._tx, self._cast = tx, cast
        self._events: list[tuple[_When, Callable[[_When], None]]] = []

    def at(self, minutes_ago: int, act: Callable[[_When], None]) -> _When:
        place = _FIRST + len(self._events)
        later_ms = place % _STEPS * _STEP_MS
        when = _When(self._cast.at_ms - minutes_ago * MINUTE_MS + later_ms, place)
        self._events.append((when, act))
        return when

    def plan(self, case: SeedCase) -> None:
        made = CommentId(self.at(case.minutes_ago, partial(self._write, case)).id)
        for told in case.reports:
            self.at(told.minutes_ago, partial(self._report, made, told))
        if case.decided:
            self.at(case.decided.minutes_ago, partial(self._decide, made, case.decided))

    def live(self) -> None:
        """Let it happen."""
        held = rows(
            self._tx.conn, "SELECT id, story_id, author_id, body FROM comment WHERE state = 'held' ORDER BY id", []
        )
        for one in held:
            self._explain(CommentId(one[0]), StoryId(one[1]), AccountId(one[2]), one[3])
        for when, act in sorted(self._events, key=lambda event: event[0]):
            act(when)

    def ban(self, ban: SeedBan, when: _When) -> None:
        until_ms = when.at_ms + ban.days * DAY_MS
        who, by = self._person(ban.who), self._person(ban.by)
        moderation_writes.keep_ban(self._tx, Ban(when.id, who, by, until_ms, ban.reason, when.at_ms))

    def _write(self, case: SeedCase, when: _When) -> None:
        story, who = self._cast.stories[case.story], self._person(case.who)
        draft = Draft(story, who, case.body, NO_PARENT, f"seed-{when.place}")
        verdict = self._judged(post_context(self._tx.conn, draft), case.body, when.at_ms)
        new = NewComment(
            id=CommentId(when.id),
            draft=draft,
            parent_id=NO_PARENT,
            root_id=CommentId(when.id),
            depth=0,
            body_html=render(case.body),
            state=verdict.state,
            findings=verdict.findings,
            at_ms=when.at_ms,
        )
        comment_writes.add(self._tx, new)

    def _report(self, comment_id: CommentId, told: SeedReport, when: _When) -> None:
        # Which comments the checks hold changes with the standards; what is held, no reader sees.
        if comment_writes.get(self._tx, comment_id).state is not State.LIVE:
            return
        who = self._person(told.by) if told.by else None
        said = Report(comment_id, who, told.reason, told.text, when.at_ms)
        comment_writes.report(self._tx, said, str(who or f"seed-{when.place}"))

    def _decide(self, comment_id: CommentId, made: SeedDecision, when: _When) -> None:
        by = self._person(made.by)
        decision = Decision(when.id, comment_id, by, made.act, made.rule, made.note, when.at_ms)
        moderation_writes.decide(self._tx, decision)

    def _explain(self, comment_id: CommentId, story: StoryId, who: AccountId, body: str) -> None:
        """What the checks say of a comment that was written as held; without them it would wait for no reason."""
        said = comment_writes.get(self._tx, comment_id)
        seen = edit_context(self._tx.conn, story_id=story, author_id=who, besides=comment_id)
        verdict = self._judged(seen, body, said.created_at_ms)
        if verdict.state is State.HELD:
            comment_writes.keep_findings(self._tx, comment_id, 0, verdict.findings)
            automatic(self._tx, said, verdict.findings, before=None, at_ms=said.created_at_ms)

    def _judged(self, seen: PostContext, body: str, now_ms: int) -> Verdict:
        return self._cast.judge(to_judge(seen, body, now_ms))

    def _person(self, name: str) -> AccountId:
        return AccountId(self._cast.people[name])
