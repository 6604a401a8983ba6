"""`moothall import`, as a newsroom types it."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from moothall.cli import main
from tests.newsroom.archives import disqus, many, post, thread

GOOD = disqus(thread("1"), post("a"), post("b", parent="a"))
PARTLY = disqus(thread("1"), post("a"), post("b", "nowhere"))


def run(folder: Path, content: bytes, *options: str, name: str = "archive.xml") -> Result:
    """Import a file into the newsroom of a folder."""
    (folder / name).write_bytes(content)
    return CliRunner().invoke(
        main,
        ["import", "disqus", str(folder / name), "--data", str(folder / "var"), *options],
        env={"COLUMNS": "200"},
    )


def comments(folder: Path) -> int:
    """How many there are; 0 where there is no database."""
    if not (folder / "var" / "moothall.db").exists():
        return 0
    with sqlite3.connect(folder / "var" / "moothall.db") as conn:
        return int(conn.execute("SELECT count(*) FROM comment").fetchone()[0])


def test_an_archive_comes_in_with_a_report(tmp_path: Path) -> None:
    """Every row of the file is counted in it."""
    done = run(tmp_path, GOOD, "--report", str(tmp_path / "report.json"))
    assert done.exit_code == 0, done.output
    assert "2 comments are in" in done.output
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["report"]["comments"]["imported"] == report["report"]["comments"]["rows"] == 2
    assert comments(tmp_path) == 2


def test_refused_rows_stop_the_import_until_that_is_accepted(tmp_path: Path) -> None:
    """Nothing is left out behind somebody's back; --skip-refused says that it may be."""
    first = run(tmp_path, PARTLY)
    assert first.exit_code == 3
    assert "Nothing was changed" in first.output
    assert "line 5, comment 2 (id b): story_missing" in first.output
    assert comments(tmp_path) == 0
    second = run(tmp_path, PARTLY, "--skip-refused", "--report", str(tmp_path / "report.json"))
    assert second.exit_code == 0, second.output
    assert comments(tmp_path) == 1
    (row,) = json.loads((tmp_path / "report.json").read_text())["rows"]
    assert (row["reason"], row["external_id"], row["line"]) == ("story_missing", "b", 5)


def test_a_dry_run_makes_nothing(tmp_path: Path) -> None:
    """Not even a database."""
    done = run(tmp_path, GOOD, "--dry-run")
    assert done.exit_code == 0, done.output
    assert "dry run; nothing was changed" in done.output
    assert not (tmp_path / "var" / "moothall.db").exists()


def test_a_dry_run_knows_what_is_there(tmp_path: Path) -> None:
    """On a newsroom that has the archive it says so, and leaves the file as it is."""
    run(tmp_path, GOOD)
    before = (tmp_path / "var" / "moothall.db").read_bytes()
    done = run(tmp_path, GOOD, "--dry-run", "--report", str(tmp_path / "report.json"))
    assert done.exit_code == 0
    assert json.loads((tmp_path / "report.json").read_text())["report"]["comments"]["already_there"] == 2
    assert (tmp_path / "var" / "moothall.db").read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (GOOD[:-20], "ends in the middle"), (b"\0\1", "not the beginning of XML"),
     (GOOD.replace(b"Words", b"W\x0brds"), "control character 0x0B"),
     (b"\x1f\x8bnonsense", "gzip data is damaged")],
)  # fmt: skip
def test_a_bad_file_gets_one_line_and_changes_nothing(tmp_path: Path, content: bytes, words: str) -> None:
    """No traceback, and the newsroom is as it was."""
    run(tmp_path, GOOD)
    done = run(tmp_path, content, name="bad.xml.gz")
    assert done.exit_code == 1
    assert words in done.output
    assert "nothing was changed" in done.output
    assert comments(tmp_path) == 2
    assert [path.name for path in (tmp_path / "var").glob("*scratch*")] == []


def test_a_host_map_must_be_a_pair(tmp_path: Path) -> None:
    """A mistyped option is told before the file is read."""
    assert run(tmp_path, GOOD, "--site-host-map", "old.example").exit_code == 2


def test_a_killed_import_is_finished_by_the_next(tmp_path: Path) -> None:
    """kill -9 in the middle, then the same command: the same rows as without the kill, none twice."""
    content = disqus(*many(12_000, stories=400))
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        folder.mkdir()
    assert run(whole, content).exit_code == 0
    (killed / "archive.xml").write_bytes(content)
    while not _kill_in_the_middle(killed):
        (killed / "var" / "moothall.db").unlink()
    there = comments(killed)
    assert 0 < there < 12_000
    assert run(killed, content, "--report", str(killed / "report.json")).exit_code == 0
    assert json.loads((killed / "report.json").read_text())["report"]["comments"]["already_there"] > 0
    assert _content(killed) == _content(whole)


def _kill_in_the_middle(folder: Path) -> bool:
    """Kill an import once it has written its first comments; False when it was done before that."""
    command = [sys.executable, "-m", "moothall", "import", "disqus", str(folder / "archive.xml"), "--data"]
    process = subprocess.Popen([*command, str(folder / "var")], stdout=subprocess.DEVNULL)
    while process.poll() is None:
        time.sleep(0.01)
        if _written(folder):
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            return comments(folder) < 12_000
    return False


def _written(folder: Path) -> bool:
    try:
        return comments(folder) > 0
    except sqlite3.OperationalError:
        return False


def _content(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = ("section", "story", "account", "identity", "comment", "import_map")
    with sqlite3.connect(folder / "var" / "moothall.db") as conn:
        return {table: conn.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall() for table in tables}
