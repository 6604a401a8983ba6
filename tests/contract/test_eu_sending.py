"""Statements go to the EU's database once each, whatever happens on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from moothall.cli import main
from moothall.kernel.ids import to_text
from moothall.kernel.limits import EU_RETRY_S
from moothall.moderation.statement import Reasons, Restriction, Statement, breach_of
from moothall.notify.eu_database import EuDatabase, Refused
from moothall.notify.eu_sending import Counts, send_all
from moothall.store import statements
from moothall.store.database import Database, open_database
from moothall.store.eu_sent import SqlEuShelf
from tests.newsroom.clock import FakeClock
from tests.newsroom.eu_server import LOST, TOKEN, EuServer, eu_server


def statement(number: int, **fields: object) -> Statement:
    """A removal for advertising."""
    ground, breach, keyword = breach_of("spam")
    known = {"account_id": 7, "comment_id": 8, "story_id": 9, "restriction": Restriction.REMOVED, "lang": "en",
             "reasons": Reasons(rule="spam", note="To Ada."), "ground": ground, "breach": breach,
             "keyword": keyword, "said_at_ms": 1_795_000_000_000, "until_ms": None,
             "at_ms": 1_795_000_000_000 + number, **fields}  # fmt: skip
    return Statement(id=number, **known)  # type: ignore[arg-type]


def puid(number: int) -> str:
    return f"moothall-{to_text(number)}"


@dataclass
class Office:
    """A newsroom's statements, the other end, and how long was waited."""

    db: Database
    clock: FakeClock
    server: EuServer
    waited: list[float] = field(default_factory=list)

    def has(self, count: int) -> None:
        self.db.write_now(lambda tx: [statements.keep(tx, statement(n)) for n in range(1, count + 1)])

    def send(self, *, token: str = TOKEN, told: Callable[[Counts], None] = lambda _: None) -> Counts:
        shelf = SqlEuShelf(self.db, self.clock, standards_url="https://courier.example/standards")
        with httpx.Client(timeout=0.3) as http:
            database = EuDatabase(http, url=self.server.url, token=token)
            return send_all(shelf, database, pause=self.waited.append, told=told)

    def fates(self) -> dict[str, int]:
        return SqlEuShelf(self.db, self.clock, standards_url="x").fates()


@pytest.fixture
def office(db: Database, clock: FakeClock) -> Iterator[Office]:
    with eu_server() as server:
        yield Office(db, clock, server)


def test_each_is_sent_once_in_batches(office: Office) -> None:
    """A hundred at most; a second run sends only what came since; warnings are no restrictions."""
    office.has(250)
    office.db.write_now(lambda tx: statements.keep(tx, statement(999, restriction=Restriction.WARNED)))
    assert office.send() == Counts(sent=250, refused=0, requests=3)
    assert office.server.batches == [100, 100, 50]
    assert office.send() == Counts()
    office.db.write_now(lambda tx: statements.keep(tx, statement(1000)))
    assert office.send().sent == 1
    assert len(office.server.kept) == 251
    assert "Ada" not in str(office.server.kept)


def test_a_wrong_row_is_put_aside(office: Office) -> None:
    """With what was said about it; the other ninety-nine go, and it is not tried again."""
    office.has(100)
    office.server.forbidden = {puid(7), puid(93)}
    assert office.send() == Counts(sent=98, refused=2, requests=2)
    assert office.fates() == {"refused": 2, "sent": 98}
    office.server.forbidden = set()
    assert office.send() == Counts()


def test_a_wrong_row_is_found_where_nobody_names_it(office: Office) -> None:
    """By halves."""
    office.has(64)
    office.server.forbidden, office.server.silent_rows = {puid(40)}, True
    counts = office.send()
    assert (counts.sent, counts.refused) == (63, 1)
    assert counts.requests <= 2 * 7


def test_it_waits_as_it_is_asked_and_longer_each_time(office: Office) -> None:
    """Too many, broken, too many: seven seconds where those were asked for."""
    office.has(10)
    office.server.trouble = [429, 500, 503]
    assert office.send() == Counts(sent=10, refused=0, requests=4)
    assert office.waited == [7, EU_RETRY_S[1], EU_RETRY_S[2]]


def test_a_lost_answer_sends_nothing_twice(office: Office) -> None:
    """The batch was taken and nobody heard: asked again, it says so, row by row."""
    office.has(5)
    office.server.trouble = [LOST]
    counts = office.send()
    assert (counts.sent, counts.refused) == (5, 0)
    assert len(office.server.kept) == 5
    assert office.fates() == {"sent": 5}


def test_an_end_that_stays_down_is_told(office: Office) -> None:
    """What was sent before stays sent, and the next run goes on."""
    office.has(150)

    def broken(_: Counts) -> None:
        office.server.trouble = [500] * (len(EU_RETRY_S) + 1)

    with pytest.raises(Refused, match="status 500"):
        office.send(told=broken)
    assert office.waited == list(EU_RETRY_S)
    assert office.fates() == {"sent": 100}
    assert office.send().sent == 50


def test_a_wrong_token_is_told_at_once(office: Office) -> None:
    """Waiting would not help."""
    office.has(1)
    with pytest.raises(Refused, match="401"):
        office.send(token="another")
    assert office.waited == []
    assert office.fates() == {}


def test_the_command_takes_both_from_the_settings(office: Office, tmp_path: Path) -> None:
    """And says what is missing."""
    run = CliRunner().invoke
    missing = run(main, ["transparency", "send", "--data", str(tmp_path)])
    assert missing.exit_code == 1
    assert "eu_database_url" in missing.output
    (tmp_path / "moothall.toml").write_text(
        f'database = "sqlite:///{tmp_path}/own.db"\neu_database_url = "{office.server.url}"\n'
        f'eu_database_token = "{TOKEN}"\n'
    )
    own = open_database(f"sqlite:///{tmp_path}/own.db")
    own.write_now(lambda tx: statements.keep(tx, statement(1)))
    own.close()
    done = run(main, ["transparency", "send", "--data", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "1 statements sent, 0 refused." in done.output
