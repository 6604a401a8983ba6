"""What keeps the demo's moderators busy hangs together."""

from collections import Counter

from moothall.discussion.rules import check_body
from moothall.kernel.limits import NOTE_GRAPHEMES, REPORT_TEXT_GRAPHEMES
from moothall.kernel.text import graphemes
from moothall.moderation.decide import Act
from moothall.moderation.sanction import SANCTION_DAYS
from moothall.moderation.standards import rule_of
from moothall.people.model import Role
from moothall.people.role import STAFF
from moothall.seed.cases import load_cases
from moothall.seed.load import load_newsroom
from moothall.story.model import Discussion

CASES, NEWSROOM = load_cases(), load_newsroom()
PEOPLE = {person.name: person.role for person in NEWSROOM.people}
STORIES = {story.slug: story for story in NEWSROOM.stories}


def test_everybody_and_every_story_is_there() -> None:
    """Whoever writes, reports or decides is of the cast, and every story is open."""
    for case in CASES.comment:
        assert {case.who, *(told.by for told in case.reports if told.by)} <= PEOPLE.keys()
        assert STORIES[case.story].discussion is Discussion.OPEN
        assert case.minutes_ago < STORIES[case.story].minutes_ago
        check_body(case.body)


def test_nothing_comes_before_what_it_is_about() -> None:
    """Reports follow the comment, decisions the reports, bans what was decided."""
    for case in CASES.comment:
        reported = [told.minutes_ago for told in case.reports]
        assert all(minutes < case.minutes_ago for minutes in reported)
        if case.decided:
            assert case.decided.minutes_ago < min([case.minutes_ago, *reported])
    for ban in CASES.ban:
        assert all(ban.minutes_ago < case.minutes_ago for case in CASES.comment if case.who == ban.who)


def test_only_moderators_decide_and_by_the_standards() -> None:
    """A removal names a rule, and who decides may."""
    for case in CASES.comment:
        if case.decided:
            assert PEOPLE[case.decided.by] is Role.MODERATOR
            assert (rule_of(case.decided.rule) is not None) is (case.decided.act is Act.REMOVE)
            assert 0 < graphemes(case.decided.note) <= NOTE_GRAPHEMES
    for ban in CASES.ban:
        assert ban.days in SANCTION_DAYS
        assert PEOPLE[ban.by] is Role.MODERATOR
        assert PEOPLE[ban.who] not in STAFF


def test_nobody_reports_twice_or_themselves() -> None:
    """One report each, as the store would have it."""
    for case in CASES.comment:
        reporters = Counter(told.by for told in case.reports if told.by)
        assert max(reporters.values(), default=0) <= 1
        assert case.who not in reporters
        assert all(graphemes(told.text) <= REPORT_TEXT_GRAPHEMES for told in case.reports)


def test_most_kinds_of_reasons_are_there() -> None:
    """A newcomer sees what readers report for."""
    assert len({told.reason for case in CASES.comment for told in case.reports}) >= 7
