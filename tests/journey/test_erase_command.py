"""The command line forgets a person: two administrators, and no backup brings them back."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moothall.cli import main
from moothall.people.model import Role
from moothall.settings import load
from moothall.store.database import open_database
from tests.newsroom.cast import Cast
from tests.newsroom.clock import FakeClock

WORDS = "The ferryman Quillfeather owes the toll house eleven crowns."
LIST = "forgotten.jsonl"


@pytest.fixture
def data(tmp_path: Path, clock: FakeClock) -> Path:
    """A site with two administrators, and a reader who said something; a backup of it."""
    db = open_database(load(data=str(tmp_path)).database_url)
    cast = Cast(db, clock)
    asyncio.run(_say(cast))
    for name in ("Ann Hale", "Ben Hale"):
        cast.person(name, Role.ADMINISTRATOR)
    db.close()
    assert moothall(tmp_path, "backup", str(tmp_path / "before.db")).exit_code == 0
    return tmp_path


async def _say(cast: Cast) -> None:
    await cast.says(cast.person("Zelda Quillfeather"), cast.story(), WORDS)


def moothall(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--data", str(data)])


def erase(data: Path, by: str) -> Result:
    return moothall(data, "person", "erase", "Zelda Quillfeather", "--by", by)


def holds(data: Path, words: str) -> bool:
    """Whether a text stands anywhere in the database's bytes, freed pages and all."""
    return any(
        words.encode() in path.read_bytes() for path in data.glob("moothall.db*") if "replaced" not in path.name
    )


def test_nothing_is_left_in_the_file(data: Path) -> None:
    """One asks, another confirms; not even in pages that SQLite has freed."""
    assert holds(data, "Quillfeather")
    assert "Another administrator has to confirm" in erase(data, "Ann Hale").output
    assert erase(data, "Ann Hale").exit_code == 1
    assert holds(data, WORDS)
    assert not (data / LIST).exists()
    assert "Forgotten (both): 1 comments." in erase(data, "Ben Hale").output
    assert not holds(data, "Quillfeather")
    assert "Quillfeather" not in (data / LIST).read_text()


def test_a_backup_brings_nobody_back(data: Path) -> None:
    """What is restored is forgotten again before anybody can see it; the ledger tells of it and is whole.

    A line of the list that a crash cut off is of something that was not done.
    """
    (data / LIST).write_text('{"id":1,"cut')
    erase(data, "Ann Hale")
    erase(data, "Ben Hale")
    assert moothall(data, "restore", str(data / "before.db"), "--force").exit_code == 0
    assert not holds(data, "Quillfeather")
    assert moothall(data, "ledger", "verify").exit_code == 0
    assert moothall(data, "person", "erase-again").output == "Forgotten again: 0.\n"
    assert sorted(path.name for path in data.glob("*part*")) == []


def test_a_damaged_list_stops_a_restore(data: Path) -> None:
    """It says which file, and what is there stays."""
    (data / LIST).write_text("{}\n")
    before = (data / "moothall.db").read_bytes()
    refused = moothall(data, "restore", str(data / "before.db"), "--force")
    assert (refused.exit_code, LIST in refused.output) == (1, True)
    assert (data / "moothall.db").read_bytes() == before
