"""The command line checks, shows, replays and applies standards, and tells what is wrong in one line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moothall.cli import main
from moothall.moderation import standards

SHIPPED = standards.shipped_text()
CHANGED = SHIPPED.replace("Stay with the story", "Stay near the story", 1)


@pytest.fixture(autouse=True)
def shipped_afterwards():
    """What is in force belongs to the process; the next test finds what is shipped."""
    yield
    standards.switch(standards.shipped())


def run(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["standards", *words, "--data", str(tmp_path)])


def test_applied_is_shown(tmp_path: Path) -> None:
    """What was put in force is what comes out again, byte by byte; replaying changes nothing."""
    file = tmp_path / "standards.toml"
    file.write_text(CHANGED, "utf-8")
    assert run(tmp_path, "show").output == SHIPPED
    replayed = run(tmp_path, "replay", str(file))
    assert replayed.exit_code == 0
    assert replayed.output.startswith("0 comments")
    assert run(tmp_path, "show").output == SHIPPED
    assert "version 1" in run(tmp_path, "apply", str(file), "--note", "Closer to life").output
    assert run(tmp_path, "show").output == CHANGED


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (CHANGED.replace("number = 3", "number = 2").encode(), "rule[2].number"),
        (b"\xff\xfe", "not UTF-8"),
        (b"#" * 10_000_000, "10,000,000 bytes"),
    ],
)
def test_a_bad_file_changes_nothing(tmp_path: Path, bad: bytes, why: str) -> None:
    """It is refused in one line by every command that takes it, and the old document stays."""
    file = tmp_path / "standards.toml"
    file.write_bytes(bad)
    checked = CliRunner().invoke(main, ["standards", "check", str(file)])
    for told in (checked, run(tmp_path, "apply", str(file)), run(tmp_path, "replay", str(file))):
        assert told.exit_code == 1
        assert why in told.output
        assert "Traceback" not in told.output
    assert run(tmp_path, "show").output == SHIPPED
    file.write_text(CHANGED, "utf-8")
    assert run(tmp_path, "apply", str(file)).exit_code == 0
