"""The command line calibrates the scorer to the newsroom's decisions, and takes it back."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moothall.app import join
from moothall.cli import main
from moothall.moderation import standards
from moothall.moderation.classifier.kept import layer_file
from moothall.moderation.classifier.local import LayerDamaged, unpack
from moothall.moderation.decide import Act, Decision
from moothall.people.model import Role
from moothall.seed.standards import demo_standards
from moothall.settings import load
from moothall.store.database import Database, open_database
from moothall.store.moderation import SqlModeration
from tests.newsroom.cast import Cast
from tests.newsroom.clock import FakeClock

RUDE = "What a {} and pathetic loser you are, number {}."
MILD = "The {} report on pier {} is a stupid mess, but the drawings are good."
WORDS = ("stupid", "foolish", "sorry", "silly", "dumb")


@pytest.fixture(autouse=True)
def shipped_afterwards():
    """What is in force belongs to the process; the next test finds what is shipped."""
    yield
    standards.switch(standards.shipped())


def run(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["scorer", "calibrate", "--data", str(tmp_path), *words])


async def decided(data: Path, clock: FakeClock, each: int) -> None:
    """So many were taken down as uncivil, and as many held and then kept that use blunt words of things."""
    db = open_database(load(data=str(data)).database_url)
    cast, moderation = Cast(db, clock), SqlModeration(db)
    ada, mo, bridge = cast.person(f"Ada {each}"), cast.person(f"Mo {each}", Role.MODERATOR), cast.story()
    for n in range(2 * each):
        clock.move(60_000)
        body = (RUDE, MILD)[n % 2].format(WORDS[n % 5], n)
        said = await cast.says(ada, bridge, body)
        for act, rule in (((Act.REMOVE, "civil"),), ((Act.HOLD, None), (Act.APPROVE, None)))[n % 2]:
            await moderation.decide(Decision(cast.new_id(), said.id, mo, act, rule, "", clock()))
    db.close()


def test_decisions_become_a_layer_and_are_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    """Too few are refused with the number and leave no file; enough are shown before and after, kept and undone."""
    file = tmp_path / "standards.toml"
    file.write_text(demo_standards(standards.shipped_text()), "utf-8")
    assert "No rule of the standards has a line" in run(tmp_path).output
    applied = CliRunner().invoke(main, ["standards", "apply", str(file), "--data", str(tmp_path)])
    assert applied.exit_code == 0, applied.output
    asyncio.run(decided(tmp_path, clock, 30))
    few = run(tmp_path)
    assert few.exit_code == 1
    assert "insult (en) stays as it is shipped: 30 taken down and 30 kept; 100 of each are needed." in few.output
    assert not layer_file(tmp_path).exists()
    asyncio.run(decided(tmp_path, clock, 120))
    done = run(tmp_path)
    assert done.exit_code == 0, done.output
    assert "insult (en): 150 taken down, 150 kept" in done.output
    assert "threat (en) stays as it is shipped: 0 taken down" in done.output
    (one,) = unpack(layer_file(tmp_path).read_bytes(), name="kept").learned
    assert one.after.error < one.before.error
    assert f"at_least = {one.bands.hold}" in done.output
    assert run(tmp_path, "--undo").output == "Taken back.\n"
    assert not layer_file(tmp_path).exists()
    assert run(tmp_path, "--undo").exit_code == 1


def test_a_site_does_not_start_with_a_damaged_one(tmp_path: Path, db: Database) -> None:
    """It says the checksum and how to go on; without the file it starts."""
    join(load(data=str(tmp_path)), db)
    layer_file(tmp_path).write_bytes(b"moothall-local-1\n{}" + b"0" * 64)
    with pytest.raises(LayerDamaged, match=r"checksum is [0-9a-f]{64}.*calibrate --undo"):
        join(load(data=str(tmp_path)), db)
    assert run(tmp_path, "--undo").exit_code == 0
    join(load(data=str(tmp_path)), db)
