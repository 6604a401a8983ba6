"""The command line says whose notices come first, and until when."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moothall.cli import main
from moothall.people.model import Account, AccountId, Role
from moothall.people.naming import check_name
from moothall.settings import load
from moothall.store.database import open_database
from moothall.store.people import SqlPeople
from moothall.store.raw import rows
from tests.newsroom.clock import FakeClock

FAR = "2099-12-31"


@pytest.fixture
def data(tmp_path: Path, clock: FakeClock) -> Path:
    """A site with one reader."""
    db = open_database(load(data=str(tmp_path)).database_url)
    ada = Account(AccountId(5), "Ada Pell", Role.READER, clock())
    asyncio.run(SqlPeople(db).add_account(ada, name_key=check_name(ada.display_name).key))
    db.close()
    return tmp_path


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["flagger", *words, "--data", str(data)])


def kinds(data: Path) -> list[str]:
    db = open_database(load(data=str(data)).database_url)
    try:
        return [row[0] for row in db.read_now(lambda c: rows(c, "SELECT kind FROM decision ORDER BY id"))]
    finally:
        db.close()


def test_an_award_is_given_listed_and_ended(data: Path) -> None:
    """A newer award takes the place of the one before; each change is in the ledger."""
    assert run(data, "trust", "ada pell", "--organisation", "Fair Talk").exit_code == 0
    assert run(data, "list").output == "Ada Pell\tFair Talk\tno end\n"
    assert run(data, "trust", "Ada Pell", "--organisation", "Fair Talk", "--until", FAR).exit_code == 0
    assert run(data, "list").output == f"Ada Pell\tFair Talk\t{FAR}T00:00:00Z\n"
    assert run(data, "end", "Ada Pell").exit_code == 0
    assert run(data, "list").output == ""
    assert kinds(data) == ["trust_flagger", "trust_flagger", "distrust_flagger"]
    assert CliRunner().invoke(main, ["ledger", "verify", "--data", str(data)]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["trust", "Nobody Known", "--organisation", "x"], "Nobody here is called “Nobody Known”"),
        (["trust", "Ada Pell", "--organisation", "x", "--until", "2001-01-01"], "2001-01-01 is over"),
        (["trust", "Ada Pell", "--organisation", "x", "--until", "soon"], "does not match the format"),
        (["trust", "Ada Pell"], "--organisation"),
        (["end", "Ada Pell"], "Ada Pell is no trusted flagger"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(data: Path, words: list[str], why: str) -> None:
    """In words that say what to do."""
    told = run(data, *words)
    assert told.exit_code != 0
    assert why in told.output
    assert "Traceback" not in told.output
    assert run(data, "list").output == ""
