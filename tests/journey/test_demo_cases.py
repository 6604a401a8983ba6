"""The demo's queues, as its console opens on the first morning."""

import pytest

from moothall.app import join
from moothall.demo import fill
from moothall.seed.cases import load_cases
from moothall.seed.model import Newsroom
from moothall.store.database import Database
from moothall.store.raw import rows
from moothall.story.model import Photo, PhotoId, Rendition
from moothall.story.photo import reencode
from moothall.web.services import Services
from tests.newsroom.clock import FakeClock
from tests.newsroom.pictures import photo
from tests.newsroom.site import SETTINGS

_SCALE = 0.02
_SILENT = """SELECT id FROM comment c WHERE state = 'held' AND NOT EXISTS
 (SELECT 1 FROM finding f WHERE f.comment_id = c.id AND f.weight = 'hold')"""
_MISCOUNTED = """SELECT s.id FROM story s WHERE s.comment_count <>
 (SELECT count(*) FROM comment c WHERE c.story_id = s.id AND c.state = 'live')"""
_MISREPORTED = """SELECT c.id FROM comment c WHERE c.report_count <>
 (SELECT count(*) FROM report r WHERE r.comment_id = c.id AND r.settled = 0)"""


@pytest.fixture
def parts(db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Services:
    """A seeded demo whose photographs are one small one: drawing them takes longer than all the rest."""

    def photos(parts: Services, newsroom: Newsroom, _: object) -> list[tuple[Photo, tuple[Rendition, ...]]]:
        return [reencode(photo(), PhotoId(parts.new_id())) for _ in newsroom.stories]

    monkeypatch.setattr("moothall.demo._photos", photos)
    made = join(SETTINGS, db, clock=clock)
    fill(made, scale=_SCALE)
    return made


def _asked(parts: Services, sql: str) -> list[tuple[object, ...]]:
    return [tuple(one) for one in parts.db.read_now(lambda conn: rows(conn, sql, []))]


def test_the_queues_are_full(parts: Services) -> None:
    """Some forty wait, some twenty-five are reported, by several readers for several reasons."""
    held = _asked(parts, "SELECT id FROM comment WHERE state = 'held'")
    assert 30 <= len(held) <= 60
    reported = _asked(parts, "SELECT report_count FROM comment WHERE report_count > 0")
    assert 22 <= len(reported) <= 40
    assert max(int(str(one[0])) for one in reported) >= 3
    assert len(_asked(parts, "SELECT DISTINCT reason FROM report WHERE settled = 0")) >= 6


def test_whatever_waits_waits_for_a_reason(parts: Services) -> None:
    """Every held comment has a finding of a check that really runs, and more than three checks have found some."""
    assert _asked(parts, _SILENT) == []
    assert len(_asked(parts, "SELECT DISTINCT phase FROM finding WHERE weight = 'hold'")) >= 4


def test_decisions_are_in_the_log_with_their_notes(parts: Services) -> None:
    """What moderators did, in the order of time, and what the checks did before them."""
    made = _asked(parts, "SELECT kind, note FROM decision WHERE actor_id IS NOT NULL AND kind NOT IN ('ban')")
    expected = [case.decided for case in load_cases().comment if case.decided]
    assert sorted(made) == sorted((one.act.value, one.note) for one in expected)


def test_two_are_banned_with_a_reason(parts: Services, clock: FakeClock) -> None:
    """And the bans run now."""
    banned = _asked(parts, "SELECT display_name, banned_until_ms, ban_reason FROM account WHERE ban_reason <> ''")
    assert {one[0] for one in banned} == {"Best Deals", "Port Passes Direct"}
    assert all(int(str(until)) > clock() and len(str(reason)) > 20 for _, until, reason in banned)


def test_counts_are_exact(parts: Services) -> None:
    """Reports and live comments are as many as the rows say."""
    assert _asked(parts, _MISCOUNTED) == []
    assert _asked(parts, _MISREPORTED) == []
    future = "SELECT id FROM comment WHERE (id >> 21) > %d"
    assert _asked(parts, future % parts.clock()) == []


def test_the_same_twice(parts: Services, clock: FakeClock, tmp_path: object) -> None:
    """Seeded again elsewhere at the same time, the same comments are in the same states."""
    from moothall.store.database import open_database

    said = "SELECT id, state, body, report_count FROM comment ORDER BY id"
    other = join(SETTINGS, open_database(f"sqlite:///{tmp_path}/other.db"), clock=clock)
    fill(other, scale=_SCALE)
    assert _asked(other, said) == _asked(parts, said)
    other.db.close()
