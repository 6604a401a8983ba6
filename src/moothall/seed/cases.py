"""What keeps the demo's moderators busy: comments that the checks stop, reports, decisions, bans."""

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from moothall.discussion.model import ReportReason
from moothall.moderation.decide import Act

_FILE = Path(__file__).parent / "cases.toml"


class SeedReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An empty `by` is somebody who was not signed in."""

    by: str
    reason: ReportReason
    minutes_ago: int
    text: str = ""


class SeedDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a moderator decided; `rule` is a key of the standards."""

    by: str
    act: Act
    minutes_ago: int
    rule: str | None = None
    note: str = ""


class SeedCase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A comment that goes through the checks as a reader's would."""

    story: str
    who: str
    minutes_ago: int
    body: str
    reports: tuple[SeedReport, ...] = ()
    decided: SeedDecision | None = None


class SeedBan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account that may not write for some days."""

    who: str
    by: str
    days: int
    reason: str
    minutes_ago: int


class Cases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    comment: tuple[SeedCase, ...]
    ban: tuple[SeedBan, ...]


@cache
def load_cases() -> Cases:
    """In the order of the file."""
    return msgspec.convert(tomllib.loads(_FILE.read_text("utf-8")), Cases)
